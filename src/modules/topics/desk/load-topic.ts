import { z } from 'zod'
import { notFound, permit, Refused } from '#lib/errors'
import { type FormErrors, textOf } from '#lib/forms'
import type { SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import { type Seen, siteOf } from '../actions/change-topic.ts'
import { mayEdit } from '../policy.ts'
import { findTopic, listSections } from '../queries.ts'
import { addressOfTopic, type Section, type Topic } from '../topic.ts'

export interface Loaded {
  topic: Topic
  site: SiteRow
  sections: Section[]
}

const isId = (text: string | undefined): text is string => z.uuid().safeParse(text).success

/** The topic of the address, for somebody who may prepare it. */
export async function loadTopic(ctx: DeskContext, incoming: Incoming): Promise<Loaded> {
  const { id } = incoming.params
  const topic = isId(id) ? await findTopic(ctx.db, { id }) : null
  if (!topic) throw notFound('topics.unknown', '没有找到这个专题。请从专题列表重新选择。')
  const site = await siteOf(ctx.db, topic.siteId)
  permit(mayEdit(ctx.actor, site.organId), 'topics.not-allowed')
  return { topic, site, sections: await listSections(ctx.db, [topic.id]) }
}

/** As which revision the form's page had shown the topic. */
export const seenIn = (incoming: Incoming, topic: Topic): Seen => ({
  topicId: topic.id,
  revision: Number(textOf(incoming.form, 'revision')) || 0,
})

/** Where the site begins for readers. */
export const publicBase = (ctx: DeskContext, site: SiteRow): string =>
  ctx.publicOrigin + (site.isDefault ? '' : `/s/${site.key}`)

export const publicAddress = (ctx: DeskContext, site: SiteRow, topic: Topic): string =>
  publicBase(ctx, site) + addressOfTopic(topic)

export interface Fault {
  errors: FormErrors
  status: number
}
export const noFault: Fault = { errors: {}, status: 200 }

/** The field of the form that a refusal is about. */
const fieldOf: Record<string, string> = { 'topics.address-taken': 'key', 'topics.address-stays': 'key' }

/** A refusal as errors of the form that was left, so that nothing typed is lost. */
export function asFault(error: unknown): Fault {
  if (!(error instanceof Refused)) throw error
  return { errors: { [fieldOf[error.code] ?? '']: error.message }, status: error.status }
}

export const isChangedMeanwhile = (error: unknown): boolean =>
  error instanceof Refused && error.code === 'topics.changed-meanwhile'
