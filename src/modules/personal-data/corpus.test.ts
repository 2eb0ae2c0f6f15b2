import { describe, expect, it } from 'vitest'
import { everythingIn } from '#modules/files'
import { hiddenFiles } from '../../../test/make/hidden-in-files.ts'
import { inventedCreditCode, inventedIdentity } from '../../../test/make/invented-numbers.ts'
import { innocentTexts } from '../../../test/make/look-alikes.ts'
import { findPersonalData } from './find-personal-data.ts'
import { tracesIn } from './traces.ts'

const plainly = (kind: string, value: string) => `${kind} ${value}`

/** Homes as lists and notices write them. */
const homes = [
  ...['3组12号', '5组8号', '1组3号', '12组101号'].map(house => `家住云溪县城关镇溪北村${house}`),
  ...['2幢502室', '5号楼2单元301室', '12栋1203', '3幢1单元402'].map(
    house => `住址：云溪县建设路18号阳光小区${house}`,
  ),
  ...['88号', '12号', '6-3号'].map(house => `户籍地址：云溪县溪南镇下洋村${house}`),
  ...['15号', '9号'].map(house => `被处罚人张某，住云溪县溪东乡洋尾村${house}`),
  ...['302室', '1201室'].map(house => `张某，男，云溪县溪南路8号丽景花园3幢${house}`),
  ...['东里巷5号', '中山街32号', '溪边路7弄3号'].map(house => `现居住地：云溪县城关镇${house}`),
  '申请人李某，居住地云溪县滨江大道66号江景公寓1座1801室',
  '经查，王某住于城关镇新华社区解放路23号',
]

describe('the corpus (S-PII-06, S-PII-07)', () => {
  it('finds every hidden value that has a check digit or a fixed form, and says where it stands', async () => {
    const files = hiddenFiles()
    const missed: string[] = []
    for (const { where, name, bytes, value } of files) {
      const { pieces } = await everythingIn(name, bytes)
      const found = tracesIn(pieces, plainly, new Set()).filter(
        one => one.valueHash.endsWith(` ${value}`) && one.place !== '',
      )
      if (found.length === 0) missed.push(where)
    }
    console.info(`files ${files.length}, found ${files.length - missed.length}`)
    expect(files.length).toBeGreaterThanOrEqual(40)
    expect(missed).toEqual([])
  })

  it('finds at least nine of ten homes', () => {
    const found = homes.filter(text => findPersonalData(text).some(one => one.kind === 'address'))
    console.info(`homes ${homes.length}, found ${found.length}`)
    console.info(homes.filter(text => !found.includes(text)).join('\n'))
    expect(found.length / homes.length).toBeGreaterThanOrEqual(0.9)
  })

  it('raises at most two false alarms in a hundred texts that only look alike', () => {
    const texts = innocentTexts()
    const alarms = texts.filter(text => findPersonalData(text).length > 0)
    console.info(`innocent ${texts.length}, false alarms ${alarms.length}\n${alarms.join('\n')}`)
    expect(texts.length).toBeGreaterThanOrEqual(200)
    expect(alarms.length / texts.length).toBeLessThanOrEqual(0.02)
  })

  it('proves identity numbers by their check digit: another last digit is found only where it is called one', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const right = inventedIdentity(seed)
      expect(findPersonalData(right).map(one => one.kind)).toEqual(['identity'])
      const wrong = right.slice(0, 17) + (((Number.parseInt(right[17] ?? '', 10) || 0) + 1) % 10)
      expect(findPersonalData(wrong).filter(one => one.kind === 'identity')).toEqual([])
      expect(findPersonalData(`身份证号：${wrong}`).map(one => one.certainty)).toEqual(['likely'])
    }
  })

  it('never takes a unified social credit code for a person (GB 32100)', () => {
    for (let seed = 1; seed <= 300; seed++) expect(findPersonalData(inventedCreditCode(seed))).toEqual([])
  })

  it('S-PII-05: a mask never keeps the check digit together with the date', () => {
    const [found] = findPersonalData('身份证 350128199001011231')
    expect(found?.masked).toBe('350128***********1')
    expect(findPersonalData(found?.masked ?? '')).toEqual([])
  })
})
