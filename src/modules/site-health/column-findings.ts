import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import { addDays, addMonths } from '#lib/working-days/calendar'
import { type ColumnFacts, daysBetween, freshnessOn } from '#modules/publications'
import type { Finding, RuleId, Stage } from './finding.ts'

/** How long a column may stand without anything new. */
export interface Period {
  rule: 'S-UPD-02' | 'S-UPD-03' | 'S-UPD-04'
  /** The last day on which it is still in order, when something last came on `from`. */
  lastDay: (from: PlainDate) => PlainDate
  words: string
}

export type ColumnSeen = Pick<
  ColumnFacts,
  | 'id'
  | 'siteId'
  | 'path'
  | 'name'
  | 'type'
  | 'updateLimitDays'
  | 'createdAt'
  | 'filled'
  | 'newestAt'
  | 'emptiedAt'
  | 'contents'
>

/** Types whose columns live by new items; an organ's functions or a guide may rightly stand unchanged for years. */
const livingTypes = new Set([
  '工作动态',
  '政策文件',
  '政策解读',
  '数据发布',
  '数据开放',
  '回应关切',
  '信息公开年报',
  '征集调查',
  '在线访谈',
])

/**
 * The period of a column (S-UPD-02 … 04): two weeks for news and six months for notices and documents of the first level, twelve
 * months for what else lives by new items. A limit that the site sets itself counts where it is stricter.
 * @returns null for a column that need not change.
 */
export function periodOf(
  column: Pick<ColumnSeen, 'path' | 'name' | 'type' | 'updateLimitDays'>,
): Period | null {
  const usual = usualPeriod(column)
  const own = column.updateLimitDays
  if (own === null) return usual
  const ownDay = (from: PlainDate) => addDays(from, own)
  const ownWords = `${own} 天（本站规定）`
  if (!usual) return { rule: 'S-UPD-04', lastDay: ownDay, words: ownWords }
  const earlier = (from: PlainDate) => [ownDay(from), usual.lastDay(from)].sort()[0] ?? from
  return { rule: usual.rule, lastDay: earlier, words: `${usual.words}；本站规定 ${own} 天，先到的为准` }
}

function usualPeriod({ path, name, type }: Pick<ColumnSeen, 'path' | 'name' | 'type'>): Period | null {
  const types = type.split(/[,，、]/)
  if (!path.includes('/')) {
    if (/通知|公告|公示/.test(name) || types.includes('政策文件'))
      return { rule: 'S-UPD-03', lastDay: from => addMonths(from, 6), words: '6 个月' }
    if (types.includes('工作动态') || /动态|要闻|新闻/.test(name))
      return { rule: 'S-UPD-02', lastDay: twoWeeks, words: '14 天' }
  }
  return types.some(one => livingTypes.has(one))
    ? { rule: 'S-UPD-04', lastDay: from => addMonths(from, 12), words: '12 个月' }
    : null
}

const twoWeeks = (from: PlainDate) => addDays(from, 14)

/** Where something stands against a last day; calendar months become the days that they have from that day on. */
function standing(today: PlainDate, newestAt: Date, lastDay: Period['lastDay']) {
  const from = dateInBeijing(newestAt)
  const due = lastDay(from)
  const found = freshnessOn(today, { newestAt, updateLimitDays: daysBetween(from, due) })
  const stage: Stage | null =
    !found || found.freshness === 'fresh' ? null : found.freshness === 'stale' ? 'finding' : found.freshness
  return { from, due, days: daysBetween(from, today), stage, staleFrom: addDays(due, 1) }
}

export interface SiteSeen {
  id: string
  name: string
  /** Who answers for its columns. */
  organName: string
  newestAt: Date | null
  columns: readonly ColumnSeen[]
}

/** Everything that is wrong, or soon will be, with the columns and the home page of a site on a day. */
export function columnFindings(site: SiteSeen, today: PlainDate): Finding[] {
  const columns = site.columns.flatMap(column => columnFinding(site, column, today) ?? [])
  return [...homeFinding(site, today), ...rollUp(site, columns), ...columns, ...duplicates(site)]
}

function homeFinding(site: SiteSeen, today: PlainDate): Finding[] {
  const common = {
    key: `S-CHK-03:${site.id}`,
    siteId: site.id,
    rule: 'S-CHK-03',
    severity: 'block',
    place: { label: `${site.name}首页`, address: '/', desk: null },
    remedy: '请发布新的内容；从旧网站导入的历史内容不算更新。',
    who: site.organName,
  } as const
  if (site.newestAt === null)
    return [{ ...common, stage: 'finding', since: null, evidence: '这个站点还没有发布过新内容。' }]
  const { from, due, days, stage, staleFrom } = standing(today, site.newestAt, twoWeeks)
  if (!stage) return []
  const evidence = `最近一次有新内容是 ${from}，已 ${days} 天；限 14 天，${said(stage, due)}。`
  return [{ ...common, stage, since: stage === 'finding' ? staleFrom : from, evidence }]
}

function columnFinding(site: SiteSeen, column: ColumnSeen, today: PlainDate): Finding | null {
  const common = { siteId: site.id, who: site.organName, place: placeOf(column) } as const
  if (!column.filled) {
    const since = dateInBeijing(column.emptiedAt ?? column.createdAt)
    return {
      ...common,
      key: `S-UPD-05:${column.id}`,
      rule: 'S-UPD-05',
      stage: 'finding',
      severity: 'warn',
      since,
      evidence: `${column.emptiedAt ? `最后一件内容在 ${since} 停止公开` : `${since} 建立以来没有公开过内容`}，栏目和下级栏目里现在都是空的。`,
      remedy: '请发布内容。本系统不向公众显示空白栏目。',
    }
  }
  const period = periodOf(column)
  if (!period) return null
  // A column that holds only what was imported was never updated here
  const { from, due, days, stage, staleFrom } = standing(
    today,
    column.newestAt ?? column.createdAt,
    period.lastDay,
  )
  if (!stage) return null
  const last = column.newestAt ? `最近更新 ${from}` : `只有历史归档内容，${from} 建栏以来没有新内容`
  return {
    ...common,
    key: `${period.rule}:${column.id}`,
    rule: period.rule,
    stage,
    severity: 'warn',
    since: stage === 'finding' ? staleFrom : from,
    evidence: `${last}，已 ${days} 天；限 ${period.words}，${said(stage, due)}。`,
    remedy: '请发布应当公开的新内容；不再需要的栏目请并入别的栏目。',
  }
}

const said = (stage: Stage, due: PlainDate) => (stage === 'finding' ? `${due} 到期，已经超期` : `${due} 到期`)

const placeOf = (column: ColumnSeen) => ({
  label: column.name,
  address: column.filled ? `/columns/${column.path}` : null,
  desk: `/columns/${column.id}`,
})

/** The three counts of S-CHK-04, each with the number at which the whole site fails, and the day it was reached. */
export function countsOf(findings: readonly Finding[]) {
  const count = (veto: number, ...wanted: RuleId[]) => {
    const found = findings.filter(one => one.stage === 'finding' && wanted.includes(one.rule))
    const days = found.map(one => one.since ?? '').sort()
    return { veto, count: found.length, reachedOn: days[veto - 1] ?? null }
  }
  return [
    { words: '动态要闻、通知公告、政策文件类一级栏目未更新', ...count(5, 'S-UPD-02', 'S-UPD-03') },
    { words: '其他栏目长期未更新', ...count(10, 'S-UPD-04') },
    { words: '空白栏目', ...count(5, 'S-UPD-05') },
  ]
}

function rollUp(site: SiteSeen, findings: readonly Finding[]): Finding[] {
  const reached = countsOf(findings).filter(one => one.reachedOn !== null)
  if (reached.length === 0) return []
  return [
    {
      key: `S-CHK-04:${site.id}`,
      siteId: site.id,
      rule: 'S-CHK-04',
      stage: 'finding',
      severity: 'block',
      place: { label: site.name, address: '/', desk: null },
      evidence: `${reached.map(one => `${one.words} ${one.count} 个（${one.veto} 个即单项否决）`).join('；')}。`,
      remedy: '请先处理下面列出的栏目，减到标准以下。',
      since: reached.map(one => one.reachedOn).sort()[0] ?? null,
      who: site.organName,
    },
  ]
}

/** Columns of one name, or with exactly the same items. */
function duplicates(site: SiteSeen): Finding[] {
  const common = {
    siteId: site.id,
    stage: 'finding',
    severity: 'warn',
    since: null,
    who: site.organName,
  } as const
  const named = Map.groupBy(site.columns, column => column.name.replace(/\s/g, ''))
  const filled = Map.groupBy(
    site.columns.filter(column => column.contents !== null),
    column => column.contents,
  )
  const twins = (groups: Iterable<ColumnSeen[]>) => [...groups].filter(group => group.length > 1)
  const list = (group: readonly ColumnSeen[]) => group.map(one => `${one.name}（/${one.path}）`).join('、')
  return [
    ...twins(named.values()).map(group => ({
      ...common,
      key: `S-DUP-01:${idsOf(group)}`,
      rule: 'S-DUP-01' as const,
      place: placeOf(group[0] as ColumnSeen),
      evidence: `${group.length} 个栏目同名：${list(group)}。`,
      remedy: '请合并，或者改成能分清的名称。',
    })),
    ...twins(filled.values()).map(group => ({
      ...common,
      key: `S-DUP-02:${idsOf(group)}`,
      rule: 'S-DUP-02' as const,
      place: placeOf(group[0] as ColumnSeen),
      evidence: `${group.length} 个栏目的内容完全相同：${list(group)}。`,
      remedy: '请保留一个，其余的并入它。',
    })),
  ]
}

const idsOf = (group: readonly ColumnSeen[]) =>
  group
    .map(one => one.id)
    .toSorted()
    .join('+')
