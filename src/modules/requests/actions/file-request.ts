import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { addDays } from '#lib/working-days/calendar'
import { getOrgan, listOrgansAbove, listSites, mustStand } from '#modules/organisations'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { applicationFields } from '../application.ts'
import { receiptRules } from '../clock.ts'
import { mayFileRequest } from '../policy.ts'
import { channelNames } from '../request.ts'
import { codeOfForm } from '../secrets.ts'
import { registerRequest } from './register-request.ts'
import { type Registered, sentBefore } from './submit-request.ts'

/** What comes by post or to the counter may lack what the law asks for: that is what the notice of correction is for (R-REQ-12). */
export const fileRequestInput = z.object({
  ...applicationFields,
  name: applicationFields.name.pipe(
    z.string().min(1, '请填写申请人的姓名或者名称；来信没有写的，写“未署名”。'),
  ),
  channel: z.enum(channelNames, '请选择提出的方式。').exclude(['internet'], '请选择提出的方式。'),
  arrivedOn: z.string('请填写日期。').refine(isPlainDate, '日期不存在，请核对。'),
})
export type FileRequest = z.output<typeof fileRequestInput>

/** How long ago something may have come in that is only entered now. */
const mostDaysAgo = 366

/**
 * Staff write down what came to the counter, by word of mouth, by post or by fax (R-REQ-02, R-REQ-05). What day counts goes by the
 * way it came (R-REQ-06…10): the day itself, or the day on which it is confirmed.
 */
export async function fileRequest(ctx: Context, input: FileRequest): Promise<Registered> {
  permit(mayFileRequest(ctx.actor, input.organId), 'requests.may-not-file')
  const today = ctx.clock.today()
  if (input.arrivedOn > today) throw invalid('requests.day-ahead', '提出的日期不能晚于今天。')
  if (input.arrivedOn < addDays(today, -mostDaysAgo))
    throw invalid('requests.day-too-old', '提出的日期太早，请核对年份。')
  const request = await inTransaction(ctx.db, async db => {
    const siteId = await siteOfOrgan(db, input.organId)
    const sent = await sentBefore(db, siteId, input.formKey)
    if (sent) return sent
    mustStand(await getOrgan(db, input.organId), today)
    const { channel, arrivedOn } = input
    const receivedOn = receiptRules[channel].needsConfirmation ? null : arrivedOn
    return registerRequest(db, ctx, { siteId, channel, arrivedOn, receivedOn, undoUntil: null }, input)
  })
  return { request, code: await codeOfForm(input.formKey) }
}

/** The site on which an organ's requests are counted: its own, or that of the nearest organ above that has one. */
async function siteOfOrgan(db: Database, organId: string): Promise<string> {
  const organs = [organId, ...(await listOrgansAbove(db, organId))]
  const sites = await listSites(db)
  const site = organs.flatMap(id => sites.find(one => one.organId === id) ?? [])[0] ?? sites[0]
  if (!site) throw conflict('requests.no-site', '还没有建立站点。请系统管理员先建立站点。')
  return site.id
}
