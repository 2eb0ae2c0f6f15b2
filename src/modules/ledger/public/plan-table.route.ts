import type { PublicContext } from '#platform/context'
import type { Content, Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { csvOfTable } from '../progress/table-files.ts'
import { type FoundTable, findTable } from './find-table.ts'

type Format = 'xlsx' | 'csv' | 'docx'
const formats: Record<Format, { type: string; write(found: FoundTable): Promise<string | Buffer> }> = {
  csv: { type: 'text/csv; charset=utf-8', write: async ({ table, asOn }) => csvOfTable(table, asOn) },
  // The libraries that write office files are loaded when the first one is asked for
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: async ({ table, asOn }) => (await import('../progress/write-xlsx.ts')).xlsxOfTable(table, asOn),
  },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: async ({ view, table, asOn }) =>
      (await import('../progress/table-document.ts')).wordOfTable(view.title, table, asOn),
  },
}

/** The table of a plan to take along; the same rows and words in every format. */
export const routes: PublicRoute[] = (Object.keys(formats) as Format[]).map(format => ({
  method: 'GET',
  path: `/plans/:file/table.${format}`,
  rule: showsPublications(item => (item.segment === 'plans' ? [`/plans/${item.id}/table.${format}`] : [])),
  handle: (ctx, incoming) => sendTable(ctx, incoming, format),
}))

async function sendTable(ctx: PublicContext, incoming: Incoming, format: Format): Promise<Reply> {
  const found = await findTable(ctx, incoming)
  if ('kind' in found) return found
  const reply: Content = {
    kind: 'content',
    status: 200,
    type: formats[format].type,
    body: await formats[format].write(found),
    headers: {
      'Content-Disposition': `attachment; filename="plan-${found.view.publicId}-${found.table.asOf}.${format}"; filename*=UTF-8''${encodeURIComponent(`${found.view.title}（${found.table.asOf}）.${format}`)}`,
    },
    ...found.cache,
  }
  return reply
}
