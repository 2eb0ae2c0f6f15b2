import { inChinese, type PlainDate } from '#lib/beijing-time'
import { inTitleMarks } from '#lib/title-marks'
import { kindOf } from './kind.ts'
import { type PublicView, publishedOn } from './public-view.ts'

type Cited = Pick<
  PublicView,
  | 'publicId'
  | 'kind'
  | 'title'
  | 'docNo'
  | 'issuers'
  | 'organFullName'
  | 'summary'
  | 'keywords'
  | 'archive'
  | 'sourcePublishedOn'
  | 'firstPublicAt'
  | 'signedOn'
  | 'ownBase'
  | 'address'
>

export const citationFormats = {
  bib: { label: 'BibTeX', type: 'application/x-bibtex; charset=utf-8' },
  ris: { label: 'RIS', type: 'application/x-research-info-systems; charset=utf-8' },
  json: { label: 'CSL-JSON', type: 'application/vnd.citationstyles.csl+json; charset=utf-8' },
} as const
export type CitationFormat = keyof typeof citationFormats

/** A publication in the forms in which others cite it, looked at on `day`. */
export interface Citations {
  /** 《标题》（文号）, as one official document quotes another. */
  official: string
  /** GB/T 7714—2015, an electronic source. */
  gbt: string
  files: Record<CitationFormat, string>
}

export function citationsOf(view: Cited, origin: string, day: PlainDate): Citations {
  const cited: Parts = {
    view,
    authors: view.issuers.length > 0 ? view.issuers.map(oneLine) : [oneLine(view.organFullName)],
    title: oneLine(view.title),
    publishedOn: publishedOn(view) ?? view.signedOn,
    url: origin + view.ownBase + view.address,
    day,
  }
  return {
    official: officialOf(cited),
    gbt: gbtOf(cited),
    files: { bib: bibtexOf(cited), ris: risOf(cited), json: cslOf(cited) },
  }
}

interface Parts {
  view: Cited
  authors: string[]
  title: string
  /** Of an archive item without a day of publishing, that of its signature; null where neither is stated. */
  publishedOn: PlainDate | null
  url: string
  day: PlainDate
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

/** The title first, then the number in brackets (党政机关公文处理工作条例); without a number, who and when. */
function officialOf({ view, authors, title, publishedOn: on }: Parts): string {
  if (view.docNo) return `${inTitleMarks(title)}（${view.docNo}）`
  return `${authors.join('、')}${inTitleMarks(title)}${on ? `（${inChinese(on)}）` : ''}`
}

/** Responsible organ. Title: number[EB/OL]. (published)[cited]. Address. More than three organs: the first three and 等. */
function gbtOf({ view, authors, title, publishedOn: on, url, day }: Parts): string {
  const who = authors.length > 3 ? [...authors.slice(0, 3), '等'] : authors
  return `${who.join(', ')}. ${title}${view.docNo ? `: ${view.docNo}` : ''}[EB/OL]. ${on ? `(${on})` : ''}[${day}]. ${url}.`
}

function bibtexOf({ view, authors, title, publishedOn: on, url, day }: Parts): string {
  const [year, month] = (on ?? '').split('-')
  const fields: [string, string | null | undefined][] = [
    ['title', `{${bibtexText(title)}}`],
    ['author', authors.map(name => `{${bibtexText(name)}}`).join(' and ')],
    ['number', view.docNo && bibtexText(view.docNo)],
    ['year', year],
    ['month', month && String(Number(month))],
    ['date', on],
    ['howpublished', 'EB/OL'],
    ['url', url],
    ['urldate', day],
    ['keywords', view.keywords === '' ? null : bibtexText(oneLine(view.keywords))],
    ['language', 'chinese'],
  ]
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []))
  return `@misc{${view.publicId},\n${lines.join('\n')}\n}\n`
}

const bibtexSigns: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
}
const bibtexText = (text: string) => text.replace(/[\\{}$&#%_^~]/g, sign => bibtexSigns[sign] ?? `\\${sign}`)

function risOf({ view, authors, title, publishedOn: on, url, day }: Parts): string {
  const slashed = (date: PlainDate) => `${date.replaceAll('-', '/')}/`
  const lines: [string, string | null][] = [
    ['TY', view.docNo ? 'GOVDOC' : 'ELEC'],
    ['TI', title],
    // A comma would part the name into a family's and a given one
    ...authors.map((name): [string, string] => ['AU', name.replaceAll(',', '，')]),
    ['M1', view.docNo],
    ['PY', on?.slice(0, 4) ?? null],
    ['DA', on && slashed(on)],
    ['PB', oneLine(view.organFullName)],
    ['AB', oneLine(view.summary)],
    ['LA', 'zh-CN'],
    ['UR', url],
    ['Y2', slashed(day)],
  ]
  const said = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\r\n`] : []))
  return `${said.join('')}ER  - \r\n`
}

function cslOf({ view, authors, title, publishedOn: on, url, day }: Parts): string {
  const date = (text: PlainDate) => ({ 'date-parts': [text.split('-').map(Number)] })
  const item = {
    id: view.publicId,
    type: kindOf(view.kind).schemaType === 'Legislation' ? 'legislation' : 'webpage',
    title,
    author: authors.map(literal => ({ literal })),
    ...(view.docNo ? { number: view.docNo } : {}),
    ...(on ? { issued: date(on) } : {}),
    accessed: date(day),
    URL: url,
    publisher: oneLine(view.organFullName),
    language: 'zh-CN',
    ...(view.summary === '' ? {} : { abstract: oneLine(view.summary) }),
  }
  return `${JSON.stringify([item], null, 2)}\n`
}
