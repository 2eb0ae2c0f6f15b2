import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'

/** What was done for a duty that no publication shows; corrected by a further revision with its reason. */
export interface DutyRecord {
  revision: number
  heldOn: PlainDate
  chair: string
  subject: string
  outcome: string
  reason: string | null
  recordedBy: string
  recordedAt: Date
}

/** How the facts of such a record are called; duties of other rules have none. */
export const recordWords: Readonly<
  Record<string, Record<'heldOn' | 'chair' | 'subject' | 'outcome' | 'example', string>>
> = {
  A4: {
    heldOn: '听取汇报的日期',
    chair: '主持人',
    subject: '汇报内容',
    outcome: '研究决定的事项',
    example: '例如：决定年内完成目录修订，由县政府办公室牵头',
  },
  B6: {
    heldOn: '完成审查的日期',
    chair: '负责人',
    subject: '审查的范围',
    outcome: '审查结果和自查报告',
    example: '例如：审查 42 件，3 件转为主动公开；自查报告已报县政府办公室',
  },
}

/** The newest first. */
export const listRecords = (db: Database, dutyId: string): Promise<DutyRecord[]> =>
  db
    .selectFrom('dutyRecords')
    .select(['revision', 'heldOn', 'chair', 'subject', 'outcome', 'reason', 'recordedBy', 'recordedAt'])
    .where('dutyId', '=', dutyId)
    .orderBy('revision', 'desc')
    .limit(100)
    .execute()
