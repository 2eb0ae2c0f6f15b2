import { type GroupRule, groupRules } from './unit-groups.ts'
import { compareKey, isAbbreviation, isSubsequence, spelledOut, withoutPlace } from './unit-names.ts'

/** An organ as the directory knows it. The lists may be empty; `names` holds the present name and former ones. */
export type KnownOrgan = {
  id: string
  names: readonly string[]
  shortNames: readonly string[]
  /** What persons have confirmed before: `市政务公开办` is the office of the government. */
  aliases: readonly string[]
  level: 'province' | 'city' | 'county' | 'township' | 'village'
  parentId: string | null
  kind:
    | 'government'
    | 'office'
    | 'department'
    | 'development-zone'
    | 'township'
    | 'public-service-enterprise'
    | 'village'
}

export type ResolvedUnit = {
  printed: string
  /** One for a name, several for a group such as 各乡镇人民政府, none while it is unresolved. */
  organIds: string[]
  /** `likely`: only one organ has this stem, with another ending; a person looks at it. */
  how: 'name' | 'short-name' | 'alias' | 'group' | 'likely' | 'unresolved'
  /** Organs that might be meant, the likeliest first; empty once it is resolved. */
  candidates: { organId: string; why: string }[]
  /** In words for the person who decides. */
  why: string
}

/**
 * Printed names → organs of the directory. `governmentId` is the government whose plan it is: its place may be left
 * out or put before a name (市财政局, 云溪县财政局, 财政局), and groups such as 各乡镇 mean what stands below it.
 * Never guesses: two organs that fit equally well leave the name unresolved, with both as candidates. Answers one
 * entry for each printed name, in the same order.
 */
export function resolveUnits(
  printed: readonly string[],
  organs: readonly KnownOrgan[],
  governmentId: string,
): ResolvedUnit[] {
  const directory = directoryOf(organs, governmentId)
  return printed.map(name => resolve(name, directory))
}

type Directory = {
  organs: readonly KnownOrgan[]
  government: KnownOrgan | null
  /** Spelling → organs, by how sure that spelling is. */
  named: Map<string, KnownOrgan[]>
  short: Map<string, KnownOrgan[]>
  alias: Map<string, KnownOrgan[]>
}

function directoryOf(organs: readonly KnownOrgan[], governmentId: string): Directory {
  const government = organs.find(organ => organ.id === governmentId) ?? null
  const directory: Directory = {
    organs,
    government,
    named: new Map(),
    short: new Map(),
    alias: new Map(),
  }
  for (const organ of organs) {
    for (const name of organ.names) enter(directory.named, compareKey(name), organ)
    for (const name of organ.shortNames) enter(directory.short, compareKey(name), organ)
    for (const name of organ.aliases) enter(directory.alias, compareKey(name), organ)
  }
  return directory
}

function enter(map: Map<string, KnownOrgan[]>, key: string, organ: KnownOrgan): void {
  const known = map.get(key)
  if (!known) map.set(key, [organ])
  else if (!known.includes(organ)) known.push(organ)
}

function resolve(printed: string, directory: Directory): ResolvedUnit {
  const key = compareKey(printed)
  const exact = found(printed, directory.named.get(key), 'name', '与机构目录里的名称一致')
  if (exact) return exact
  const alias = found(printed, directory.alias.get(key), 'alias', '与确认过的别名一致')
  if (alias) return alias
  const short = found(printed, directory.short.get(key), 'short-name', '与机构目录里的简称一致')
  if (short) return short

  const group = groupRules.find(rule => rule.words.test(key))
  if (group) return ofGroup(printed, group, directory)

  // 市卫健委（市疾控局）: either name may be the one the directory knows. Flat tables lose the closing bracket.
  const bracketed = /^([^（）]{2,})（([^（）]{2,})）?$/.exec(key)
  if (bracketed?.[1] && bracketed[2]) {
    const outer = resolve(bracketed[1], directory)
    if (outer.organIds.length > 0) return { ...outer, printed }
    const inner = resolve(bracketed[2], directory)
    if (inner.organIds.length > 0) return { ...inner, printed }
  }

  const wanted = formOf(printed, directory)
  const same = directory.organs.filter(organ =>
    [...organ.names, ...organ.shortNames, ...organ.aliases].some(name => formOf(name, directory) === wanted),
  )
  const spelled = found(printed, same, 'short-name', '去掉地名、补全简称后与机构目录一致')
  if (spelled) return spelled

  const abbreviated = directory.organs.filter(organ =>
    organ.names.some(name => isAbbreviation(wanted, formOf(name, directory))),
  )
  const near = directory.organs.filter(organ =>
    organ.names.some(name => isShortenedFrom(wanted, formOf(name, directory))),
  )
  return (
    found(printed, abbreviated, 'short-name', '是目录里这一个机构名称的缩写') ??
    likely(printed, wanted, directory) ??
    unresolved(printed, near, wanted, directory)
  )
}

/** 县卫健委 where the directory has 卫生健康局: the work is the same, the kind of office is not. */
function likely(printed: string, wanted: string, directory: Directory): ResolvedUnit | undefined {
  const stem = stemOf(wanted)
  const [only, ...others] = directory.organs.filter(organ =>
    organ.names.some(name => stemOf(formOf(name, directory)) === stem),
  )
  if (stem.length < 2 || !only || others.length > 0) return undefined
  const why = `目录里只有“${only.names[0]}”是做这件事的，局、委、办的写法不同。请核对。`
  return { printed, organIds: [only.id], how: 'likely', candidates: [], why }
}

/** What an office is for, without what kind of office it is. */
const stemOf = (form: string) => form.replace(/(?:局|委|办|处|中心)$/, '')

/** One organ fits: resolved. Several: unresolved with all of them. None: undefined, so that the next way is tried. */
function found(
  printed: string,
  organs: readonly KnownOrgan[] | undefined,
  how: 'name' | 'short-name' | 'alias',
  why: string,
): ResolvedUnit | undefined {
  const [only, ...others] = organs ?? []
  if (!only) return undefined
  if (others.length === 0)
    return { printed, organIds: [only.id], how, candidates: [], why: `“${printed}”${why}。` }
  return {
    printed,
    organIds: [],
    how: 'unresolved',
    candidates: [only, ...others].map(organ => ({ organId: organ.id, why })),
    why: `有 ${others.length + 1} 个机构都叫“${printed}”，分不清是哪一个。请选定。`,
  }
}

function ofGroup(printed: string, group: GroupRule, { organs, government }: Directory): ResolvedUnit {
  const members = organs.filter(organ => group.holds(organ, government))
  if (members.length === 0) {
    const why = `“${printed}”指${group.meaning}，机构目录里还没有。请先补全机构目录，或改为具体单位。`
    return { printed, organIds: [], how: 'unresolved', candidates: [], why }
  }
  const why = `“${printed}”指${group.meaning}，目录里现有 ${members.length} 个。请核对是否都要。`
  return { printed, organIds: members.map(({ id }) => id), how: 'group', candidates: [], why }
}

function formOf(name: string, { government }: Directory): string {
  const own = government?.names.map(full => full.replace(/人民政府$/, '')) ?? []
  return spelledOut(withoutPlace(compareKey(name), own))
}

/** 教育局 of 教育和体育局: the same beginning and end, the rest in order. It may be meant. */
function isShortenedFrom(short: string, full: string): boolean {
  return (
    short.length >= 2 &&
    short.length < full.length &&
    short[0] === full[0] &&
    short.at(-1) === full.at(-1) &&
    isSubsequence(short, full)
  )
}

const CANDIDATES = 5

function unresolved(
  printed: string,
  near: readonly KnownOrgan[],
  wanted: string,
  directory: Directory,
): ResolvedUnit {
  const candidates = near.map(({ id }) => ({ organId: id, why: '名称可以缩写成这样' }))
  const alike = directory.organs
    .filter(organ => !near.includes(organ))
    .map(organ => ({
      organId: organ.id,
      shared: Math.max(...organ.names.map(name => shares(wanted, formOf(name, directory)))),
    }))
    .filter(one => one.shared > 0)
    .sort((a, b) => b.shared - a.shared)
  for (const { organId } of alike.slice(0, Math.max(0, CANDIDATES - candidates.length)))
    candidates.push({ organId, why: '名称里有相同的字样' })
  const why =
    candidates.length > 0
      ? `机构目录里没有“${printed}”，可能是下列之一。请选定，或新建机构。`
      : `机构目录里没有“${printed}”，也没有相近的。请选定机构，或新建机构。`
  return { printed, organIds: [], how: 'unresolved', candidates, why }
}

/** How many characters in a row they share that tell something: not only 局 or 委员会. */
function shares(one: string, other: string): number {
  const stem = one.replace(/(?:委员会|办公室|管理|中心|局|委|办|处|部|会)+$/, '')
  let many = 0
  for (let at = 0; at + 2 <= stem.length; at++) if (other.includes(stem.slice(at, at + 2))) many++
  return many
}
