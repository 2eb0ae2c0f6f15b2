import {
  AlignmentType,
  BorderStyle,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LevelFormat,
} from 'docx'

/**
 * What a paragraph of a Word document of ours can be. The ids are for the file; the names are what people see in Word, what
 * survives WPS, and what reading knows the paragraph by again (files/reading/formats/word-document.ts).
 */
const styles = {
  body: { id: 'MingtangBody', name: '公文正文' },
  left: { id: 'MingtangLeft', name: 'mingtang left' },
  center: { id: 'MingtangCenter', name: 'mingtang center' },
  right: { id: 'MingtangRight', name: 'mingtang right' },
  addressee: { id: 'MingtangAddressee', name: '主送机关' },
  signature: { id: 'MingtangSignature', name: '落款' },
  attachments: { id: 'MingtangAttachments', name: '附件说明' },
  attachmentList: { id: 'MingtangAttachmentList', name: '附件清单' },
  attachmentTitle: { id: 'MingtangAttachmentTitle', name: '附件标题' },
  attachedTitle: { id: 'MingtangAttachedTitle', name: '所附文件标题' },
  list: { id: 'MingtangList', name: '公文列表' },
  quote: { id: 'MingtangQuote', name: '引文' },
  rule: { id: 'MingtangRule', name: '分隔线' },
  picture: { id: 'MingtangPicture', name: '图片' },
  caption: { id: 'MingtangCaption', name: '图注' },
  tableName: { id: 'MingtangTableName', name: '表名' },
  cell: { id: 'MingtangCell', name: '表格文字' },
  headCell: { id: 'MingtangHeadCell', name: '表头' },
  rowHead: { id: 'MingtangRowHead', name: '行首' },
} as const

export type StyleKey = keyof typeof styles
type HeadingKey = `heading${1 | 2 | 3 | 4 | 5}`

const headingIds: Record<HeadingKey, string> = {
  heading1: 'Heading1',
  heading2: 'Heading2',
  heading3: 'Heading3',
  heading4: 'Heading4',
  heading5: 'Heading5',
}

export const styleIds: Record<StyleKey | HeadingKey | 'underline', string> = {
  ...(Object.fromEntries(Object.entries(styles).map(([key, { id }]) => [key, id])) as Record<
    StyleKey,
    string
  >),
  ...headingIds,
  underline: 'MingtangUnderline',
}

/** How paragraphs look: paragraph and run options of `docx`. */
type Look = Pick<IParagraphStyleOptions, 'paragraph' | 'run'>
export type Looks = Partial<Record<StyleKey | HeadingKey, Look>> & { document?: Look }

const center: Look = { paragraph: { alignment: AlignmentType.CENTER } }

/** What a style does by itself, whatever the looks; without it the file would not say what the page says. */
const meant: Partial<Record<StyleKey, Look>> = {
  left: { paragraph: { alignment: AlignmentType.LEFT } },
  center,
  right: { paragraph: { alignment: AlignmentType.RIGHT } },
  signature: { paragraph: { alignment: AlignmentType.RIGHT } },
  picture: { paragraph: { ...center.paragraph, keepNext: true } },
  caption: center,
  tableName: { paragraph: { ...center.paragraph, keepNext: true } },
  headCell: { ...center, run: { bold: true } },
  rowHead: { run: { bold: true } },
  attachedTitle: center,
  rule: {
    ...center,
    run: { color: 'FFFFFF' },
    paragraph: { border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } } },
  },
}
const outlined: Partial<Record<StyleKey, number>> = { attachmentTitle: 0, attachedTitle: 0 }

/** The styles for `new Document({ styles })`, in the given looks. */
export function docxStyles(looks: Looks = {}): IStylesOptions {
  const { document, ...rest } = looks
  const headings = Object.keys(headingIds) as HeadingKey[]
  return {
    default: {
      ...(document ? { document } : {}),
      ...Object.fromEntries(headings.flatMap(key => (rest[key] ? [[key, rest[key]]] : []))),
    },
    paragraphStyles: (Object.keys(styles) as StyleKey[]).map(key => ({
      ...styles[key],
      basedOn: 'Normal',
      quickFormat: true,
      run: { ...meant[key]?.run, ...rest[key]?.run },
      paragraph: {
        ...meant[key]?.paragraph,
        ...(outlined[key] === undefined ? {} : { outlineLevel: outlined[key] }),
        ...rest[key]?.paragraph,
      },
    })),
    characterStyles: [
      { id: styleIds.underline, name: 'mingtang underline', run: { underline: { type: 'single' } } },
    ],
  }
}

const indent = (level: number) => ({
  style: { paragraph: { indent: { left: 640 + level * 420, hanging: 420 } } },
})
const levels = [0, 1, 2, 3, 4]

/** The lists of a body, for `new Document({ numbering })`. */
export const docxNumbering = {
  config: [
    {
      reference: 'mingtang-numbers',
      levels: levels.map(level => ({
        level,
        format: LevelFormat.DECIMAL,
        text: `%${level + 1}.`,
        alignment: AlignmentType.START,
        ...indent(level),
      })),
    },
    {
      reference: 'mingtang-bullets',
      levels: levels.map(level => ({
        level,
        format: LevelFormat.BULLET,
        text: '●',
        alignment: AlignmentType.START,
        ...indent(level),
      })),
    },
  ],
}
