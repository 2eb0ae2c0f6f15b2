import { notFound } from '#lib/errors'
import { policyKinds } from '#modules/policies'
import type { Context } from '#platform/context'
import { type DocumentText, findDocument } from '../document-queries.ts'

/** The policy or normative document, drafts included, and nothing else. */
export async function documentNamed(
  ctx: Pick<Context, 'db' | 'clock'>,
  where: { id: string } | { publicId: string },
): Promise<DocumentText> {
  const document = await findDocument(ctx.db, ctx.clock.now(), where)
  if (!document || !(policyKinds as readonly string[]).includes(document.kind))
    throw notFound('normative.no-document', '没有这份文件，或者它已经撤下。请从规范性文件的列表里重新选择。')
  return document
}
