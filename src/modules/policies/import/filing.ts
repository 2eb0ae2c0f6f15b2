import type { z } from 'zod'
import type { Organ } from '#modules/organisations'
import type { ColumnRow } from '#modules/publications'
import {
  type ArchiveItem,
  docNoPattern,
  kindOf,
  type StartPublicationInput,
  startPublicationInput,
} from '#modules/publications'
import { themes } from '../kinds.ts'
import { chooseColumn } from './column.ts'
import type { Destination } from './destination.ts'
import { documentKind } from './document-kind.ts'
import { withoutForeignParts } from './foreign-parts.ts'
import { headingOf } from './heading.ts'
import { keeperOf, organNamed } from './owner.ts'
import type { PreparedDocument } from './prepare.ts'
import type { FilingDoubt, FilingField, Recognised } from './recognised.ts'
import { saidOfOthers } from './said-of-others.ts'

/** A recognised document as it would be filed. Preview and import go by the same. */
export interface Filing {
  kind: string
  organ: Organ
  column: ColumnRow | null
  doubts: FilingDoubt[]
  /** Null: it is refused, and `refusal` says why. */
  item: ArchiveItem | null
  refusal: string | null
  /** Why it may be kept as a draft only. */
  draftOnly: string | null
}

/** What came with a document out of its surroundings: its files, stored already, and where it stood. */
export interface Surroundings {
  /** The body with the addresses of our copies in it. */
  bodyHtml: string
  files: ArchiveItem['files']
  movedFrom: ArchiveItem['movedFrom']
  doubts: readonly FilingDoubt[]
}

export function fileDocument(
  { found, importKey, vectors }: Pick<PreparedDocument, 'found' | 'importKey' | 'vectors'>,
  around: Surroundings,
  to: Destination,
  today: string,
): Filing {
  const doubts: FilingDoubt[] = [...found.doubts, ...around.doubts]
  const told = documentKind(found)
  const kind = to.kind ?? told.kind
  if (to.kind === null) doubts.push(...told.doubts)
  const organ = ownerOf(found, to, doubts)
  const column = to.column ?? chooseColumn(to.columns, kind, told.noticeType)
  if (!column)
    doubts.push({ field: 'column', why: '本站没有适合它的栏目，没有放进栏目。请在导入时用 --column 写明。' })
  const body = withoutForeignParts(around.bodyHtml, found.sourceUrl)
  doubts.push(...body.doubts)
  if (kindOf(kind).hasValidity && mayBeStale(found, today)) doubts.push(askValidity(found))
  const taken = inputOf({
    kind,
    siteId: to.site.id,
    organId: organ.id,
    columnIds: column ? [column.id] : [],
    title: headingOf(found.title, found.bodyText),
    docNo: found.docNo,
    issuers: found.issuers,
    signedOn: found.signedOn,
    effectiveFrom: found.effectiveFrom,
    validUntil: found.validUntil,
    source: found.source ?? '',
    theme: officialTheme(found, doubts),
    genre: told.genre,
    fields: kind === 'notice' && told.noticeType ? { noticeType: told.noticeType } : {},
    bodyHtml: body.bodyHtml,
  })
  const secrecy = found.secrecyMarks.length > 0
  const said = saidOfOthers(found)
  doubts.push(...said.doubts)
  return {
    kind,
    organ,
    column,
    doubts: [...doubts, ...taken.doubts],
    refusal: secrecy ? secret(found.secrecyMarks) : taken.refusal,
    draftOnly: found.bodyText === '' ? '没有读到正文，只存为草稿：补上正文再公开' : null,
    item:
      secrecy || !taken.input
        ? null
        : {
            ...itemOf(taken.input),
            relations: said.relations,
            files: around.files,
            movedFrom: around.movedFrom,
            vectors: saysTheSame(taken.input, found) ? vectors : undefined,
            origin: {
              archive: true,
              sourcePublishedOn: found.publishedOn,
              sourceUrl: found.sourceUrl,
              formerIndexNo: found.indexNo,
              importKey,
            },
          },
  }
}

type Text = Pick<ArchiveItem, 'kind' | 'organId' | 'siteId' | 'columnIds' | 'text'>

function itemOf(input: StartPublicationInput): Text {
  const { kind, organId, siteId, columnIds, title, summary, keywords, source, author, theme, genre } = input
  const { docNo, issuers, signedOn, effectiveFrom, validUntil, bodyHtml, changeNote, fields } = input
  const about = { title, summary, keywords, source, author, theme, genre }
  const dated = { docNo, issuers, signedOn, effectiveFrom, validUntil }
  return { kind, organId, siteId, columnIds, text: { ...about, ...dated, bodyHtml, changeNote, fields } }
}

/** Whether the words that were cut for it still are its own. */
const saysTheSame = (input: StartPublicationInput, found: Recognised) =>
  input.title === headingOf(found.title, found.bodyText) &&
  input.docNo === found.docNo &&
  input.issuers.join() === found.issuers.join()

function ownerOf(found: Recognised, to: Destination, doubts: FilingDoubt[]): Organ {
  for (const issuer of found.issuers) {
    const organ = organNamed(to.organs, issuer)
    if (!organ) continue
    const keeper = keeperOf(to.organs, organ)
    if (keeper.id !== organ.id) {
      const why = `“${organ.name}”已经撤销，归在承接它职责的“${keeper.name}”名下；发文机关仍照原件。请核对。`
      doubts.push({ field: 'organ', why })
    }
    return keeper
  }
  const who =
    found.issuers.length > 0
      ? `发文机关“${found.issuers.join('、')}”不在本系统的机构里，页面照录它的名称`
      : '原件没有印发文机关'
  const why = `${who}；这份文件暂时归在“${to.keeper.name}”名下。请核对由谁公开，或导入时用 --organ 写明。`
  doubts.push({ field: 'organ', why })
  return to.keeper
}

/** Only the themes of S-IDX-09 are facets here; another word of the old site is named, not taken. */
function officialTheme({ theme }: Recognised, doubts: FilingDoubt[]): string | null {
  if (!theme) return null
  const key = (text: string) => text.replace(/[\s、，,;；/\\>＞-]+/g, '')
  const official = themes.find(one => key(theme).endsWith(key(one)))
  if (!official)
    doubts.push({
      field: 'theme',
      why: `原网站的主题分类“${theme}”不在统一的主题里，没有采用。请在工作台选一个。`,
    })
  return official ?? null
}

const STALE_YEARS = 5

/** Normative documents mostly are good for five years; of an older one, or one without any date, somebody must know more. */
function mayBeStale(found: Recognised, today: string): boolean {
  const day = found.effectiveFrom ?? found.signedOn ?? found.publishedOn
  if (found.validUntil) return false
  return !day || Number(today.slice(0, 4)) - Number(day.slice(0, 4)) >= STALE_YEARS
}

const askValidity = (found: Recognised): FilingDoubt => ({
  field: 'validUntil',
  why:
    (found.signedOn ?? found.effectiveFrom)
      ? '原件没有写有效期，库里也没有废止它的文件，页面会显示“现行有效”。请核对它是否已经废止、失效或修改。'
      : '原件没有写成文日期和有效期，页面不显示有效性。请核对它是否已经废止、失效或修改。',
})

function secret(marks: string[]): string {
  return `文件上方印有“${marks.join('、')}”，没有导入：带密级或内部标志的文件不得进入公开网站（S-GWG-24）。请交保密审查；确已解密的，用去掉标志的公开文本导入。`
}

type Taken = { input: StartPublicationInput | null; refusal: string | null; doubts: FilingDoubt[] }

/** Facts that a document can do without: one that does not fit its field is left out with a doubt, never bent. */
const OPTIONAL: Record<string, [field: FilingField, empty: unknown]> = {
  docNo: ['docNo', null],
  issuers: ['issuer', []],
  source: ['source', ''],
  signedOn: ['signedOn', null],
  effectiveFrom: ['effectiveFrom', null],
  validUntil: ['validUntil', null],
}

function inputOf(
  draft: z.input<typeof startPublicationInput> & { title: string; docNo: string | null },
): Taken {
  // Orders are numbered 云溪县人民政府令第12号, and some codes hold brackets: printed as they are, they stay.
  const docNo =
    draft.docNo && draft.docNo.length <= 60 && !docNoPattern.test(draft.docNo) ? draft.docNo : null
  const asked: Record<string, unknown> = { ...draft, ...(docNo ? { docNo: null } : {}) }
  const doubts: FilingDoubt[] = []
  if (draft.title.length > 200) {
    asked.title = `${draft.title.slice(0, 199)}…`
    doubts.push({ field: 'title', why: '标题超过 200 字，页面标题截短了。请对照原件改写。' })
  }
  for (;;) {
    const parsed = startPublicationInput.safeParse(asked)
    if (parsed.success)
      return { input: docNo ? { ...parsed.data, docNo } : parsed.data, refusal: null, doubts }
    const unfit = parsed.error.issues.filter(issue => OPTIONAL[String(issue.path[0])])
    if (unfit.length < parsed.error.issues.length) {
      const others = parsed.error.issues.filter(issue => !unfit.includes(issue))
      return { input: null, refusal: others.map(issue => issue.message).join(''), doubts }
    }
    for (const issue of unfit) {
      const [field, empty] = OPTIONAL[String(issue.path[0])] ?? ['body', null]
      asked[String(issue.path[0])] = empty
      doubts.push({ field, why: `${issue.message}没有采用，请对照原件填写。` })
    }
  }
}
