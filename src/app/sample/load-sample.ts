import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBeijing } from '#lib/beijing-time'
import { structureText } from '#modules/files'
import { giveSecondFactor, requireSecondFactor } from '#modules/people'
import { publish, startPublication, startPublicationInput } from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { root } from '#platform/root'
import { type FoundedGovernment, foundGovernment, type SampleLogin } from './found-government.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { loadDocuments } from './load-documents.ts'
import { loadInterpretations } from './load-interpretations.ts'
import { loadLedger } from './load-ledger.ts'
import { loadNormative } from './load-normative.ts'
import { loadTopics } from './load-topics.ts'
import { readSampleFile, type SampleFile } from './sample-file.ts'

const folder = join(root, 'sample')

/** Builds the fictional county with everything it ever published: all of it, or nothing. @returns the sample logins. */
export async function loadSample(ctx: Context, say: (line: string) => void): Promise<SampleLogin[]> {
  const government = JSON.parse(await readFile(join(folder, 'government.json'), 'utf8'))
  const files = await readTexts()
  return inTransaction(ctx.db, async db => {
    const inside = { ...ctx, db }
    const founded = await foundGovernment(inside, government)
    say(`样例政府：${founded.organIds.size} 个机构，${files.length} 件发布物`)
    const addresses = new Map<string, string>()
    for (const file of files) await publishText(inside, founded, file, addresses)
    await loadInterpretations(inside, addresses, founded.logins)
    await loadTopics(inside, addresses)
    await loadCatalogue(inside, addresses)
    await loadLedger(inside)
    await loadNormative(inside, addresses)
    await loadDocuments(inside, founded)
    await requireSecondFactor(inside, 'administrators')
    for (const login of founded.logins) if (login.isAdministrator) await enrol(inside, login)
    await db.insertInto('installation').values({ foundedAs: 'sample' }).execute()
    return founded.logins
  })
}

/** Administrators must have a second factor; the sample prints one backup code each beside the secret for an app. */
async function enrol(ctx: Context, login: SampleLogin): Promise<void> {
  const { secret, backupCodes } = await giveSecondFactor(ctx, login.staffId)
  login.secondFactor = { secret, backupCodes }
}

/** The texts in the order in which they were published, so that an interpretation finds its policy. */
async function readTexts(): Promise<SampleFile[]> {
  const names = (await readdir(join(folder, 'publications'))).filter(name => name.endsWith('.txt'))
  const files = await Promise.all(
    names.map(async name => readSampleFile(name, await readFile(join(folder, 'publications', name), 'utf8'))),
  )
  const isInterpretation = (file: SampleFile) => (file.facts.kind === 'interpretation' ? 1 : 0)
  return files.sort(
    (a, b) =>
      isInterpretation(a) - isInterpretation(b) ||
      (a.facts.publishedAt ?? '').localeCompare(b.facts.publishedAt ?? '') ||
      a.key.localeCompare(b.key),
  )
}

async function publishText(
  ctx: Context,
  founded: FoundedGovernment,
  file: SampleFile,
  addresses: Map<string, string>,
): Promise<void> {
  const { facts } = file
  const publicAt = fromBeijing(facts.publishedAt ?? '')
  if (!publicAt) throw new Error(`样例 ${file.key} 的 publishedAt 不是时间：${facts.publishedAt}`)
  const columns = columnsOf(file, founded)
  const organ = founded.organs.get(facts.organ ?? '')
  if (!organ) throw new Error(`样例 ${file.key} 的机构不存在：${facts.organ}`)
  const input = startPublicationInput.parse({
    kind: facts.kind,
    siteId: columns.siteId,
    organId: organ.id,
    columnIds: columns.ids,
    title: facts.title,
    summary: facts.summary ?? '',
    keywords: facts.keywords ?? '',
    source: facts.source ?? organ.name,
    author: facts.author ?? '',
    theme: facts.theme ?? null,
    genre: facts.genre ?? null,
    docNo: facts.docNo ?? null,
    issuers: facts.issuers ?? organ.name,
    signedOn: facts.signedOn ?? null,
    effectiveFrom: facts.effectiveFrom ?? null,
    validUntil: facts.validUntil ?? null,
    shownUntil: facts.publicUntil ?? null,
    interprets: addresses.get(facts.interprets ?? '') ?? '',
    repeals: facts.repeals ?? '',
    amends: facts.amends ?? '',
    replaces: facts.replaces ?? '',
    fields: {
      ...(facts.kind === 'disclosure-guide' ? founded.guideFields.get(facts.organ ?? '') : {}),
      ...fieldsOf(facts),
    },
    bodyHtml: structureText(file.body),
  })
  const made = await startPublication(ctx, input)
  const done = await publish(
    ctx,
    { publicationId: made.id, revision: made.revision },
    { kind: 'sample', publicAt },
  )
  addresses.set(file.key, `/publication/${done.publicId} ${facts.docNo ?? ''} 《${facts.title}》`)
}

const kindFields = [
  'form',
  'interpreter',
  'interpreterPost',
  'interpreterOrgan',
  'heldOn',
  'heldAt',
  'mediaAddress',
  'noticeType',
  'unifiedNo',
  'originalUrl',
  'originallyOn',
]

/** What the file says for the fields of its kind; a fact that repeats is a list. */
function fieldsOf(facts: Record<string, string>): Record<string, unknown> {
  const covers = Object.keys(facts).filter(name => name.startsWith('covers'))
  return {
    ...Object.fromEntries(
      [...kindFields, ...covers].flatMap(name => (facts[name] ? [[name, facts[name]]] : [])),
    ),
    ...(facts.speakers ? { speakers: facts.speakers.split('\n') } : {}),
    ...(facts.isLeader ? { isLeader: true } : {}),
  }
}

/** `policies/normative, shuili:policies` and `also`: the first one is the main column and says the site. */
function columnsOf(file: SampleFile, founded: FoundedGovernment): { siteId: string; ids: string[] } {
  const names = [file.facts.column, file.facts.also]
    .flatMap(text => (text ?? '').split(','))
    .map(name => name.trim())
    .filter(Boolean)
  const places = names.map(name => {
    const place = founded.columns.get(name.includes(':') ? name : `yunxi:${name}`)
    if (!place) throw new Error(`样例 ${file.key} 的栏目不存在：${name}`)
    return place
  })
  const [main] = places
  if (!main) throw new Error(`样例 ${file.key} 没有栏目。`)
  return { siteId: main.siteId, ids: [...new Set(places.map(place => place.id))] }
}
