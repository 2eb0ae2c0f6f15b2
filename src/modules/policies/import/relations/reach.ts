import type { Doubt } from '../recognised.ts'
import type { Found } from './found-relations.ts'

const OF_THE_STATE = /^(?:国发|国办发|国函|国办函|国令|中发|中办发|国务院令|中华人民共和国)/
const LAW = /^(?:中华人民共和国[^《》]{2,40}(?:法|条例|法典)|国务院(?:办公厅)?关于)/

/** What the State Council or the Congress laid down, no local organ puts out of force; it only passes that news on. */
export function isBeyondReach(
  { docNo, title }: Pick<Found, 'docNo' | 'title'>,
  issuers: readonly string[],
): boolean {
  if (issuers.some(issuer => /^(?:中华人民共和国)?国务院|^中共中央|全国人民代表大会/.test(issuer)))
    return false
  return docNo === null ? LAW.test(title ?? '') : OF_THE_STATE.test(docNo)
}

const NAMED = 3

export function reachDoubts(
  all: readonly Pick<Found, 'docNo' | 'title'>[],
  issuers: readonly string[],
): Doubt[] {
  const beyond = all.filter(one => isBeyondReach(one, issuers))
  return beyond.slice(0, NAMED).map(({ title, docNo }) => ({
    field: 'repeals',
    why: `“${title ?? docNo}”是国家的文件，本机关不能废止或修改它，没有采用。请核对是否只是转达。`,
  }))
}
