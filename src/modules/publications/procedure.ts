import { conflict } from '#lib/errors'
import type { Actor } from '#platform/actor'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/db/database'
import type { Clearance } from './actions/publish.ts'
import { type PublicationRow, wasPublic } from './draft-queries.ts'
import { kindOf } from './kind.ts'

/** What publications tell the procedure of the draft that it is about. */
export interface ProcedureItem {
  publicationId: string
  publicId: string
  organId: string
  kind: string
}

/** 公文办理: kinds whose first text is drafted, reviewed and signed as a document. Publications know the shape, not the procedure. */
export interface Procedure {
  /** Before a draft is changed, with its new title. @throws conflict while it lies on somebody else's table, or is signed. */
  changing(db: Database, item: ProcedureItem, title: string): Promise<void>
  /** Before a draft is thrown away. @throws conflict while its document is being handled. */
  discarding(db: Database, item: ProcedureItem): Promise<void>
  /** Where the document is handled, or begun. */
  addressOf(db: Database, item: ProcedureItem): Promise<string>
  /**
   * Before the first edition goes out.
   * @throws whatever is missing: attribute, secrecy opinion, signature, interpretation, or the text is not the one that was signed.
   */
  clearing(
    db: Database,
    ctx: { actor: Actor; clock: Clock },
    item: ProcedureItem,
    clearance: Extract<Clearance, { kind: 'document' }>,
  ): Promise<void>
}

let known: Procedure | null = null

/** Told once by `app`; a house without a procedure publishes everything after a review. */
export function registerProcedure(procedure: Procedure | null): void {
  known = procedure
}

const itemOf = (
  publication: Pick<PublicationRow, 'id' | 'publicId' | 'organId' | 'kind'>,
): ProcedureItem => ({
  publicationId: publication.id,
  publicId: publication.publicId,
  organId: publication.organId,
  kind: publication.kind,
})

type Asked = Pick<PublicationRow, 'id' | 'publicId' | 'organId' | 'kind' | 'archive' | 'firstPublicAt'>

/** Whether its text still is a document on its way: later editions, and what came out of an archive, are reviewed as everything else. */
const isUnderProcedure = (publication: Asked, now: Date): boolean =>
  kindOf(publication.kind).procedure === 'document' && !publication.archive && !wasPublic(publication, now)

/** The procedure that this publication is under now, bound to it; null for all that is reviewed in the ordinary way. */
export function procedureOf(publication: Asked, now: Date) {
  const procedure = known
  if (!procedure || !isUnderProcedure(publication, now)) return null
  const item = itemOf(publication)
  return {
    changing: (db: Database, title: string) => procedure.changing(db, item, title),
    discarding: (db: Database) => procedure.discarding(db, item),
    addressOf: (db: Database) => procedure.addressOf(db, item),
    /** The ordinary review lets none of these out. */
    async refuseReview(db: Database): Promise<never> {
      throw conflict(
        'publications.by-procedure',
        `${kindOf(publication.kind).label}在公文办理中起草、审核、签发以后才公开，不走单独的发布前审查。请到 ${await procedure.addressOf(db, item)} 办理。`,
      )
    },
    async clearing(db: Database, ctx: { actor: Actor; clock: Clock }, clearance: Clearance): Promise<void> {
      if (clearance.kind !== 'document') return this.refuseReview(db)
      await procedure.clearing(db, ctx, item, clearance)
    },
  }
}

/** A signed document clears nothing but the first edition of a kind that is under the procedure. */
export function refuseStrayDocument(clearance: Clearance): void {
  if (clearance.kind === 'document')
    throw conflict('publications.not-by-procedure', '这件发布物不经公文办理发布：请送发布前审查。')
}
