import type { Rect } from './pdfium.ts'

/** The grounds on which a place may be withheld (R-EXC-02…08), each with the short words that stand on its box. */
export const grounds = {
  SECRET: { label: '国家秘密', words: '依法确定为国家秘密', article: '第十四条', rule: 'R-EXC-02' },
  LAW_BAN: { label: '法律禁止公开', words: '法律、行政法规禁止公开', article: '第十四条', rule: 'R-EXC-03' },
  SAFETY: {
    label: '危及安全稳定',
    words: '公开后可能危及国家安全、公共安全、经济安全、社会稳定',
    article: '第十四条',
    rule: 'R-EXC-04',
  },
  TRADE_SECRET: {
    label: '商业秘密',
    words: '涉及商业秘密，公开会对第三方合法权益造成损害',
    article: '第十五条',
    rule: 'R-EXC-05',
  },
  PRIVACY: {
    label: '个人隐私',
    words: '涉及个人隐私，公开会对第三方合法权益造成损害',
    article: '第十五条',
    rule: 'R-EXC-05',
  },
  INTERNAL: {
    label: '内部事务',
    words: '属于人事管理、后勤管理、内部工作流程等内部事务信息',
    article: '第十六条第一款',
    rule: 'R-EXC-06',
  },
  PROCESS: {
    label: '过程性信息',
    words: '属于讨论记录、过程稿、磋商信函、请示报告等过程性信息',
    article: '第十六条第二款',
    rule: 'R-EXC-07',
  },
  ENFORCE_FILE: {
    label: '执法案卷',
    words: '属于行政执法案卷信息',
    article: '第十六条第二款',
    rule: 'R-EXC-08',
  },
} as const
export type Ground = keyof typeof grounds

export const groundNames = Object.keys(grounds) as [Ground, ...Ground[]]

/** A place of a page that is taken out, and why. In points from the upper left corner. */
export interface Box {
  page: number
  rect: Rect
  ground: Ground
}

/** The words for the screen reader and the text layer, where the box stands. */
export const spokenLabel = (ground: Ground): string => `〔已遮盖：${grounds[ground].label}〕`
