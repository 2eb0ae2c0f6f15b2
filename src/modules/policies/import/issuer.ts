import { withoutSpaces } from '#modules/files'
import type { Doubt } from './recognised.ts'
import { type Signature, sameOrgan } from './signature.ts'
import { issuersInTitle } from './title-form.ts'

export type IssuerClues = {
  signature: Signature | null
  title: string | null
  /** 发文机关 and its synonyms. */
  metadataIssuer: string | null
  /** 发布机构 and its synonyms: often, not always, the issuer. */
  metadataPublisher: string | null
  masthead: string[]
  /** The organ that stands alone under the title. */
  byline: string | null
  docNo: string | null
  /** 主办 in the footer, 来源 under the title: who shows the document. Named in the doubt, never taken. */
  host: string | null
  source: string | null
}

export type IssuerFound = { issuers: string[]; doubts: Doubt[] }

/** 云溪县人民政府工作规则: what an organ lays down for itself. */
const OWN_RULES =
  /^([\u4e00-\u9fff]{2,12}[省市县区州旗镇乡]人民政府(?:办公[室厅])?)(?:[0-9]{4}年)?[\u4e00-\u9fff]{0,12}(?:规则|制度|规程|要点|计划|报告)$/

/** The body that signed; else the one the title names; else the metadata. Never the site that shows the document. */
export function recogniseIssuer(clues: IssuerClues): IssuerFound {
  const signers = clues.signature?.signers ?? []
  const inTitle = clues.title ? issuersInTitle(clues.title) : []
  // Some sites put themselves down as 发文机构; a web site issues nothing.
  const inMetadata =
    clues.metadataIssuer?.split(/[\s,，、;；]+/).filter(name => name !== '' && !/网站?$/.test(name)) ?? []

  if (signers.length > 0) return { issuers: signers, doubts: contradictions(signers, inTitle, inMetadata) }
  if (inTitle.length > 0) return { issuers: inTitle, doubts: contradictions(inTitle, [], inMetadata) }
  if (clues.masthead.length > 0)
    return { issuers: clues.masthead, doubts: contradictions(clues.masthead, [], inMetadata) }
  if (inMetadata.length > 0) return { issuers: inMetadata, doubts: [] }
  if (clues.byline) {
    const why = `正文没有落款，标题也没有写机关；暂按标题下面印的“${clues.byline}”填写。请核对。`
    return { issuers: [withoutSpaces(clues.byline)], doubts: [{ field: 'issuer', why }] }
  }
  if (clues.metadataPublisher) {
    const why = `正文没有落款，标题也没有写机关；暂按元数据的发布机构“${clues.metadataPublisher}”填写，它不一定是发文机关。请核对。`
    return { issuers: [withoutSpaces(clues.metadataPublisher)], doubts: [{ field: 'issuer', why }] }
  }
  const owner = OWN_RULES.exec(clues.title ?? '')?.[1]
  if (owner) {
    const why = `正文没有落款；暂按标题开头的“${owner}”填写，它不一定是发文机关。请核对。`
    return { issuers: [owner], doubts: [{ field: 'issuer', why }] }
  }
  return { issuers: [], doubts: [{ field: 'issuer', why: missing(clues) }] }
}

function contradictions(taken: string[], inTitle: string[], inMetadata: string[]): Doubt[] {
  const doubts: Doubt[] = []
  const joined = taken.join('')
  const differ = (names: string[]) =>
    names.join('') !== joined &&
    names.length > 0 &&
    !names.every(name => taken.some(organ => sameOrgan(organ, withoutSpaces(name))))
  if (differ(inTitle)) {
    const why = `落款是“${taken.join('、')}”，标题开头写的是“${inTitle.join('、')}”，已采用落款。请核对是否简称、联合发文或转发。`
    doubts.push({ field: 'issuer', why })
  }
  if (differ(inMetadata)) {
    const why = `文件上的机关是“${taken.join('、')}”，元数据的发文机关写的是“${inMetadata.join('、')}”，已采用文件上的。请核对。`
    doubts.push({ field: 'issuer', why })
  }
  return doubts
}

function missing({ host, source, docNo }: IssuerClues): string {
  const hints = [
    host ? `页脚的“${host}”只是网站的主办单位` : '',
    source ? `“来源：${source}”只说明由谁提供` : '',
    docNo ? `文号“${docNo}”的机关代字可作线索` : '',
  ].filter(hint => hint !== '')
  const hint = hints.length > 0 ? `（${hints.join('；')}，没有采用）` : ''
  return `正文没有落款，标题开头也没有写发文机关${hint}。请对照原件填写。`
}
