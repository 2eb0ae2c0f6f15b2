import { timingSafeEqual } from 'node:crypto'
import { notFound, tooMany } from '#lib/errors'
import type { Context } from '#platform/context'
import { asNumber, requestNumberPattern } from '../numbers.ts'
import { findRequest, settingsOf } from '../queries.ts'
import type { Request } from '../request.ts'
import { codeDigest } from '../secrets.ts'
import { countTries, noteTry } from '../tries.ts'

const minutes = 15

/**
 * The request of a number, for who has its code. Failed look-ups are counted by network address and by number, so that codes cannot
 * be tried out; both kinds of failure read alike.
 */
export async function lookUp(
  ctx: Pick<Context, 'db' | 'clock'>,
  where: { siteId: string; ip: string },
  typed: { number: string; code: string },
): Promise<Request> {
  const number = asNumber(typed.number)
  const now = ctx.clock.now()
  const { failedLookUps } = await settingsOf(ctx.db, where.siteId)
  const watched = [`ip ${where.ip}`, `number ${number.slice(0, 40)}`]
  for (const who of watched)
    if ((await countTries(ctx.db, now, 'look-up', who, minutes)) >= failedLookUps)
      throw tooMany(
        'requests.too-many-look-ups',
        `查询失败的次数太多，请过${minutes}分钟再试。查询码遗失的，可以带身份证件到受理窗口重新领取。`,
      )
  const request = requestNumberPattern.test(number)
    ? await findRequest(ctx.db, { siteId: where.siteId, number })
    : null
  const given = Buffer.from(await codeDigest(typed.code))
  if (request && timingSafeEqual(given, Buffer.from(request.codeDigest))) return request
  for (const who of watched) await noteTry(ctx.db, now, 'look-up', who, minutes)
  throw notFound(
    'requests.no-such-case',
    '没有找到：登记编号或者查询码不对。请对照回执核对；查询码遗失的，可以带身份证件到受理窗口重新领取。',
  )
}
