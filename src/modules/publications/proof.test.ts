import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '@noble/hashes/sha2.js'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#lib/ids'
import { toBase64, utf8 } from '#lib/tlog/bytes'
import { checkEditionProof } from '#lib/tlog/edition-proof'
import { readNote, readVerifier, type Verifier, writeVerifier } from '#lib/tlog/note'
import { readProof, writeProof } from '#lib/tlog/proof'
import { sm2KeyFrom, sm2VerifierOf, writeSm2Verifier } from '#lib/tlog/sm2'
import { checkLog, newestHead, signHead } from '#modules/transparency-log'
import type { PublicContext } from '#platform/context'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { verifyCommand } from '../transparency-log/commands/verify.command.ts'
import { verifierOf } from '../transparency-log/log-key.ts'
import { routes as resources } from '../transparency-log/public/resources.route.ts'
import { publish } from './actions/publish.ts'
import { saveDraft, saveDraftInput } from './actions/save-draft.ts'
import { startEdition } from './actions/start-edition.ts'
import { takeDown } from './actions/take-down.ts'
import { findDraft } from './draft-queries.ts'
import { itemRoutes } from './public/item.page.tsx'
import { routes as logRoutes } from './public/log.page.tsx'

interface SavedPage {
  effects: object[]
  attachments: object[]
  edition: object
}

const key = randomBytes(32)
const attachment = '云溪县节约用水名录'
let house: Publishing
let reader: PublicContext
let log: Verifier
let item: { id: string; publicId: string }
const routes = [...itemRoutes('policies'), ...resources]
const get = (address: string) => visit(reader, routes, address)
const proofAt = (number = 1) => `/policies/${item.publicId}/editions/${number}/proof`

/** By the sample's clearance: nobody has to look through the made-up attachment. */
const open = (publicationId: string, revision: number) =>
  publish(house.system, { publicationId, revision }, { kind: 'sample', publicAt: house.now() })

/** The command as it is called, with what it prints. */
async function run(...args: (string | undefined)[]) {
  const lines: string[] = []
  const out = { print: (line: string) => lines.push(line), error: (line: string) => lines.push(line) }
  const code = await verifyCommand.runAlone(args.map(String), out)
  return { code, text: lines.join('\n') }
}

beforeAll(async () => {
  process.env.LOG_KEY = toBase64(key)
  house = await makePublishing()
  reader = readerOf(house.system, house.at.site)
  await makeReviewed(house, documentFacts('云溪县取水办法', { docNo: '云政发〔2020〕3号' }))
  const draft = await makeDraft(
    house.drafter,
    house.at,
    documentFacts('云溪县节约用水办法', {
      docNo: '云政发〔2026〕12号',
      repeals: '《云溪县取水办法》（云政发〔2020〕3号）',
      bodyHtml: '<h2>第一章</h2><p>节约用水，人人有责。</p>',
    }),
  )
  const fileId = uuidv7()
  const { db } = house.connection
  await sql`insert into files (id, site_id, public_id, name, media_type, size, sha256, storage_key, state, uploaded_by, uploaded_at)
    values (${fileId}, ${house.at.site.id}, 'abcdefgh23', '名录.txt', 'text/plain', ${utf8(attachment).length},
      ${Buffer.from(sha256(utf8(attachment))).toString('hex')}, 'k', 'checked', '林晓', now())`.execute(db)
  await sql`insert into file_uses (edition_id, file_id, role, title, position)
    select id, ${fileId}, 'attachment', '名录', 0 from editions where publication_id = ${draft.id}`.execute(
    db,
  )
  await open(draft.id, draft.revision)
  item = draft
})
afterAll(() => house.leave())

describe('the proof of an edition', () => {
  it('comes with the next signed head; the page says so until then', async () => {
    expect((await get(`/policies/${item.publicId}`)).words).toContain('正在写入公开日志')
    await expect(get(proofAt())).rejects.toThrow('一分钟')
    const head = await signHead(house.system)
    log = verifierOf(key, head?.origin ?? '')
    expect(head?.origin).toBe('www.yunxi.example/log')
    const page = await get(`/policies/${item.publicId}`)
    expect(page.links).toContain(proofAt())
    expect(page.words).toContain('写入公开日志第 1 条')
  })

  it('proves the saved page and its attachment, offline, and stays small', async () => {
    const { html: proof, reply } = await get(proofAt())
    expect(reply).toMatchObject({
      headers: { 'Content-Disposition': `attachment; filename="${item.publicId}-1.tlog-proof"` },
    })
    expect(proof.length).toBeLessThan(10_000)
    const saved = JSON.parse((await get(`/policies/${item.publicId}.json`)).html)
    const checked = checkEditionProof(proof, { log }, { saved })
    expect(checked.faults).toEqual([])
    expect(checked.same).toEqual(
      expect.arrayContaining(['标题', '正文', '发布机构', '效力关系', '附件', '修改说明']),
    )
    expect(checked).toMatchObject({ holds: true, index: 1, size: 2 })
    const hash = Buffer.from(sha256(utf8(attachment))).toString('hex')
    expect(checkEditionProof(proof, { log }, { sha256: hash })).toMatchObject({ holds: true, file: '名录' })
    expect(checkEditionProof(proof, { log }, { sha256: 'a'.repeat(64) }).holds).toBe(false)
    const begun = performance.now()
    checkEditionProof(proof, { log }, { saved })
    expect(performance.now() - begun).toBeLessThan(200)
  })

  it('names what differs, field by field', async () => {
    const { html: proof } = await get(proofAt())
    const json = (await get(`/policies/${item.publicId}.json`)).html
    const changed = (change: (page: SavedPage) => void) => {
      const saved = JSON.parse(json)
      change(saved)
      return checkEditionProof(proof, { log }, { saved }).faults
    }
    expect(changed(page => Object.assign(page, { title: '云溪县节约用水办法。' }))).toEqual([
      '“标题”与发布时的不同',
    ])
    expect(changed(page => Object.assign(page, { signedOn: '2026-11-02', theme: null }))).toEqual([
      '“成文日期”与发布时的不同',
      '“主题分类”与发布时的不同',
    ])
    expect(changed(page => Object.assign(page, { effects: [] }))).toEqual([
      '“效力关系”里少了发布时有的《云政发〔2020〕3号》',
    ])
    expect(
      changed(page => Object.assign(page.effects[0] ?? {}, { effectiveFrom: '2020-01-01' }))[0],
    ).toContain('效力关系')
    expect(changed(page => Object.assign(page.attachments[0] ?? {}, { size: 3 }))[0]).toContain('附件“名录”')
    expect(changed(page => Object.assign(page.edition, { publicFrom: '2020-01-01T00:00:00.000Z' }))).toEqual([
      '“公开时间”与发布时的不同',
    ])
    expect(changed(page => Object.assign(page, { id: '2222222222' }))[0]).toContain('证明的是')
  })

  it('proves nothing when the proof itself was changed', async () => {
    const { html: text } = await get(proofAt())
    const proof = readProof(text)
    if (!proof?.extra) throw new Error('no proof')
    const saved = JSON.parse((await get(`/policies/${item.publicId}.json`)).html)
    const told = new TextDecoder().decode(proof.extra)
    const faultOf = (more: object) =>
      checkEditionProof(writeProof({ ...proof, ...more }), { log }, { saved }).faults[0]
    expect(faultOf({ extra: utf8(told.replace('published', 'corrected')) })).toContain('不在签署的日志里')
    expect(faultOf({ index: 0 })).toContain('不在签署的日志里')
    expect(faultOf({ checkpoint: proof.checkpoint.replace('\n2\n', '\n3\n') })).toContain('签名不对')
    const extra = JSON.parse(told)
    extra.commitments.title = toBase64(new Uint8Array(32))
    expect(faultOf({ extra: utf8(JSON.stringify(extra)) })).toContain('承诺')
    const forged = JSON.parse(told)
    forged.values['file.1'].sha256 = 'b'.repeat(64)
    expect(faultOf({ extra: utf8(JSON.stringify(forged)) })).toContain('文件')
    expect(faultOf({ extra: null })).toContain('不是存证文件')
    const stranger = verifierOf(randomBytes(32), log.name)
    expect(checkEditionProof(text, { log: stranger }).holds).toBe(false)
  })

  it('is checked by the command, which says where the key is from', async () => {
    const folder = await makeTestFolder()
    const at = (name: string) => join(folder, name)
    const [proof, saved, bad, file] = ['p.tlog-proof', 'page.json', 'bad.json', '名录.txt'].map(at)
    const json = (await get(`/policies/${item.publicId}.json`)).html
    await writeFile(proof ?? '', (await get(proofAt())).html)
    await writeFile(saved ?? '', json)
    await writeFile(bad ?? '', json.replace('人人有责', '人人有则'))
    await writeFile(file ?? '', attachment)
    const given = ['--key', writeVerifier(log)]
    expect(await run(proof, '--file', saved, ...given)).toMatchObject({ code: 0 })
    const differs = await run(proof, '--file', bad, ...given)
    expect(differs.code).toBe(1)
    expect(differs.text).toContain('不符：“正文”与发布时的不同')
    expect((await run(proof, '--file', file, ...given)).text).toContain('是发布时的原件')
    expect((await run(proof)).text).toContain('来自本机数据文件夹')
    expect(JSON.parse((await run(proof, '--json', ...given)).text)).toMatchObject({ holds: true })
    expect((await run(proof, '--key', 'x')).code).toBe(2)
    expect((await run(join(folder, 'none'))).code).toBe(2)
    delete process.env.LOG_KEY
    process.env.DATA_DIR = folder
    const refused = await run(proof)
    process.env.LOG_KEY = toBase64(key)
    delete process.env.DATA_DIR
    expect(refused.code).toBe(2)
    expect(refused.text).toContain('--key')
  })

  it('has one for each edition, and none for what the gate hides', async () => {
    house.setTime('2026-11-23 11:00')
    await startEdition(house.drafter, item.id)
    const draft = await findDraft(house.connection.db, item.id)
    const form = { ...draft, publicationId: item.id, title: '云溪县节约用水条例', changeNote: '更正' }
    const { revision } = await saveDraft(house.drafter, saveDraftInput.parse(form))
    await open(item.id, revision)
    const waiting = await makeReviewed(house, { title: '定时的通知' }, '2026-11-25T09:00')
    await signHead(house.system)
    for (const number of [1, 2]) {
      const page = await get(`/policies/${item.publicId}/editions/${number}`)
      const proof = (await get(proofAt(number))).html
      const json = JSON.parse((await get(`/policies/${item.publicId}.json`)).html)
      const own = JSON.parse((await get(`/policies/${item.publicId}/editions/${number}.json`)).html)
      expect(page.links).toContain(`/policies/${item.publicId}/editions/${number}.json`)
      expect(checkEditionProof(proof, { log }, { saved: own })).toMatchObject({ holds: true, faults: [] })
      expect(page.status).toBe(200)
      expect(checkEditionProof(proof, { log }).holds).toBe(true)
      expect(checkEditionProof(proof, { log }, { saved: json }).holds).toBe(number === 2)
    }
    await expect(
      visit(reader, itemRoutes('notices'), `/notices/${waiting.publicId}/editions/1/proof`),
    ).rejects.toThrow()
    await takeDown(house.as(['openness-office'], '何敏'), {
      publicationId: item.id,
      how: 'withdrawn',
      reason: '内容有误',
      to: '',
    })
    await expect(get(proofAt(1))).rejects.toThrow('存证')
  })
})

describe('a head that is signed by SM2 too (S-SM)', () => {
  it('is checked with the key that stands on the page; another key finds it wanting; Ed25519 alone passes it over', async () => {
    process.env.LOG_SM2 = '1'
    const { publicId } = await makeReviewed(house, { title: '以商用密码签名的通知' })
    const head = await signHead(house.system).finally(() => delete process.env.LOG_SM2)
    const proof = join(await makeTestFolder(), 'p.tlog-proof')
    await writeFile(
      proof,
      (await visit(reader, itemRoutes('notices'), `/notices/${publicId}/editions/1/proof`)).html,
    )
    const given = [proof, '--key', writeVerifier(log)]
    expect(readNote(head?.note ?? '')?.signatures).toHaveLength(2)
    expect(await run(...given)).toMatchObject({ code: 0 })
    expect(await run(...given, '--sm2-key', head?.sm2Verifier ?? '')).toMatchObject({ code: 0 })
    const stranger = writeSm2Verifier(sm2VerifierOf(sm2KeyFrom(utf8('another')), log.name))
    expect(await run(...given, '--sm2-key', stranger)).toMatchObject({
      code: 1,
      text: expect.stringContaining('SM2'),
    })
    expect((await run(...given, '--sm2-key', 'x')).code).toBe(2)
    expect((await visit(reader, logRoutes, '/log')).html).toContain(head?.sm2Verifier)
    expect((await checkLog(house.connection.db)).faults).toEqual([])
  })
})

describe('the resources of the log', () => {
  it('are what C2SP tlog-tiles asks for, and only as far as the log is signed', async () => {
    const head = await newestHead(house.connection.db)
    const checkpoint = await get('/log/checkpoint')
    expect(readNote(checkpoint.html)?.text).toContain(`\n${head?.size}\n`)
    expect(checkpoint.reply).toMatchObject({ type: 'text/plain; charset=utf-8' })
    const tile = await get(`/log/tile/0/000.p/${head?.size}`)
    expect(tile.reply).toMatchObject({ type: 'application/octet-stream' })
    expect(tile.reply).toMatchObject({ headers: { 'Cache-Control': expect.stringContaining('immutable') } })
    for (const none of ['0/000', '0/000.p/3', '0/000.p/200', '1/000.p/1', '0/001.p/1', 'entries/000', 'x'])
      await expect(get(`/log/tile/${none}`), none).rejects.toThrow()
    expect((await get('/log/tile/entries/000.p/2')).status).toBe(200)
    expect(readVerifier(writeVerifier(log))).toEqual(log)
  })
})

describe('the page of the log', () => {
  it('names only what is public, and tells the key', async () => {
    const { words, links, html } = await visit(reader, logRoutes, '/log')
    expect(words).toContain('云溪县取水办法')
    expect(words).toContain('一件尚未公开或已撤下的信息')
    for (const hidden of ['节约用水', '定时的通知', '内容有误']) expect(words).not.toContain(hidden)
    expect(links.filter(link => link.includes(item.publicId))).toEqual([])
    expect(html).toContain(writeVerifier(log))
    const older = await visit(reader, logRoutes, '/log?before=1')
    expect(older.words).toContain('云溪县取水办法')
    expect(older.words).not.toContain('尚未公开')
  })
})
