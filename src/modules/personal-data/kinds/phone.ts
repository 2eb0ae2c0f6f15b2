import type { Finding } from '../finding.ts'
import { mask } from '../mask.ts'
import { labelOf, listsPersons, nearest, type Reading, ungrouped } from '../reading.ts'

/** What is a public phone of an organ, by what stands before it; decided so that contact lines of notices pass. */
const office =
  /咨询|监督|举报|投诉|办公|值班|服务|报名|热线|受理|传真|公开|政务|窗口|客服|联系单位|征求意见|意见反馈|报警|抢修|救援|预约/
const own = /家庭|住宅|宅电|家长|本人|个人|户主|监护人|手机|移动电话|申请人|当事人|学生/
const other =
  /订单|流水|编号|代码|合同|条码|序列号|设备|索引|批次|单号|许可证|证号|文号|案号|发票|金额|资金|面积|产量|人口|QQ|坐标|经度|纬度|ISBN|版本/

/** Mobile phones by their form, landlines where they are said to be somebody's own. */
export function* findPhones(reading: Reading): Generator<Finding> {
  yield* findMobiles(reading)
  yield* findLandlines(reading)
}

function* findMobiles(reading: Reading): Generator<Finding> {
  const { text } = reading
  const form =
    /(?<![\dA-Za-z*¥$.]|\d[ -])(?:\+?86[ -]?|0086[ -]?)?(1[3-9]\d(?:[ -]?\d{4}){2}|1[3-9]\d[ -]?\d{3}[ -]?\d{5}|1[3-9]\d{9})(?![\dA-Za-z*]|\.\d|[ ]?[万亿]?元|%|[ ]?平方|[ ]?公斤)/g
  for (const found of text.matchAll(form)) {
    const whole = found[1] ?? ''
    const at = found.index + found[0].length - whole.length
    const value = ungrouped(whole)
    // Figures within the address of a page
    if (/https?:\/\/\S*$/.test(text.slice(Math.max(0, at - 120), at))) continue
    const label = labelOf(reading, at)
    if (reading.around.own?.has(value)) continue
    const said = nearest(label, /手机|电话|联系|移动|微信|号码/)
    if (nearest(label, other) > said) continue
    if (nearest(label, office) > nearest(label, own)) continue
    const end = reading.placeOf(at + whole.length - 1) + 1
    yield {
      kind: 'mobile',
      certainty: 'sure',
      at: reading.placeOf(at),
      end,
      value,
      masked: mask('mobile', value),
    }
  }
}

function* findLandlines(reading: Reading): Generator<Finding> {
  const { text, around } = reading
  const form = /(?<![\dA-Za-z*.]|\d-)(?:\(?0\d{2,3}\)?[ -]?)?[2-9]\d{6,7}(?![\dA-Za-z*]|-\d|\.\d)/g
  for (const { index, 0: whole } of text.matchAll(form)) {
    const label = labelOf(reading, index)
    const isOwn =
      nearest(
        label,
        /(?:家庭|住宅|家长|本人|个人|户主|监护人|申请人|当事人)[^,，。;:：]{0,4}(?:电话|号码|联系方式)|宅电/,
      ) >= 0
    const inList = listsPersons(around) && /电话|联系方式/.test(around.head ?? '')
    if (!(isOwn || inList) || nearest(label, office) > nearest(label, own)) continue
    const value = whole.replace(/\D/g, '')
    if (around.own?.has(value)) continue
    const end = reading.placeOf(index + whole.length - 1) + 1
    yield {
      kind: 'landline',
      certainty: 'likely',
      at: reading.placeOf(index),
      end,
      value,
      masked: mask('landline', value),
    }
  }
}
