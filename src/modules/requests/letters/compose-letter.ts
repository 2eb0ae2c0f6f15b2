import { inChinese, type PlainDate } from '#lib/beijing-time'
import { type Charge, chargeInWords } from '../fees.ts'
import { type AnsweredItem, concludes } from './conclusion.ts'
import type { LetterKind } from './letter.ts'
import { ofChoice, onLine, type RemedyBodies, remedyOf } from './remedy.ts'

/** What every letter of a case says alike (R-LET-03). */
export interface LetterFacts {
  requestNumber: string
  /** Name of the applicant, or of several, as they are to be addressed. */
  applicant: string
  submittedOn: PlainDate
  /** 收到申请之日; null: not confirmed yet. */
  receivedOn: PlainDate | null
  /** What was asked, shortened. */
  asked: string
  /** Office, telephone, address in one line. */
  contact: string
  bodies: RemedyBodies
  /** It is served on line. */
  electronic: boolean
}

/** What the letter of each kind has to say beside that. Days are working days. */
export interface LetterContents {
  receipt: { dueOn: PlainDate | null; isProvisional: boolean; reckoning: string }
  'correction-notice': { missing: readonly string[]; within: number }
  'reasons-notice': { facts: string; within: number }
  'extension-notice': { reason: string; formerDueOn: PlainDate; dueOn: PlainDate }
  'third-party-consultation': { recipient: string; content: string; within: number }
  'consultation-told': { whom: string; sentOn: PlainDate }
  'third-party-told': { recipient: string; content: string; reasons: string }
  'co-maker-consultation': { recipient: string; content: string; within: number }
  'assistance-letter': { recipient: string; task: string; until: PlainDate }
  'fee-notice': { charge: Charge; howToPay: string; within: number }
  reply: { items: readonly AnsweredItem[] }
  'record-correction': { result: 'corrected' | 'refused' | 'forwarded'; reason: string }
}

/** The words of a letter; heading, number, signature and date are set around it. */
export interface ComposedLetter {
  title: string
  recipient: string
  paragraphs: string[]
  /** How to contest it; null where the law gives nothing to contest by itself. */
  remedy: string | null
  contact: string
}

type Body = Pick<ComposedLetter, 'title' | 'paragraphs'> & { recipient?: string; remedy?: string | null }
type Compose<Kind extends LetterKind> = (facts: LetterFacts, content: LetterContents[Kind]) => Body

const regulation = '《中华人民共和国政府信息公开条例》'

const opening = ({ receivedOn, submittedOn, requestNumber, asked }: LetterFacts) =>
  receivedOn === null
    ? `您于${inChinese(submittedOn)}提交的政府信息公开申请（登记编号${requestNumber}）已经登记。您申请公开：${closed(asked)}`
    : `本机关于${inChinese(receivedOn)}收到您的政府信息公开申请（登记编号${requestNumber}）。您申请公开：${closed(asked)}`

const numbered = (lines: readonly string[]) => lines.map((line, at) => `${at + 1}.${line}`)

const letters: { [Kind in LetterKind]: Compose<Kind> } = {
  receipt: (facts, { dueOn, isProvisional, reckoning }) => ({
    title: '政府信息公开申请登记回执',
    paragraphs: [
      opening(facts),
      dueOn === null
        ? '答复期限自双方确认收到申请之日起计算，确认后另行告知。'
        : `答复期限为${inChinese(dueOn)}${isProvisional ? '（当年的放假安排尚未公布，按暂定的工作日计算，公布后可能调整）' : ''}。${reckoning}`,
      '征求第三方或者其他机关意见所需时间不计算在内；需要您补正的，期限自收到补正之日起重新计算。',
    ],
  }),

  'correction-notice': (facts, { missing, within }) => ({
    title: '政府信息公开申请补正告知书',
    paragraphs: [
      opening(facts),
      `经审查，您的申请内容需要补正。依据${regulation}第三十条，请补正以下各项：`,
      ...numbered(missing),
      `请自收到本告知书之日起${within}个工作日内补正。答复期限自本机关收到补正的申请之日起计算。`,
      '没有正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。',
    ],
  }),

  'reasons-notice': (facts, { facts: counted, within }) => ({
    title: '政府信息公开申请说明理由告知书',
    paragraphs: [
      opening(facts),
      `${counted}依据${regulation}第三十五条，您申请公开政府信息的数量、频次明显超过合理范围，请说明理由。`,
      `请自收到本告知书之日起${within}个工作日内书面说明。理由不合理的，本机关将告知不予处理；理由合理但无法在规定期限内答复的，本机关将确定延迟答复的合理期限并告知您。`,
    ],
  }),

  'extension-notice': (facts, { reason, formerDueOn, dueOn }) => ({
    title: '政府信息公开申请延期答复告知书',
    paragraphs: [
      opening(facts),
      `本机关原应于${inChinese(formerDueOn)}前答复。因${bare(reason)}，依据${regulation}第三十三条第二款，经政府信息公开工作机构负责人同意，答复期限延长至${inChinese(dueOn)}。`,
    ],
  }),

  'third-party-consultation': (facts, { recipient, content, within }) => ({
    title: '政府信息公开征求意见书',
    recipient,
    paragraphs: [
      `有申请人向本机关申请公开政府信息（登记编号${facts.requestNumber}），其中以下内容涉及您（单位）的合法权益：${content}`,
      `依据${regulation}第三十二条，请自收到本征求意见书之日起${within}个工作日内，书面答复是否同意公开；不同意或者部分不同意的，请说明理由。`,
      '逾期没有提出意见的，由本机关依照条例的规定决定是否公开。您（单位）不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定公开，并将决定公开的内容和理由书面告知。',
    ],
  }),

  'consultation-told': (facts, { whom, sentOn }) => ({
    title: '政府信息公开申请征求意见告知书',
    paragraphs: [
      opening(facts),
      `办理中需要征求${whom}的意见，征求意见书已于${inChinese(sentOn)}发出。依据${regulation}第三十三条第三款，征求意见所需时间不计算在答复期限内。`,
    ],
  }),

  'third-party-told': (facts, { recipient, content, reasons }) => ({
    title: '政府信息依申请公开告知书',
    recipient,
    paragraphs: [
      `本机关就登记编号为${facts.requestNumber}的政府信息公开申请征求了您（单位）的意见。您（单位）不同意公开。`,
      `经审查，本机关认为不公开可能对公共利益造成重大影响。依据${regulation}第三十二条，决定公开以下内容：${content}`,
      `理由：${closed(reasons)}`,
    ],
    remedy: ofChoice(facts.bodies, '告知书') + (facts.electronic ? onLine(facts.bodies) : ''),
  }),

  'co-maker-consultation': (facts, { recipient, content, within }) => ({
    title: '政府信息公开征求意见书',
    recipient,
    paragraphs: [
      `有申请人向本机关申请公开政府信息（登记编号${facts.requestNumber}）。以下信息由本机关牵头、与贵单位共同制作：${content}`,
      `依据${regulation}第三十四条，请自收到本征求意见书之日起${within}个工作日内提出意见；逾期没有提出意见的，视为同意公开。`,
    ],
  }),

  'assistance-letter': (facts, { recipient, task, until }) => ({
    title: '政府信息公开申请协办函',
    recipient,
    paragraphs: [
      `本机关正在办理登记编号为${facts.requestNumber}的政府信息公开申请，需要贵单位协助：${task}`,
      `请于${inChinese(until)}前书面回复，并附有关材料。`,
    ],
  }),

  'fee-notice': (facts, { charge, howToPay, within }) => ({
    title: '政府信息公开信息处理费收费通知书',
    paragraphs: [
      opening(facts),
      `依据${regulation}第四十二条、《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号），对您的申请${charge.basis === 'pieces' ? '按件' : '按量'}收取信息处理费。`,
      `计算：${chargeInWords(charge)}`,
      `请自收到本通知书次日起${within}个工作日内缴纳，缴纳方式：${closed(howToPay)}缴费完成后，答复期限自次日起重新计算。`,
      '逾期未缴纳的，视为放弃申请，本机关不再处理该申请。',
    ],
  }),

  reply: (facts, { items }) => ({
    title: '政府信息公开申请答复书',
    paragraphs: [
      opening(facts),
      ...(items.length === 1
        ? items.map(item => `经审查，${concludes(item)}`)
        : [
            '经审查，分别答复如下：',
            ...numbered(items.map(item => `关于“${item.asked}”：${concludes(item)}`)),
          ]),
    ],
    remedy: remedyOf(items, facts.bodies, { electronic: facts.electronic }),
  }),

  'record-correction': (facts, { result, reason }) => ({
    title: '政府信息更正告知书',
    paragraphs: [
      `本机关于${inChinese(facts.receivedOn ?? facts.submittedOn)}收到您更正与自身相关的政府信息记录的申请（登记编号${facts.requestNumber}）：${facts.asked}`,
      `${corrections[result]}依据：${regulation}第四十一条。${reason.trim() === '' ? '' : `理由：${closed(reason)}`}`,
    ],
    remedy: ofChoice(facts.bodies, '更正告知书') + (facts.electronic ? onLine(facts.bodies) : ''),
  }),
}

const corrections = {
  corrected: '经审核属实，本机关已经予以更正。',
  refused: '经审核，本机关不予更正。',
  forwarded: '该记录不属于本机关职能范围，本机关已经转送有权更正的行政机关处理。',
} as const

/** The words of a letter, from the case (R-LET §5.2): nothing in it that the case does not say. */
export function composeLetter<Kind extends LetterKind>(
  kind: Kind,
  facts: LetterFacts,
  content: LetterContents[Kind],
): ComposedLetter {
  const { recipient = facts.applicant, remedy = null, title, paragraphs } = letters[kind](facts, content)
  return { title, recipient, paragraphs, remedy, contact: facts.contact }
}

const closed = (text: string) => (/[。！？]$/.test(text.trim()) ? text.trim() : `${text.trim()}。`)
/** Without the stop of its own, within a sentence. */
const bare = (text: string) =>
  text
    .trim()
    .replace(/[。；，]+$/, '')
    .replace(/^因/, '')
