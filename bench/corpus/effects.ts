import { type ComposedText, type CorpusEffect, printedDay } from './document.ts'
import { dayLater, type Pen, write } from './sentence.ts'
import { nested, type Subject } from './subject.ts'
import { contact, everybody, han, nothing, patterns, points, sentencesOf } from './text.ts'

export function repealed(subject: Subject, pen: Pen): ComposedText {
  const later = pen.chance.happens(0.3)
  const from = later ? dayLater(pen.day, pen.chance.between(5, 45)) : pen.day
  const repeals = subject.targets.map(({ title, docNo }) => effectOf(title, docNo, from))
  const begin = later ? `本决定自${printedDay(from)}起施行。` : '本决定自印发之日起施行。'
  const why = write(pen, patterns.openings[1] ?? []).replace(/，现(?:将|就).*$/, '')
  const cites = repeals.flatMap(({ docNo }) => docNo ?? [])
  const base = { ...nothing, addressee: everybody(pen.organ), effectiveFrom: from, repeals, cites }
  const [first] = repeals
  if (repeals.length === 1 && first)
    return {
      ...base,
      parts: [
        `${why}，经研究，决定废止《${nested(first.title)}》（${first.docNo}）。`,
        ...points(pen, patterns.running, pen.chance.between(1, 3)),
        begin,
      ],
    }
  if (pen.chance.happens(0.5))
    return {
      ...base,
      parts: [
        `${why}，经研究，决定对下列${repeals.length}件文件予以废止：`,
        ...repeals.map(
          ({ title, docNo }, index) =>
            `${han(index + 1)}、《${nested(title)}》（${docNo}）${index === repeals.length - 1 ? '。' : '；'}`,
        ),
        begin,
      ],
    }
  return {
    ...base,
    parts: [
      `${why}，经研究，决定废止${repeals.length}件行政规范性文件（目录附后），不再作为行政管理的依据。`,
      begin,
      '附件：废止的行政规范性文件目录',
    ],
    attached: [
      '附件',
      { heading: '废止的行政规范性文件目录' },
      {
        table: {
          head: ['序号', '文件名称', '文号', '处理意见'],
          rows: repeals.map(({ title, docNo }, index) => [String(index + 1), title, docNo ?? '', '废止']),
        },
      },
    ],
  }
}

export function amended(subject: Subject, pen: Pen): ComposedText {
  const [target] = subject.targets
  if (!target) throw new Error('an amendment without its document')
  const { chance, field } = pen
  const effect = effectOf(target.title, target.docNo, pen.day)
  const changes = Array.from({ length: chance.between(2, 5) }, (_, index) => {
    const article = `第${han(chance.between(2, 14))}条`
    const change = chance.any([
      () =>
        `将${article}中的“${chance.any(field.acts)}”修改为“${chance.any(field.acts)}，${chance.any(field.acts)}”。`,
      () => `删去${article}第二款。`,
      () => `${article}修改为：“${write(pen, chance.any(patterns.articles))}”`,
      () => `将“${chance.between(3, 9)}个工作日”修改为“${chance.between(10, 20)}个工作日”。`,
    ])()
    return `${han(index + 1)}、${change}`
  })
  return {
    ...nothing,
    addressee: everybody(pen.organ),
    parts: [
      `经研究，决定对《${nested(target.title)}》（${target.docNo}）作如下修改：`,
      ...changes,
      '本决定自印发之日起施行。',
    ],
    effectiveFrom: pen.day,
    amends: [effect],
    cites: target.docNo ? [target.docNo] : [],
  }
}

export function explained(subject: Subject, pen: Pen): ComposedText {
  const [target] = subject.targets
  const no = target?.docNo ?? ''
  return {
    ...nothing,
    parts: [
      `近日，${pen.organ.name}印发了《${nested(subject.inner ?? '')}》（${no}，以下简称《文件》），现解读如下：`,
      '一、起草背景',
      sentencesOf(pen, patterns.running, 2),
      '二、主要内容',
      ...Array.from(
        { length: pen.chance.between(3, 6) },
        (_, index) =>
          `问：${pen.chance.any(pen.field.actors)}怎样${pen.chance.any(pen.field.acts)}？答：${write(pen, pen.chance.usual(index % 2 ? patterns.articles : patterns.running))}`,
      ),
      write(pen, contact),
    ],
    cites: no ? [no] : [],
  }
}

export const effectOf = (title: string, docNo: string | null, from: string): CorpusEffect => ({
  title,
  docNo,
  from,
})

export function lastDay(from: string, years: number): string {
  const [year = '', month = '1', day = '1'] = from.split('-')
  const end = new Date(Date.UTC(Number(year) + years, Number(month) - 1, Number(day)))
  return new Date(end.getTime() - 86_400_000).toISOString().slice(0, 10)
}
