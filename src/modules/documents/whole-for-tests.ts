import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/** What a whole document consists of; each line finds those that are not. */
const faults: Record<string, ReturnType<typeof sql>> = {
  'a signed document without its number': sql`select 1 from documents d where d.sealed_digest is not null
    and not exists (select from letter_numbers n where n.document_id = d.id and n.doc_no = d.doc_no)`,
  'a number of what was not signed': sql`select 1 from letter_numbers n join documents d on d.id = n.document_id
    where d.sealed_digest is null`,
  'a state that its last step does not say': sql`select 1 from documents d where d.state is distinct from
    (select s.to_state from document_steps s where s.document_id = d.id order by s.acted_at desc, s.id desc limit 1)`,
  'a published document without its public edition': sql`select 1 from documents d where d.state = 'published'
    and not exists (select from editions e join clearances c on c.id = e.clearance_id and c.kind = 'document'
      where e.publication_id = d.publication_id and e.sealed_at is not null and e.public_from is not null)`,
  'a public edition whose document is not published': sql`select 1 from documents d join editions e
    on e.publication_id = d.publication_id and e.sealed_at is not null where d.state <> 'published'`,
}

/** Which of them somewhere do not hold. */
export async function faultsOfDocuments(db: Database): Promise<string[]> {
  const found: string[] = []
  for (const [fault, find] of Object.entries(faults))
    if ((await find.execute(db)).rows.length > 0) found.push(fault)
  return found
}
