import { inChinese, type PlainDate } from '#lib/beijing-time'
import { titleWidth } from './body-blocks.ts'
import { headingBlock, isBareHeading, levelled } from './levels.ts'
import type { Block, OfficialDocument } from './official-document.ts'
import { type DraftMark, reviewCopy } from './review-copy.ts'
import { printable } from './runs-of-html.ts'
import { titleLines } from './title-lines.ts'

/** A letter of an organ to one person or organ (R-LET-03). */
export interface LetterText {
  /** Who speaks: the red mark of the letter (S-GWG-20). */
  organName: string
  /** Null for a letter that carries none, as a receipt (R-LET-11). */
  letterNumber: string | null
  title: string
  recipient: string
  /** In their order; one that opens with 一、 or（一）is set as a heading of its level. */
  paragraphs: readonly string[]
  /** How to object (R-REM-11); null where the law asks for none. */
  remedyParagraph: string | null
  attachments?: readonly string[]
  /** Organs that sign, one a line. */
  signature: readonly string[]
  date: PlainDate
  /** Room for the seal above organ and date. */
  sealSlot: boolean
  /** 附注 in brackets, as who may be called about the letter. */
  remark?: string | null
  largePrint?: boolean
  draft?: DraftMark
  /** When it was made, for the file's own record. */
  madeAt: Date
}

const largeTitleWidth = 12

/** The letter as its page shows it: 信函 form with red head, or 1.5 times as large for those who asked for it. */
export function letterDocument(letter: LetterText): OfficialDocument {
  const print = letter.largePrint ? 'large' : 'normal'
  const texts = [...letter.paragraphs, ...(letter.remedyParagraph === null ? [] : [letter.remedyParagraph])]
  const document: OfficialDocument = {
    form: 'letter',
    title: letter.title,
    titleLines: titleLines(printable(letter.title), print === 'large' ? largeTitleWidth : titleWidth),
    marks: [letter.organName],
    docNo: letter.letterNumber,
    signatory: null,
    blocks: [
      { kind: 'addressee', text: withColon(printable(letter.recipient)) },
      ...texts.flatMap(textBlocks),
      ...(letter.attachments?.length ? [{ kind: 'attachments' as const, items: letter.attachments }] : []),
      {
        kind: 'signature',
        lines: [...letter.signature, inChinese(letter.date)],
        ...(letter.sealSlot ? { sealRoom: true as const } : {}),
      },
      ...(letter.remark ? [{ kind: 'remark' as const, text: bracketed(letter.remark) }] : []),
    ],
    imprint: { copies: [], printed: null },
    about: { author: letter.organName, keywords: '', madeAt: letter.madeAt },
    foot: [],
    watermark: null,
    print,
  }
  return letter.draft ? reviewCopy(document, letter.draft) : document
}

const textBlocks = (text: string): Block[] =>
  printable(text)
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(line =>
      isBareHeading(line)
        ? headingBlock([{ text: line }])
        : { kind: 'paragraph', runs: levelled([{ text: line }]) },
    )

const withColon = (name: string) => (/[：:]$/.test(name) ? name : `${name}：`)

const bracketed = (text: string) => (/^[（(].*[）)]$/s.test(text) ? text : `（${text}）`)
