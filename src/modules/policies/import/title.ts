import { looksLikeOrgan } from '#modules/files'
import { DOC_NO_IN_TEXT } from './doc-no.ts'
import type { Head, TitleGroup } from './head.ts'
import type { Doubt } from './recognised.ts'
import { isOrderHeading, isTitleLike, tidyTitle, titleKey } from './title-form.ts'

export type TitleFound = {
  title: string | null
  titlePrinted: string | null
  /** A second, different title printed over the text itself: it stays with the text. */
  keepInBody: TitleGroup | null
  doubts: Doubt[]
}

type Candidate = { printed: string; where: string; group: TitleGroup | null }

/** The title the page prints at the top; the other places it could stand in confirm, complete or contradict it. */
export function recogniseTitle(head: Head, pageTitles: string[], metadataTitle: string | null): TitleFound {
  const candidates = candidatesOf(head, pageTitles, metadataTitle)
  const [first, ...others] = candidates
  if (!first) return guessed(head)

  const doubts: Doubt[] = []
  let chosen = first
  let keepInBody: TitleGroup | null = null
  for (const other of others) {
    const mine = titleKey(withoutPrefix(chosen.printed).title)
    const its = titleKey(withoutPrefix(other.printed).title)
    if (mine === its || mine.includes(its)) continue
    if (isOrderHeading(tidyTitle(chosen.printed))) {
      chosen = other
      continue
    }
    if (isShortFormOf(chosen.printed, other.printed)) {
      doubts.push({
        field: 'title',
        why: `${chosen.where}只印了“${chosen.printed}”，已采用${other.where}的全称。请核对。`,
      })
      chosen = other
      continue
    }
    doubts.push({
      field: 'title',
      why: `${chosen.where}的标题与${other.where}的标题“${tidyTitle(other.printed)}”不一致，已采用前者。请对照原件核对。`,
    })
    keepInBody ??= other.group
  }
  const { title, prefix } = withoutPrefix(chosen.printed)
  if (prefix) doubts.push({ field: 'title', why: `标题前的“${prefix}”像是栏目名，没有计入标题。请核对。` })
  return {
    title: tidyTitle(title),
    titlePrinted: chosen.group?.printed ?? chosen.printed,
    keepInBody,
    doubts,
  }
}

/**
 * An order is called by the rules it puts in force, where the text names them and prints them below. Its own heading
 * remains what was printed.
 */
export function titleOfOrder(found: TitleFound, bodyText: string): TitleFound {
  if (!found.title || !isOrderHeading(found.title)) return found
  const [opening = ''] = bodyText.split('。')
  const named = /(?:公布|发布|通过)/.test(opening) ? /《([^《》]{4,60})》/.exec(opening)?.[1] : undefined
  if (!named || !printsBelow(bodyText, titleKey(named))) return found
  const why = `标题只印了“${found.title}”，已采用它所公布的文件名“${named}”。请核对。`
  return { ...found, title: named, doubts: [...found.doubts, { field: 'title', why }] }
}

/** The title stands in the text again, on one line or broken over two or three. */
function printsBelow(bodyText: string, key: string): boolean {
  const lines = bodyText.split('\n').map(line => (line.length <= 80 ? titleKey(line) : ''))
  return lines.some((line, at) => {
    if (line === '' || !key.startsWith(line)) return false
    return line === key || [2, 3].some(count => lines.slice(at, at + count).join('') === key)
  })
}

function candidatesOf(head: Head, pageTitles: string[], metadataTitle: string | null): Candidate[] {
  const found: Candidate[] = []
  const page = pageTitles.map(title => withoutNumber(withoutSiteName(title))).find(isTitleLike)
  if (page) found.push({ printed: page, where: '网页', group: null })
  const shown = head.groups.find(group => group.aboveLabels && group.printed.length >= 5)
  const groups = head.groups.filter(group => group === shown || group.titleLike)
  if (shown) groups.sort((a, b) => Number(b === shown) - Number(a === shown))
  for (const group of groups) {
    found.push({
      printed: withoutNumber(withoutSiteName(group.printed)),
      where: found.length === 0 ? '页面上方' : '正文上方',
      group,
    })
  }
  if (metadataTitle) found.push({ printed: withoutNumber(metadataTitle), where: '元数据', group: null })
  return found
}

/** Nothing says it is the title: a short first line over the text may be one, but a person must say so. */
function guessed(head: Head): TitleFound {
  const line = head.groups.find(group => group.printed.length >= 6 && group.printed.length <= 60)
  if (line && head.groups.length <= 2 && line.at <= 2) {
    head.bodyFrom = Math.max(head.bodyFrom, line.at + line.blocks.length)
    const why = `没有找到明确的标题，暂按正文前的第一行“${line.printed}”填写。请对照原件核对。`
    return {
      title: tidyTitle(line.printed),
      titlePrinted: line.printed,
      keepInBody: null,
      doubts: [{ field: 'title', why }],
    }
  }
  const why = '文件里没有印标题，开头就是正文，没有代拟。请对照原件填写标题。'
  return { title: null, titlePrinted: null, keepInBody: null, doubts: [{ field: 'title', why }] }
}

/** 关于……的通知 for 某机关关于……的通知, one line of a longer title, or a title the page cut short with dots. */
function isShortFormOf(short: string, full: string): boolean {
  const cut = /^(.{6,}?)(?:…+|\.{3,}|。。。)$/.exec(short)?.[1]
  if (cut) return titleKey(full).startsWith(titleKey(cut))
  return titleKey(full).includes(titleKey(short.replace(/[（(][12][0-9]{3}年[^（）()]{0,6}[）)]$/, '')))
}

function withoutPrefix(printed: string): { title: string; prefix: string | null } {
  const match = /^([【[［][^】\]］]{2,20}[】\]］])\s*(.{5,})$/.exec(printed)
  if (match) return { title: match[2] ?? printed, prefix: match[1] ?? null }
  const [, column = '', rest = ''] = /^([\u4e00-\u9fff]{2,8})\s*[丨∣│｜|]\s*(.{5,})$/.exec(printed) ?? []
  return column === '' || looksLikeOrgan(column)
    ? { title: printed, prefix: null }
    : { title: rest, prefix: column }
}

const NUMBER_BEHIND = new RegExp(`\\s*[（(]${DOC_NO_IN_TEXT}[）)]$`)
const NUMBER_BEFORE = new RegExp(`^${DOC_NO_IN_TEXT}\\s*(?=《|\\S{8,})`)

/** The number before or behind a title is no part of it, nor are the 《》 that quote the whole of it. */
function withoutNumber(printed: string): string {
  const bare = printed.replace(NUMBER_BEHIND, '').replace(NUMBER_BEFORE, '')
  return /^《([^《》]*(?:《[^《》]*》)*[^《》]*)》$/.exec(bare)?.[1] ?? bare
}

/** 某通知_云溪县人民政府网: the window title, and texts saved with it, carry the name of the site. */
function withoutSiteName(title: string): string {
  return title.replace(/(?:\s*[-_|｜–—]+\s*[^-_|｜–—]{2,30}(?:网站?|政府|门户|平台|[局委厅办]|公开))+$/, '')
}
