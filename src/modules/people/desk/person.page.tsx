import { type FormErrors, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { endPost } from '../actions/end-post.ts'
import { endSession } from '../actions/end-session.ts'
import { givePost, givePostInput } from '../actions/give-post.ts'
import { removeSecondFactor } from '../actions/give-second-factor.ts'
import { lockStaff, lockStaffInput, unlockStaff } from '../actions/lock-staff.ts'
import { resetPassword } from '../actions/reset-password.ts'
import { updateStaff, updateStaffInput } from '../actions/update-staff.ts'
import { mayReadPeople } from '../policy.ts'
import { showPassword } from './one-time-password.tsx'
import { type PersonForm, showPerson } from './person-view.tsx'
import { errorsOf, idOf } from './words.tsx'

/** A person's page and every act on it; each act asks again whether it may. */
export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/people/:id',
    may: mayReadPeople,
    handle: (ctx, incoming) => showPerson(ctx, incoming),
  },
  act('', 'account', async (ctx, id, incoming) => {
    const read = readForm(updateStaffInput, incoming.form)
    if (!read.ok) return read.errors
    await updateStaff(ctx, id, read.value)
    return 'saved'
  }),
  act('/posts', 'post', async (ctx, id, incoming) => {
    const read = readForm(givePostInput, { ...incoming.form, staffId: id })
    if (!read.ok) return read.errors
    await givePost(ctx, read.value)
    return 'post-given'
  }),
  act('/posts/end', 'posts', async (ctx, _, incoming) => {
    await endPost(ctx, idOf(textOf(incoming.form, 'postId')))
    return 'post-ended'
  }),
  act('/lock', 'lock', async (ctx, id, incoming) => {
    const read = readForm(lockStaffInput, incoming.form)
    if (!read.ok) return read.errors
    await lockStaff(ctx, id, read.value)
    return 'locked'
  }),
  act('/unlock', 'login', async (ctx, id) => {
    await unlockStaff(ctx, id)
    return 'unlocked'
  }),
  act('/second-factor/remove', 'login', async (ctx, id) => {
    await removeSecondFactor(ctx, id)
    return 'factor-removed'
  }),
  act('/sessions/end', 'login', async (ctx, id, incoming) => {
    const only = textOf(incoming.form, 'sessionId')
    await endSession(ctx, id, only ? { only: idOf(only) } : { except: undefined })
    return 'session-ended'
  }),
  {
    method: 'POST',
    path: '/people/:id/reset-password',
    may: mayReadPeople,
    async handle(ctx, incoming) {
      const id = idOf(incoming.params.id)
      const made = await resetPassword(ctx, id)
      return showPassword({
        title: '密码已重置',
        ...made,
        next: { label: '返回这个账号', href: `/people/${id}` },
      })
    },
  },
]

/** A POST below the person's page: done, or the page again with what is wrong in its form. */
function act(
  path: string,
  form: PersonForm,
  work: (ctx: DeskContext, id: string, incoming: Incoming) => Promise<string | FormErrors>,
): DeskRoute {
  return {
    method: 'POST',
    path: `/people/:id${path}`,
    may: mayReadPeople,
    async handle(ctx, incoming): Promise<Reply> {
      const id = idOf(incoming.params.id)
      try {
        const result = await work(ctx, id, incoming)
        if (typeof result !== 'string') return showPerson(ctx, incoming, { form, errors: result })
        return seeOther(`/people/${id}?done=${result}`)
      } catch (error) {
        return showPerson(ctx, incoming, { form, errors: errorsOf(error) })
      }
    },
  }
}
