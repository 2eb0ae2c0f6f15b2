import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { endDeputy, makeDeputy, makeDeputyInput } from '../actions/make-deputy.ts'
import { errorsOf, idOf } from './words.tsx'

interface DeputyPage {
  path: string
  may: DeskRoute['may']
  show(ctx: DeskContext, incoming: Incoming, errors?: FormErrors): Promise<Reply>
  /** What the page adds to the form: on one's own page, who is absent. */
  formOf?(ctx: DeskContext, form: RawForm): RawForm
}

/** What the two pages about deputies take: a new arrangement, and the end of one. */
export function deputyPosts({ path, may, show, formOf = (_, form) => form }: DeputyPage): DeskRoute[] {
  async function make(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
    const read = readForm(makeDeputyInput, formOf(ctx, incoming.form))
    if (!read.ok) return show(ctx, incoming, read.errors)
    try {
      await makeDeputy(ctx, read.value)
    } catch (error) {
      return show(ctx, incoming, errorsOf(error, { role: 'deputyId' }))
    }
    return seeOther(`${path}?done=deputy-made`)
  }

  async function end(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
    await endDeputy(ctx, idOf(textOf(incoming.form, 'id')))
    return seeOther(`${path}?done=deputy-ended`)
  }

  return [
    { method: 'POST', path, may, handle: make },
    { method: 'POST', path: `${path}/end`, may, handle: end },
  ]
}
