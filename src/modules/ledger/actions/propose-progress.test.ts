import { expect, it } from 'vitest'
import { titleOfProgress } from './propose-progress.ts'

it.each([
  ['2026年政务公开工作要点', '《2026年政务公开工作要点》落实情况'],
  ['《2026年政务公开工作要点》', '《2026年政务公开工作要点》落实情况'],
  ['云溪县人民政府办公室关于印发2026年政务公开工作要点的通知', '《2026年政务公开工作要点》落实情况'],
  ['关于印发《供水公开要点》和《供气公开要点》的通知', '《供水公开要点》和《供气公开要点》落实情况'],
  ['云溪县2026年重点工作清单落实情况', '云溪县2026年重点工作清单落实情况'],
])('the public table is named by the plan, not by the notice around it: %s', (title, shown) => {
  expect(titleOfProgress(title)).toBe(shown)
})
