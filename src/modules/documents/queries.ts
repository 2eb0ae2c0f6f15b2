import { sql } from 'kysely'
import { interpretationPlanOf } from '#modules/interpretation'
import { reviewsOf, whatIsMissing } from '#modules/normative'
import { policyKinds } from '#modules/policies'
import { draftForProcedure } from '#modules/publications'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import {
  type CoOrgan,
  type Document,
  type DocumentState,
  type DocumentStep,
  type Material,
  type MaterialType,
  type ReturnReason,
  type Settings,
  usualSettings,
} from './document.ts'
import type { Case } from './guards.ts'
import type { KeptFile } from './kept-file.ts'

/** The row, as the acts handle it. */
export async function findDocument(
  db: Database,
  where: { id: string } | { publicationId: string } | { organId: string; originKey: string },
  options: { lock?: boolean } = {},
): Promise<Document | null> {
  const isMeant =
    'id' in where
      ? sql`id = ${where.id}`
      : 'publicationId' in where
        ? sql`publication_id = ${where.publicationId}`
        : sql`organ_id = ${where.organId} and origin_key = ${where.originKey}`
  const { rows } = await sql<Document>`
    select * from documents where ${isMeant} ${options.lock ? sql`for no key update` : sql``}`.execute(db)
  return rows[0] ?? null
}

/** What somebody who looks at the document now has seen of it. */
export async function seenNow(
  db: Database,
  documentId: string,
): Promise<{ documentId: string; revision: number; draftRevision: number }> {
  const document = await findDocument(db, { id: documentId })
  const draft = document && (await draftForProcedure(db, document.publicationId))
  return { documentId, revision: document?.revision ?? 0, draftRevision: draft?.revision ?? 0 }
}

/** The newest first. */
async function listSteps(db: Database, documentId: string): Promise<DocumentStep[]> {
  const rows = await db
    .selectFrom('documentSteps')
    .selectAll()
    .where('documentId', '=', documentId)
    .orderBy('actedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(row => ({
    ...row,
    fromState: row.fromState as DocumentState,
    toState: row.toState as DocumentState,
    reasons: row.reasons as ReturnReason[],
  }))
}

async function listCoOrgans(db: Database, documentId: string): Promise<CoOrgan[]> {
  return db
    .selectFrom('documentCoOrgans')
    .selectAll()
    .where('documentId', '=', documentId)
    .orderBy('position')
    .execute()
}

async function listMaterials(db: Database, documentId: string): Promise<Material[]> {
  const rows = await db
    .selectFrom('documentMaterials')
    .selectAll()
    .where('documentId', '=', documentId)
    .where('removedAt', 'is', null)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    ...row,
    type: row.type as MaterialType,
    file: row.file as unknown as KeptFile | null,
  }))
}

/** As the organ has set it, or the usual ones. */
export async function settingsOf(db: Database, organId: string): Promise<Settings> {
  const row = await db
    .selectFrom('documentSettings')
    .select(['skips', 'reassessMonths'])
    .where('organId', '=', organId)
    .executeTakeFirst()
  return row ? { ...row, skips: row.skips as DocumentState[] } : usualSettings
}

/** Everything about a document that its acts and its page depend on. */
export async function gatherCase(ctx: Pick<Context, 'db' | 'clock'>, document: Document): Promise<Case> {
  const { db } = ctx
  const isPolicy = (policyKinds as readonly string[]).includes(document.kind)
  const draft = await draftForProcedure(db, document.publicationId)
  return {
    document,
    draft,
    steps: await listSteps(db, document.id),
    coOrgans: await listCoOrgans(db, document.id),
    materials: await listMaterials(db, document.id),
    interpretation: isPolicy ? await interpretationPlanOf(db, ctx.clock.now(), document.publicationId) : null,
    settings: await settingsOf(db, document.organId),
    missing: isPolicy && draft ? await whatIsMissing(ctx, document.publicationId) : [],
    reviews: isPolicy ? await reviewsOf(db, document.publicationId) : [],
  }
}
