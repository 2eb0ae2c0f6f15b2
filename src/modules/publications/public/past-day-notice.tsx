import { inChinese, type PlainDate } from '#lib/beijing-time'
import { Notice } from '#ui/components/notice'
import { beganOn, type PublicView } from '../public-view.ts'

/** Of kinds without validity: which edition readers had on the day that was asked about, and that this is not today's page. */
export function PastDayNotice(props: { view: PublicView; base: string; day: PlainDate; today: PlainDate }) {
  const { view, base, day, today } = props
  const address = base + view.address
  const began = beganOn(view)
  if (began !== null && began > day)
    return (
      <Notice tone="warning" title={`${inChinese(day)}：还没有公开。`}>
        {inChinese(began)}才第一次公开。<a href={address}>看今天的页面</a>
      </Notice>
    )
  return (
    <Notice tone="warning" title={`${inChinese(day)}的情况。`}>
      下面是{day === today ? '今天' : '当天'}公开的第 {view.number} 版。
      {view.editions.length > 1 ? <a href={`${address}/versions`}>比较各个版本</a> : null}　
      <a href={address}>看今天的页面</a>
    </Notice>
  )
}
