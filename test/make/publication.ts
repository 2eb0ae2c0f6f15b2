import { publish, startPublication, startPublicationInput } from '#modules/publications'
import type { Context } from '#platform/context'
import type { TestGovernment } from './government.ts'

/** A draft through the real act; `facts` are form fields. */
export function makeDraft(ctx: Context, at: TestGovernment, facts: Record<string, unknown> = {}) {
  const { column = 'notices', ...rest } = facts
  return startPublication(
    ctx,
    startPublicationInput.parse({
      kind: 'notice',
      siteId: at.site.id,
      organId: at.department.id,
      columnIds: [at.columns.get(String(column))],
      title: '关于停水的通知',
      source: '县水利局',
      bodyHtml: '<p>明天停水。</p>',
      ...rest,
    }),
  )
}

/** A public item through the real acts, by the sample's clearance, which may lie in the past. */
export async function makePublic(
  ctx: Context,
  at: TestGovernment,
  facts: Record<string, unknown> = {},
  publicAt: Date = ctx.clock.now(),
) {
  const draft = await makeDraft(ctx, at, facts)
  const done = await publish(
    ctx,
    { publicationId: draft.id, revision: draft.revision },
    { kind: 'sample', publicAt },
  )
  return { ...draft, ...done }
}
