import {
  type Block,
  blocksOfText,
  type LabelledValue,
  labelledValues,
  type PageLink,
  type ReadDocument,
  type ReadPage,
  readHtml,
} from '#modules/files'
import type { Doubt } from './recognised.ts'

/** What every form of source comes down to. `pageTitles` are what the page around the text calls it. */
export type SourceDocument = {
  blocks: Block[]
  labelled: LabelledValue[]
  metaTags: Record<string, string>
  pageTitles: string[]
  sourceUrl: string | null
  links: PageLink[]
  pictures: PageLink[]
  doubts: Doubt[]
}

/** Throws only UnreadableFile. */
export function openSource(read: Exclude<ReadDocument, { form: 'sheets' }>): SourceDocument {
  const doubts = read.doubts.map(({ why }): Doubt => ({ field: 'body', why }))
  return read.form === 'text'
    ? ofBlocks(blocksOfText(read.text), doubts)
    : ofPage(readHtml(read.html), doubts)
}

function ofBlocks(blocks: Block[], doubts: Doubt[]): SourceDocument {
  return {
    blocks,
    labelled: [],
    metaTags: {},
    pageTitles: [],
    sourceUrl: null,
    links: [],
    pictures: [],
    doubts,
  }
}

function ofPage(page: ReadPage, doubts: Doubt[]): SourceDocument {
  return {
    blocks: page.blocks,
    labelled: page.labelled.flatMap(unglued),
    metaTags: page.metaTags,
    pageTitles: page.titleCandidates,
    sourceUrl: page.sourceUrl,
    links: page.links,
    pictures: page.pictures,
    doubts,
  }
}

const INNER_LABEL =
  /(索引号|主题分类|发文机关|发文机构|发布机构|发文单位|制发机关|成文日期|生成日期|发文日期|发布日期|公开日期|发文字号|发文文号|文件编号|(?<!发文|公文)文号|(?<!文件|公文)标题|有效性|时效性|主题词|体裁分类|公开方式|公开范围|关键词)(?=\s*[:：])/g

/** Labels and values that stood in elements of their own run together without a blank: 索引号：1发文机关：甲. */
export function unglued(pair: LabelledValue): LabelledValue[] {
  if (pair.value.length > 400 || !/[:：]/.test(pair.value)) return [pair]
  const apart = pair.value.replace(INNER_LABEL, ' $1')
  if (apart === pair.value) return [pair]
  const parts = labelledValues(`${pair.label}：${apart}`)
  return parts.length > 1 ? parts : [pair]
}
