import { AlignmentType, type IStylesOptions, LineRuleType } from 'docx'
import { docxStyles } from '#lib/docx-styles'
import { grids, type OfficialDocument, paper } from '../official-document.ts'

/** Twentieths of a point. */
export const mm = (length: number): number => Math.round(length * 56.6929)

/** The faces as Word users have them (S-GWG-25); what stands in for one that is missing is told by the table of fonts. */
export const fonts = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' },
  kai: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体_GB2312' },
  hei: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' },
  song: { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体' },
} as const

export const red = 'D8000F'

/** The ids of the styles that only a print has; the others are of `#lib/docx-styles`. */
export const ownStyles = {
  mark: 'MingtangMark',
  number: 'MingtangNumber',
  blank: 'MingtangBlank',
  remark: 'MingtangRemark',
  imprint: 'MingtangImprint',
  foot: 'MingtangFoot',
} as const

export interface Measures {
  /** Height of a line of text. */
  pitch: number
  /** Width of a character of text. */
  cell: number
  /** What the type is spread, below nought pressed together, so that as many stand on a line as the grid has. */
  spread: number
  /** Sizes in half points. */
  text: number
  title: number
  small: number
  width: number
}

/** 22 lines of 28 characters in 156 × 225 mm (S-GWG-03, S-GWG-04), or fewer of them in large print. */
export function measuresOf({ print }: Pick<OfficialDocument, 'print'>): Measures {
  const grid = grids[print]
  const isLarge = print === 'large'
  return {
    pitch: Math.floor(mm(paper.blockHeight) / grid.lines),
    cell: Math.floor(mm(paper.blockWidth) / grid.characters),
    spread: Math.floor(mm(paper.blockWidth) / grid.characters - grid.points * 20),
    text: grid.points * 2,
    title: isLarge ? 66 : 44,
    small: isLarge ? 42 : 28,
    width: mm(paper.blockWidth),
  }
}

export const exactly = (line: number) => ({ line, lineRule: LineRuleType.EXACT })

/**
 * Every line of text is one line of the grid high, whatever face stands in for the official one: said by the styles, since programs
 * differ in what a document grid does to large type, to tables and to the characters of a line.
 */
export function looksOf(measures: Measures): IStylesOptions {
  const { pitch, cell, spread, text, title, small } = measures
  // Every page has its lines, wherever a paragraph breaks
  const plain = { spacing: { before: 0, after: 0, ...exactly(pitch) }, widowControl: false }
  const indented = { ...plain, indent: { firstLine: 2 * cell }, alignment: AlignmentType.BOTH }
  const level = (font: (typeof fonts)['body' | 'kai' | 'hei']) => ({
    run: { font, size: text, bold: false, italics: false, color: '000000' },
    paragraph: { ...indented, keepNext: true },
  })
  const styles = docxStyles({
    document: {
      run: {
        font: fonts.body,
        size: text,
        characterSpacing: spread,
        language: { value: 'en-US', eastAsia: 'zh-CN' },
      },
    },
    body: { paragraph: indented },
    left: { paragraph: plain },
    center: { paragraph: plain },
    right: { paragraph: plain },
    heading1: level(fonts.hei),
    heading2: level(fonts.kai),
    heading3: level(fonts.body),
    heading4: level(fonts.body),
    heading5: level(fonts.body),
    addressee: { paragraph: { ...plain, alignment: AlignmentType.BOTH } },
    attachments: { paragraph: { ...plain, alignment: AlignmentType.BOTH } },
    signature: { paragraph: { ...plain, keepLines: true } },
    attachmentTitle: { run: { font: fonts.hei, size: text }, paragraph: plain },
    attachedTitle: {
      run: { font: fonts.title, size: title },
      paragraph: { ...plain, keepNext: true },
    },
    // A picture is as high as it is
    picture: { paragraph: { spacing: { before: 0, after: 0 } } },
    tableName: { run: { font: fonts.hei } },
    headCell: { run: { font: fonts.hei, bold: false } },
  })
  const own = (id: string, name: string, look: object) => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    ...look,
  })
  return {
    ...styles,
    default: {
      ...styles.default,
      title: {
        run: { font: fonts.title, size: title, bold: false, color: '000000' },
        paragraph: { ...plain, alignment: AlignmentType.CENTER, keepNext: true },
      },
    },
    paragraphStyles: [
      ...(styles.paragraphStyles ?? []),
      own(ownStyles.mark, '发文机关标志', {
        run: { font: fonts.title, color: red },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 0, after: 0 } },
      }),
      own(ownStyles.number, '发文字号', { paragraph: plain }),
      own(ownStyles.blank, '空行', { paragraph: plain }),
      own(ownStyles.remark, '附注', { paragraph: { ...plain, indent: { firstLine: 2 * cell } } }),
      own(ownStyles.imprint, '版记', {
        run: { size: small },
        paragraph: { spacing: { before: 40, after: 40, ...exactly(small * 15) } },
      }),
      own(ownStyles.foot, '生成说明', {
        run: { size: 18, color: '5A5A5A' },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 0, after: 0, ...exactly(260) } },
      }),
    ],
  }
}
