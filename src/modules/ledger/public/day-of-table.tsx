import { inChinese } from '#lib/beijing-time'
import { Notice } from '#ui/components/notice'
import type { PlanPlace } from './plan-place.ts'

/** On pages below a plan: that they tell of a past day. */
export function DayOfTable({ place, path }: { place: PlanPlace; path: string }) {
  if (place.day === null) return null
  return (
    <Notice tone="warning" title={`${inChinese(place.day)}的情况。`}>
      <a href={`${place.address}${path}`}>看今天的情况</a>
    </Notice>
  )
}
