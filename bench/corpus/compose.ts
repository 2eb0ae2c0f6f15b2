import { type ComposedText, type Part, printedDay } from './document.ts'
import { amended, effectOf, explained, lastDay, repealed } from './effects.ts'
import { personOf, townOf } from './names.ts'
import { townshipNames } from './organs.ts'
import { dayOf, docNoOf, earlierOf, formOf, type Plan } from './plan.ts'
import { dayLater, type Pen, template, write } from './sentence.ts'
import { nested, type Subject, subjectOf } from './subject.ts'
import {
  articlesOf,
  contact,
  everybody,
  headings,
  lengthOf,
  nothing,
  patterns,
  points,
  sections,
  sentencesOf,
  shuffled,
  tableOf,
} from './text.ts'

const groupOffice = template('领导小组办公室设在{dept}，由{person}同志兼任办公室主任，负责{duty}。')

/** The text under a title, with what it does to earlier documents. */
export function compose(plan: Plan, at: number, subject: Subject, pen: Pen): ComposedText {
  const form = formOf(plan, at)
  switch (form) {
    case 'rules':
    case 'plan':
      return issued(plan, at, subject, pen, form)
    case 'announcement':
    case 'publicity':
      return announcedText(subject, pen, form)
    case 'reply':
      return replied(plan, at, subject, pen)
    case 'bulletin':
      return {
        ...nothing,
        addressee: everybody(pen.organ),
        parts: [
          `现将${subject.topic}有关情况通报如下：`,
          ...points(pen, patterns.findings, pen.chance.between(4, 9)),
          ...sections(pen, ['下一步要求'], 200),
        ],
      }
    case 'fund':
      return {
        ...nothing,
        addressee: everybody(pen.organ),
        parts: [
          write(pen, patterns.openings[0] ?? []),
          ...sections(pen, ['资金用途', '有关要求'], lengthOf(pen.chance) / 2),
          tableOf(pen, 'money', pen.chance.between(4, 18)),
        ],
      }
    case 'group':
      return { ...nothing, addressee: everybody(pen.organ), parts: groupParts(subject, pen) }
    case 'repeal-one':
    case 'repeal-several':
      return subject.targets.length > 0 ? repealed(subject, pen) : noticed(plan, at, pen)
    case 'amend':
      return subject.targets.length > 0 ? amended(subject, pen) : noticed(plan, at, pen)
    case 'interpretation':
      return subject.targets.length > 0 ? explained(subject, pen) : noticed(plan, at, pen)
    case 'letter':
      return {
        ...nothing,
        addressee: `${townOf(pen.chance)}人民政府：`,
        parts: [
          sentencesOf(pen, patterns.running, 3),
          ...points(pen, patterns.running, pen.chance.between(2, 4)),
          '请予支持为盼，并于10个工作日内函复。',
          '专此函达。',
        ],
      }
    default:
      return noticed(plan, at, pen)
  }
}

function noticed(plan: Plan, at: number, pen: Pen): ComposedText {
  const { chance } = pen
  const length = lengthOf(chance)
  const [cited] = chance.happens(0.35) ? earlierOf(plan, at, chance, 1) : []
  const citedNo = cited === undefined ? null : docNoOf(plan, cited)
  const opening = write(pen, chance.usual(patterns.openings))
  const parts: Part[] = [
    cited === undefined || citedNo === null
      ? opening
      : `为落实《${nested(subjectOf(plan, cited).title)}》（${citedNo}）要求，${opening.slice(opening.indexOf('，') + 1)}`,
    ...sections(pen, shuffled(pen, headings.notice), length),
  ]
  if (chance.happens(0.12)) parts.push(tableOf(pen, 'tasks', chance.between(4, 12)))
  if (chance.happens(0.3)) parts.push(write(pen, contact))
  const cites = citedNo === null ? [] : [citedNo]
  if (!chance.happens(0.3)) return { ...nothing, addressee: everybody(pen.organ), parts, cites }
  const years = chance.happens(0.6) ? chance.between(1, 5) : null
  parts.push(`本通知自印发之日起施行${years === null ? '' : `，有效期${years}年`}。`)
  return {
    ...nothing,
    addressee: everybody(pen.organ),
    parts,
    cites,
    effectiveFrom: pen.day,
    validUntil: years === null ? null : lastDay(pen.day, years),
  }
}

/** A notice that issues rules or a plan, which follow its signature; some take the place of earlier ones. */
function issued(plan: Plan, at: number, subject: Subject, pen: Pen, form: 'rules' | 'plan'): ComposedText {
  const { chance } = pen
  const inner = subject.inner ?? ''
  const length = lengthOf(chance)
  const consent = chance.happens(0.7) ? '已经县人民政府同意' : `已经${pen.organ.name}研究同意`
  const parts: Part[] = [`《${inner}》${consent}，现印发给你们，请结合实际，认真贯彻执行。`]
  if (form === 'plan') {
    const heading = { heading: inner }
    const attached = [
      heading,
      write(pen, patterns.openings[1] ?? []).replace(/，现(?:将|就).*$/, '，特制定本方案。'),
      ...sections(pen, headings.plan, length),
      ...(chance.happens(0.25) ? [tableOf(pen, 'tasks', chance.between(4, 12))] : []),
    ]
    return { ...nothing, addressee: everybody(pen.organ), parts, attached }
  }
  const effectiveFrom = dayLater(pen.day, chance.between(10, 60))
  const years = chance.any([2, 3, 5, 5, 5])
  const [old] = chance.happens(0.3) ? earlierOf(plan, at, chance, 1) : []
  const replaced =
    old === undefined ? null : effectOf(subjectOf(plan, old).title, docNoOf(plan, old), effectiveFrom)
  const also = replaced ? `《${nested(replaced.title)}》（${replaced.docNo}）同时废止。` : ''
  const closing = `本办法自${printedDay(effectiveFrom)}起施行，有效期${years}年。${also}`
  return {
    ...nothing,
    addressee: everybody(pen.organ),
    parts,
    attached: articlesOf(pen, inner, length, closing),
    effectiveFrom,
    validUntil: lastDay(effectiveFrom, years),
    repeals: replaced ? [replaced] : [],
    cites: replaced?.docNo ? [replaced.docNo] : [],
  }
}

function announcedText(subject: Subject, pen: Pen, form: 'announcement' | 'publicity'): ComposedText {
  const { chance } = pen
  const opening = `为${chance.usual(pen.field.acts)}，根据有关法律法规规定，现就${subject.topic}有关事项公告如下：`
  if (form === 'announcement')
    return {
      ...nothing,
      parts: [opening, ...points(pen, patterns.announcements, chance.between(4, 9)), '特此公告。'],
    }
  return {
    ...nothing,
    parts: [
      `根据${subject.topic}有关规定，经个人申请、村级评议、乡镇审核、部门复核，现将结果予以公示，公示期${chance.any([5, 7, 10])}个工作日。`,
      tableOf(pen, chance.happens(0.5) ? 'people' : 'money', chance.between(5, 24)),
      write(pen, contact),
    ],
  }
}

function replied(plan: Plan, at: number, subject: Subject, pen: Pen): ComposedText {
  const asker = townshipNames.find(name => subject.title.includes(name)) ?? townOf(pen.chance)
  const year = dayOf(plan, at).slice(0, 4)
  const no = `${asker.slice(0, 2)}政〔${year}〕${pen.chance.between(1, 120)}号`
  return {
    ...nothing,
    addressee: `${asker}${asker.endsWith('街道') ? '办事处' : '人民政府'}：`,
    parts: [
      `你单位《${subject.inner}》（${no}）收悉。经研究，现批复如下：`,
      ...points(pen, patterns.replies, pen.chance.between(4, 7)),
      '此复。',
    ],
    cites: [no],
  }
}

function groupParts(subject: Subject, pen: Pen): Part[] {
  const { chance } = pen
  const people = (count: number) => Array.from({ length: count }, () => personOf(chance)).join('、')
  return [
    `为加强对${subject.topic}工作的组织领导，经研究，决定成立云溪县${subject.topic}工作领导小组，组成人员如下：`,
    `组　长：${personOf(chance)}（县委副书记、县长）`,
    `副组长：${people(3)}`,
    `成　员：${people(chance.between(8, 26))}`,
    write(pen, groupOffice),
    ...points(pen, patterns.running, 3),
  ]
}
