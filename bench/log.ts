import { randomBytes } from 'node:crypto'
import { canonical } from '#lib/canonical-json'
import { toBase64, utf8 } from '#lib/tlog/bytes'
import { commitmentsOf, rootOf, saltOf } from '#lib/tlog/commitments'
import { checkEditionProof, type EditionExtra } from '#lib/tlog/edition-proof'
import { readVerifier } from '#lib/tlog/note'
import { appendEntries, checkLog, proofOf, signHead } from '#modules/transparency-log'
import { system } from '#platform/actor'
import { systemClock } from '#platform/clock'
import type { Context } from '#platform/context'
import { connect } from '#platform/db/database'
import { migrate } from '#platform/db/migrate'
import type { Asked } from './arguments.ts'
import { load, milliseconds, type Print, quantile } from './figures.ts'
import { startServer } from './server.ts'

const batch = 500
const rounds = 200

/** The log: leaves a second, in batches as an import writes them; the size of a proof, and how long it takes to check. */
export async function benchLog(asked: Asked, print: Print): Promise<void> {
  process.env.LOG_KEY ??= toBase64(randomBytes(32))
  const server = await startServer({ ...asked, seed: asked.seed + 2_000_000, keep: false })
  const connection = connect(server.url, { max: 4 })
  const { db } = connection
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const ctx: Context = { db, actor: system('测速'), clock: systemClock, log }
  try {
    await migrate(server.url)
    print('公开日志', `${server.name}，${load()}`)
    const begun = performance.now()
    const middle = Math.floor(asked.scale / 2)
    for (let at = 0; at < asked.scale; at += batch) {
      const many = Math.min(batch, asked.scale - at)
      const entries = Array.from({ length: many }, (_, place) => leafOf(at + place))
      await db.transaction().execute(tx => appendEntries(tx, ctx, entries))
    }
    const seconds = (performance.now() - begun) / 1000
    print(`成批写入 ${asked.scale} 条`, `每秒 ${Math.round(asked.scale / seconds)} 条（每批 ${batch} 条）`)
    const head = await signHead(ctx)
    const verifier = head && readVerifier(head.verifier)
    if (!verifier) throw new Error('not signed')
    await proofs(ctx, middle, verifier, print)
    const checking = performance.now()
    const { faults } = await checkLog(db)
    print(
      '整本重算并核对',
      `${((performance.now() - checking) / 1000).toFixed(1)} s，${faults.length} 处不符`,
    )
  } finally {
    await connection.close()
    await server.stop()
  }
}

const page = {
  id: '7k2m9c4x3p',
  kind: 'normative-document',
  title: '云溪县人民政府关于印发云溪县节约用水办法的通知',
  docNo: '云政发〔2026〕12号',
  issuers: ['云溪县人民政府'],
  signedOn: '2026-11-01',
  effectiveFrom: '2026-12-01',
  validUntil: '2031-11-30',
  genre: '通知',
  theme: '农业、林业、水利',
  keywords: '节水',
  summary: '规定计划用水、节水设施和奖惩。',
  source: '县政府办公室',
  author: '',
  bodyHtml: `<p>${'节约用水，人人有责。'.repeat(1000)}</p>`,
  fields: {},
  indexNo: '119900000000000000/202611-00012',
}
const record = {
  ...page,
  changeNote: null,
  organ: 'yunxi',
  shownUntil: null,
  'effect.1': {
    relation: 'effect',
    type: 'repeals',
    by: 'number',
    name: '云政发〔2020〕3号',
    from: '2026-12-01',
  },
}
const { id: _id, ...fields } = record
const seed = new Uint8Array(32).fill(7)
const commitments = commitmentsOf(seed, fields)

const leafOf = (at: number) => ({
  subject: `publication ${at}`,
  entry: utf8(
    canonical({
      v: 1,
      log: 'publication',
      act: 'published',
      site: 'yunxi',
      kind: page.kind,
      id: page.id,
      edition: 1,
      at: new Date(at),
      publicAt: new Date(at),
      root: toBase64(rootOf(commitments)),
    }),
  ),
})

async function proofs(
  ctx: Context,
  index: number,
  log: NonNullable<ReturnType<typeof readVerifier>>,
  print: Print,
) {
  const extra: EditionExtra = {
    entry: new TextDecoder().decode(leafOf(index).entry),
    salts: Object.fromEntries(Object.keys(fields).map(name => [name, toBase64(saltOf(seed, name))])),
    commitments: Object.fromEntries([...commitments].map(([name, hash]) => [name, toBase64(hash)])),
    values: { 'effect.1': record['effect.1'] },
  }
  const made: number[] = []
  const checked: number[] = []
  let proof = ''
  const saved = {
    ...page,
    organ: { key: 'yunxi' },
    edition: { number: 1, publicFrom: new Date(index).toISOString(), changeNote: null },
    effects: [
      { type: 'repeals', title: '云溪县取水办法', docNo: '云政发〔2020〕3号', effectiveFrom: '2026-12-01' },
    ],
  }
  for (let round = 0; round < rounds; round++) {
    let begun = performance.now()
    proof = (await proofOf(ctx.db, index, extra)) ?? ''
    made.push(performance.now() - begun)
    begun = performance.now()
    const { holds, faults } = checkEditionProof(proof, { log }, { saved })
    checked.push(performance.now() - begun)
    if (!holds) throw new Error(faults.join())
  }
  print('证明文件', `${(proof.length / 1024).toFixed(1)} KB`)
  for (const [name, times] of [
    ['取得一份证明', made],
    ['核验一份证明（连同保存的页面）', checked],
  ] as const)
    print(
      name,
      `中位数 ${milliseconds(quantile(times, 0.5))} ms，p95 ${milliseconds(quantile(times, 0.95))} ms`,
    )
}
