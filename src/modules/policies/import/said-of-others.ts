import type { ArchiveItem } from '#modules/publications'
import type { FilingDoubt, Recognised } from './recognised.ts'

type Relations = ArchiveItem['relations']
type Line = Relations['links'][number]['line']

/**
 * What a document says of others, as links and effects. Where it names a number nobody needs the title; where it says no day, the
 * effect begins with the document, and a person is asked.
 */
export function saidOfOthers(
  found: Pick<Recognised, 'repeals' | 'amends' | 'cites' | 'signedOn' | 'effectiveFrom' | 'publishedOn'>,
): {
  relations: Relations
  doubts: FilingDoubt[]
} {
  const undated = (found.effectiveFrom ?? found.signedOn ?? found.publishedOn) === null
  const doubts: FilingDoubt[] = []
  const lines = (
    field: 'repeals' | 'amends',
    named: readonly { docNo: string | null; title: string | null; from: string | null }[],
  ) =>
    named.map(one => {
      if (undated && one.from === null)
        doubts.push({
          field,
          why: `看不出从哪天起${field === 'repeals' ? '废止' : '修改'}“${one.title ?? one.docNo}”，暂按导入的当天。请对照原件改正。`,
        })
      return lineOf(one)
    })
  const repeals = lines('repeals', found.repeals).flatMap(line => (line ? [{ type: 'repeals', line }] : []))
  const amends = lines('amends', found.amends).flatMap((line, at) =>
    line ? [{ type: found.amends[at]?.type ?? 'amends', line }] : [],
  )
  const effects = [...repeals, ...amends]
  const cites = found.cites.flatMap(docNo => {
    const line = lineOf({ docNo, title: null, from: null })
    return line ? [{ type: 'cites', line }] : []
  })
  return { relations: { links: cites, effects }, doubts }
}

const longestTitle = 300

function lineOf(named: { docNo: string | null; title: string | null; from: string | null }): Line | null {
  const title =
    named.title?.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, longestTitle) || named.docNo
  return title ? { docNo: named.docNo, title, from: named.from, publicId: null } : null
}
