import { inChinese } from '#lib/beijing-time'
import type { TellUrged } from '#modules/duties'
import { actorName } from '#platform/actor'
import { responsibleFor } from '../recipients.ts'
import { notify } from './notify.ts'

/** 催办: those who owe are told at once, in the transaction of the act that stands in the course of the duty. */
export const tellUrgedPeople: TellUrged = async (db, ctx, urged) => {
  const people = await responsibleFor(
    db,
    ctx.clock.today(),
    urged.map(one => one.duty),
  )
  await notify(
    db,
    ctx,
    urged.map(({ actId, duty, words }) => ({
      to: people.get(duty.id) ?? [],
      subjectKey: `urged:${actId}`,
      title: `催办：${duty.title}`,
      sentence: `${actorName(ctx.actor)}：${words}（${duty.subjectLabel}，${duty.organName}${
        duty.dueOn ? `应在${inChinese(duty.dueOn)}结束以前完成` : ''
      }）`,
      address: `/duties/${duty.id}`,
      about: { kind: 'duty', id: duty.id },
      urgent: true,
    })),
  )
}
