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
  masthead: string | null
  docNo: string | null
  /** 主办 in the footer, 来源 under the title: who shows the document. Named in the doubt, never taken. */
  host: string | null
  source: string | null
}

export type IssuerFound = { issuers: string[]; doubts: Doubt[] }

/** The body that signed; else the one the title names; else the metadata. Never the site that shows the document. */
export function recogniseIssuer(clues: IssuerClues): IssuerFound {
  const signers = clues.signature?.signers ?? []
  const inTitle = clues.title ? issuersInTitle(clues.title) : []
  // Some sites put themselves down as 发文机构; a web site issues nothing.
  const inMetadata =
    clues.metadataIssuer?.split(/[\s,，、;；]+/).filter(name => name !== '' && !/网站?$/.test(name)) ?? []

  if (signers.length > 0) return { issuers: signers, doubts: contradictions(signers, inTitle, inMetadata) }
  if (inTitle.length > 0) return { issuers: inTitle, doubts: contradictions(inTitle, [], inMetadata) }
  if (clues.masthead)
    return { issuers: [clues.masthead], doubts: contradictions([clues.masthead], [], inMetadata) }
  if (inMetadata.length > 0) return { issuers: inMetadata, doubts: [] }
  if (clues.metadataPublisher) {
    const why = `正文没有落款，标题也没有写机关；暂按元数据的发布机构“${clues.metadataPublisher}”填写，它不一定是发文机关。请核对。`
    return { issuers: [withoutSpaces(clues.metadataPublisher)], doubts: [{ field: 'issuer', why }] }
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
