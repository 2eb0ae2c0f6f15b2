import type { Finding } from '../finding.ts'
import { mask } from '../mask.ts'
import { labelOf, nearest, type Reading } from '../reading.ts'

const office =
  /咨询|监督|举报|投诉|办公|单位|官方|公开|征求意见|意见|反馈|报名|投稿|客服|服务|发送至|发至|受理|公务|互联网联系方式|政务/
const own = /个人|本人|私人|姓名|申请人|当事人|家长|学生/

/** E-mail addresses that are not of a government and not said to be an office's. */
export function* findEmails(reading: Reading): Generator<Finding> {
  for (const { index, 0: whole } of reading.text.matchAll(
    /(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,10}(?![\w-])/g,
  )) {
    const value = whole.toLowerCase()
    if (/@(?:[\w-]+\.)*gov(?:\.[a-z]{2})?$/.test(value) || isOwn(reading, value)) continue
    const label = labelOf(reading, index, 30)
    if (nearest(label, office) > nearest(label, own)) continue
    const end = reading.placeOf(index + whole.length - 1) + 1
    yield {
      kind: 'email',
      certainty: 'sure',
      at: reading.placeOf(index),
      end,
      value,
      masked: mask('email', value),
    }
  }
}

/** The address itself, or any of the organ's own domain. */
const isOwn = ({ around }: Reading, value: string): boolean =>
  around.own?.has(value) === true || around.own?.has(value.slice(value.indexOf('@'))) === true
