import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { ApiAnswer } from './api-document.ts'
import type { IntakeToken } from './token.ts'

const tokens = (db: Database) =>
  db
    .selectFrom('intakeTokens')
    .select([
      'id',
      'organId',
      'name',
      'ending',
      'expiresOn',
      'madeBy',
      'madeAt',
      'lastUsedAt',
      'revokedBy',
      'revokedAt',
    ])

export async function findToken(
  db: Database,
  where: { digest: string } | { id: string },
): Promise<IntakeToken | null> {
  const rows = tokens(db)
  const row =
    'id' in where
      ? await rows.where('id', '=', where.id).executeTakeFirst()
      : await rows.where('digest', '=', where.digest).executeTakeFirst()
  return row ?? null
}

/** The newest first; those that serve no more last. */
export const listTokens = (db: Database, organIds: readonly string[]): Promise<IntakeToken[]> =>
  organIds.length === 0
    ? Promise.resolve([])
    : tokens(db)
        .where('organId', 'in', organIds)
        .orderBy(sql`revoked_at is not null`)
        .orderBy('madeAt', 'desc')
        .limit(500)
        .execute()

export interface IntakeCall {
  id: string
  tokenName: string
  organId: string
  title: string
  cameAt: Date
  documentId: string | null
  refusal: string | null
}

export const callOutcomes = { accepted: '已登记', refused: '没有收下' } as const
export type CallOutcome = keyof typeof callOutcomes

export async function listCalls(
  db: Database,
  asked: { organIds: readonly string[]; outcome: CallOutcome | null; words: string },
  paging: { limit: number; offset: number },
): Promise<{ rows: IntakeCall[]; total: number }> {
  if (asked.organIds.length === 0) return { rows: [], total: 0 }
  let query = db
    .selectFrom('intakeCalls as c')
    .innerJoin('intakeTokens as t', 't.id', 'c.tokenId')
    .where('t.organId', 'in', asked.organIds)
  if (asked.outcome) query = query.where('c.answer', asked.outcome === 'accepted' ? 'is not' : 'is', null)
  if (asked.words)
    query = query.where(sql<boolean>`c.title like ${`%${asked.words.replace(/[\\%_]/g, '\\$&')}%`}`)
  const [rows, count] = await Promise.all([
    query
      .select([
        'c.id',
        't.name as tokenName',
        't.organId',
        'c.title',
        'c.cameAt',
        'c.documentId',
        'c.refusal',
      ])
      .orderBy('c.cameAt', 'desc')
      .orderBy('c.id', 'desc')
      .limit(paging.limit)
      .offset(paging.offset)
      .execute(),
    query.select(sql<number>`count(*)::int`.as('total')).executeTakeFirst(),
  ])
  return { rows, total: count?.total ?? 0 }
}

/** What was answered to an accepted call under this key. */
export async function acceptedCall(
  db: Database,
  tokenId: string,
  idempotencyKey: string,
): Promise<{ contentDigest: string; answer: ApiAnswer } | null> {
  const { rows } = await sql<{ contentDigest: string; answer: ApiAnswer }>`
    select content_digest, answer from intake_calls
    where token_id = ${tokenId} and idempotency_key = ${idempotencyKey} and answer is not null`.execute(db)
  return rows[0] ?? null
}
