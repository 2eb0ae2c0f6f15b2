import { sql } from 'kysely'
import { conflict, invalid } from '#lib/errors'
import { docNoPattern, documentsNamed } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Document } from './document.ts'

const inFamily = /^([一-龥]{2,12})〔((?:19|20)\d{2})〕([1-9]\d*)号$/

/** The next number of the family in the year of the signature: never given twice (R-LET-01, R-LET-02). */
export async function allocateNumber(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  document: Pick<Document, 'id' | 'siteId' | 'publicationId'>,
  letterCodeId: string,
  signedOn: string,
): Promise<string> {
  const year = Number(signedOn.slice(0, 4))
  const { code } = await db
    .selectFrom('letterCodes')
    .select('code')
    .where('id', '=', letterCodeId)
    .executeTakeFirstOrThrow()
  // What an import or the editor has brought under this family already is passed over
  for (;;) {
    const { rows } = await sql<{ last: number }>`
      insert into letter_serials (letter_code_id, year, last) values (${letterCodeId}, ${year}, 1)
      on conflict (letter_code_id, year) do update set last = letter_serials.last + 1 returning last`.execute(
      db,
    )
    const serial = rows[0]?.last ?? 1
    const docNo = `${code}〔${year}〕${serial}号`
    if (await isTaken(db, document, docNo)) continue
    await giveNumber(db, ctx, { docNo, letterCodeId, year, serial, documentId: document.id })
    return docNo
  }
}

/** A number given by hand or elsewhere. @throws conflict when something has it already. */
export async function takeNumber(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  document: Pick<Document, 'id' | 'siteId' | 'publicationId' | 'organId'>,
  docNo: string,
): Promise<void> {
  if (!docNoPattern.test(docNo))
    throw invalid('documents.number-form', '文号应写成“云政发〔2026〕12号”的样子（S-GWG-22）。')
  if (await isTaken(db, document, docNo))
    throw conflict('documents.number-taken', `文号${docNo}已经有文件使用，请核对原件。`)
  const [, code = '', year = '', serial = ''] = inFamily.exec(docNo) ?? []
  const family = await db
    .selectFrom('letterCodes')
    .select('id')
    .where('code', '=', code)
    .where('organId', '=', document.organId)
    .executeTakeFirst()
  if (family)
    await sql`insert into letter_serials (letter_code_id, year, last) values (${family.id}, ${Number(year)}, ${Number(serial)})
      on conflict (letter_code_id, year) do update set last = greatest(letter_serials.last, excluded.last)`.execute(
      db,
    )
  const numbered = family ? { letterCodeId: family.id, year: Number(year), serial: Number(serial) } : {}
  await giveNumber(db, ctx, { docNo, documentId: document.id, ...numbered })
}

async function isTaken(
  db: Database,
  { siteId, publicationId }: Pick<Document, 'siteId' | 'publicationId'>,
  docNo: string,
): Promise<boolean> {
  const given = await db
    .selectFrom('letterNumbers')
    .select('docNo')
    .where('docNo', '=', docNo)
    .executeTakeFirst()
  if (given) return true
  const named = await documentsNamed(db, siteId, { docNos: [docNo], titles: [] })
  return named.some(one => one.publicationId !== publicationId)
}

async function giveNumber(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  number: { docNo: string; documentId: string; letterCodeId?: string; year?: number; serial?: number },
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('letterNumbers')
    .values({
      ...number,
      givenBy: actorName(ctx.actor),
      givenById: actorId(ctx.actor),
      givenAt: ctx.clock.now(),
    })
    .onConflict(clash => clash.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n)
    throw conflict('documents.number-taken', `文号${number.docNo}已经有文件使用，请核对原件。`)
}
