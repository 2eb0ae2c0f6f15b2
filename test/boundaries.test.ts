import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Who may use whom, ground to ground included. A row more is a decision; the exemption list stays empty. */
const allowedUses: Record<string, readonly string[]> = {
  audit: [],
  organisations: ['audit'],
  people: ['organisations', 'audit'],
  files: ['audit'],
  duties: ['organisations', 'audit'],
  notifications: ['duties', 'people', 'organisations', 'audit'],
  search: [],
  'transparency-log': ['organisations', 'audit'],
  wording: ['files', 'audit'],
  'personal-data': ['organisations', 'files', 'wording', 'audit'],
  publications: ['organisations', 'files', 'personal-data', 'duties', 'search', 'transparency-log', 'audit'],
  policies: ['publications', 'organisations', 'files', 'search', 'audit'],
  catalogue: ['publications', 'organisations', 'duties', 'files', 'search', 'audit'],
  interpretation: [
    'publications',
    'policies',
    'organisations',
    'duties',
    'people',
    'files',
    'search',
    'audit',
  ],
  topics: ['publications', 'organisations', 'files', 'search', 'audit'],
  ledger: [
    'publications',
    'policies',
    'organisations',
    'people',
    'files',
    'duties',
    'notifications',
    'search',
    'audit',
  ],
  reposts: ['publications', 'organisations', 'people', 'duties', 'notifications', 'files', 'audit'],
  normative: [
    'publications',
    'policies',
    'organisations',
    'people',
    'duties',
    'notifications',
    'files',
    'search',
    'audit',
  ],
  renditions: ['publications', 'policies', 'organisations', 'files', 'audit'],
  redaction: ['renditions', 'files', 'personal-data', 'organisations', 'people', 'audit'],
  intake: ['documents', 'publications', 'organisations', 'people', 'files', 'audit'],
  documents: [
    'publications',
    'policies',
    'interpretation',
    'normative',
    'organisations',
    'people',
    'duties',
    'notifications',
    'files',
    'personal-data',
    'search',
    'audit',
  ],
  requests: [
    'publications',
    'renditions',
    'redaction',
    'organisations',
    'people',
    'duties',
    'notifications',
    'files',
    'personal-data',
    'search',
    'audit',
  ],
  'annual-report': ['files'],
  'open-data': ['publications', 'organisations', 'files', 'search', 'topics', 'audit'],
  'site-health': ['publications', 'organisations', 'wording', 'files', 'audit'],
  site: [
    'publications',
    'policies',
    'interpretation',
    'topics',
    'catalogue',
    'ledger',
    'organisations',
    'files',
    'search',
    'audit',
  ],
}
const exemptions: readonly string[] = []

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')

interface Import {
  from: string
  to: string
}

const specifier = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g

/** Tests may build what they need by any module's acts (`test/make`). */
const isTest = (name: string) => /\.test\.tsx?$|for-tests\.tsx?$/.test(name)

function* importsOf(folder: string): Generator<Import> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || isTest(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    for (const [, to = ''] of readFileSync(path, 'utf8').matchAll(specifier))
      yield { from: relative(root, path), to }
  }
}

const imports = [...importsOf(source)]

/** Where a file lies: its layer, and its module if it is in one. */
function place(path: string): { layer: string; module: string | undefined } {
  const [, layer = '', module] = path.split('/')
  return { layer: path === 'src/main.ts' ? 'app' : layer, module: layer === 'modules' ? module : undefined }
}

/** What an import leads to: a path of the project, or undefined for a package. */
function target({ from, to }: Import): string | undefined {
  if (to.startsWith('#')) return to.replace(/^#/, 'src/')
  return to.startsWith('.') ? normalize(join(dirname(from), to)) : undefined
}

const layers: Record<string, readonly string[]> = {
  lib: ['lib'],
  platform: ['lib', 'platform'],
  ui: ['lib', 'ui'],
  modules: ['lib', 'platform', 'ui', 'modules'],
  app: ['lib', 'platform', 'ui', 'modules', 'app'],
}

const faults = (fault: (one: Import, path: string) => boolean) =>
  imports
    .filter(one => {
      const path = target(one)
      return path !== undefined && fault(one, path)
    })
    .map(one => `${one.from} → ${one.to}`)
    .filter(line => !exemptions.includes(line))

describe('boundaries', () => {
  it('layers know only what is below them', () => {
    expect(faults((one, path) => !layers[place(one.from).layer]?.includes(place(path).layer))).toEqual([])
  })

  it('a module is used through its door only, and only where the table says so', () => {
    expect(
      faults((one, path) => {
        const from = place(one.from).module
        const to = place(path).module
        if (from === undefined || to === undefined || from === to) return false
        return one.to !== `#modules/${to}` || !(allowedUses[from] ?? []).includes(to)
      }),
    ).toEqual([])
  })

  it('app reads what a module adds (module.ts, kinds.ts) and knocks at its door for the rest', () => {
    expect(
      faults((one, path) => {
        const to = place(path).module
        if (place(one.from).layer !== 'app' || to === undefined) return false
        return one.to !== `#modules/${to}` && !/^src\/modules\/[a-z-]+\/(module|kinds)\.ts$/.test(path)
      }),
    ).toEqual([])
  })

  it('nobody reaches into a module by the imports map', () => {
    expect(
      imports.filter(one => /^#modules\/[^/]+\//.test(one.to)).map(one => `${one.from} → ${one.to}`),
    ).toEqual([])
  })

  it('the table has no cycles and names every module', () => {
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) throw new Error(`cycle: ${[...path, name].join(' → ')}`)
      for (const used of allowedUses[name] ?? []) visit(used, [...path, name])
    }
    for (const name of Object.keys(allowedUses)) visit(name, [])
    expect(Object.keys(allowedUses).sort()).toEqual(readdirSync(join(source, 'modules')).sort())
  })

  it('a module writes SQL over its own tables only', () => {
    const owners = tableOwners()
    const wrong: string[] = []
    for (const entry of readdirSync(join(source, 'modules'), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || isTest(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const module = place(relative(root, path)).module ?? ''
      const text = readFileSync(path, 'utf8')
      for (const [, name = ''] of text.matchAll(
        /(?:selectFrom|insertInto|updateTable|deleteFrom|Join)\(\s*'(\w+)/g,
      )) {
        const owner = owners.get(name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`))
        if (owner && owner !== module) wrong.push(`${relative(root, path)}: ${name} belongs to ${owner}`)
      }
      for (const [, name = ''] of text.matchAll(/\b(?:from|join|into|update)\s+([a-z_]+)\b/g)) {
        const owner = owners.get(name)
        if (owner && owner !== module && text.includes('sql`'))
          wrong.push(`${relative(root, path)}: ${name} belongs to ${owner}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

/** A table belongs to the module of the last migration that creates it or, where it was handed over, describes it. */
function tableOwners(): Map<string, string> {
  const owners = new Map<string, string>()
  const folder = join(root, 'db', 'migrations')
  const modules = Object.keys(allowedUses)
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    const owner = /^-- module: ([a-z-]+)/m.exec(text)?.[1]
    if (!owner) continue
    expect(modules, `${file} names an unknown module`).toContain(owner)
    for (const [, table = ''] of text.matchAll(
      /(?:create table (?:if not exists )?|comment on table )([a-z_]+)/g,
    ))
      owners.set(table, owner)
  }
  return owners
}
