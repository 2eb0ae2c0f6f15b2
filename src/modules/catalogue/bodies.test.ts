import { describe, expect, it } from 'vitest'
import type { OrganType } from '#modules/organisations'
import { owingOrgans } from './bodies.ts'

const organ = (name: string, shortName: string, type: OrganType, abolishedOn: string | null = null) => ({
  id: name,
  name,
  shortName,
  type,
  abolishedOn,
})
const organs = [
  organ('云溪县人民政府', '县政府', 'government'),
  organ('云溪县民政局', '县民政局', 'department'),
  organ('云溪县水利局', '县水利局', 'department'),
  organ('云溪县粮食局', '县粮食局', 'department', '2025-03-31'),
  organ('青石镇人民政府', '青石镇政府', 'township'),
  organ('云溪县自来水有限公司', '县自来水公司', 'public-service-enterprise'),
]
const owing = (words: string) => owingOrgans(words, organs, '2026-11-23').map(one => one.shortName)

describe('owingOrgans: who is meant by 公开主体 (R-GRS-02)', () => {
  it.each([
    ['县级民政部门、乡镇政府(街道办事处)', ['县民政局', '青石镇政府']],
    ['水行政主管部门', []],
    ['水利部门', ['县水利局']],
    ['各部门', ['县民政局', '县水利局']],
    ['县民政局；县民政局', ['县民政局']],
    ['云溪县人民政府', ['县政府']],
    ['公共企事业单位', ['县自来水公司']],
    ['粮食部门', []],
    ['某委员会', []],
  ])('%s', (words, names) => {
    expect(owing(words)).toEqual(names)
  })
})
