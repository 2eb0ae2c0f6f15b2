import { inChinese, weekday } from '#lib/beijing-time'
import type { RemindableDuty } from '#modules/duties'
import type { NewNotification } from './notification.ts'

/** What a reminder says. It names days, not how many are left: it may be read later than it was written. */
export function reminderOf(
  duty: RemindableDuty,
  point: number,
  now: Date,
  to: readonly string[],
): NewNotification {
  const due = inChinese(duty.dueOn)
  const late = duty.dueAt <= now
  const provisional = duty.provisional ? '（暂定，放假安排公布后可能变动）' : ''
  return {
    to,
    subjectKey: `reminder:${duty.id}:${duty.dueOn}:${point}`,
    title: late ? `已逾期：${duty.title}` : `${due}到期：${duty.title}`,
    sentence: `${duty.subjectLabel}。${duty.organName}应在${due}（${weekday(duty.dueOn)}）${provisional}结束以前完成${
      late ? '，现在已经逾期' : ''
    }。依据：${duty.article}（${duty.rule}）。`,
    address: `/duties/${duty.id}`,
    about: { kind: 'duty', id: duty.id },
    dueOn: duty.dueOn,
    urgent: late,
  }
}
