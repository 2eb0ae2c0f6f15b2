import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recogniseDocument } from './recognise.ts'
import type { Recognised, RecognisedField } from './recognised.ts'

/** What the documents state: names, numbers and dates only. A field left out here is null and has a doubt. */
type Stated = Partial<Pick<Recognised, 'title' | 'issuer' | 'docNo' | 'signedOn' | 'publishedOn'>>

const PINGTAN = '平潭综合实验区管委会'
const EXPECTED: Record<string, Stated> = {
  '000_9e2edd16e7dfae54.txt': { title: '2016年政务公开工作要点', publishedOn: '2016-07-18' },
  '001_44e0b76ec9bce514.txt': {
    title: '霍邱县2023年度政务公开重点工作清单落实情况',
    publishedOn: '2023-05-31',
  },
  '002_05a55d9ced5bcbe1.txt': {},
  '003_743cd3ee2a831a67.txt': {
    title: '益阳市人民政府办公室关于印发《2017年全市政务公开政务服务工作要点》的通知',
    issuer: '益阳市人民政府办公室',
    docNo: '益政办函〔2017〕19号',
    signedOn: '2017-03-10',
    publishedOn: '2017-03-22',
  },
  '004_da1efe1476e143d0.txt': {
    title: '临夏回族自治州人民政府办公室关于贯彻落实《〈全面推进政务公开工作的意见〉实施细则》的通知',
    issuer: '临夏回族自治州人民政府办公室',
    signedOn: '2017-10-13',
    publishedOn: '2017-11-28',
  },
  'q01-feizhi-diandongche.txt': {
    title: '平潭县人民政府关于废止《平潭县人民政府关于加强电动自行车安全管理的通告》的通知',
    issuer: '平潭县人民政府',
    docNo: '岚政综〔2023〕26号',
    signedOn: '2023-08-21',
  },
  'q02-feizhi-chanyeyuan.txt': {
    title: `${PINGTAN}关于废止《${PINGTAN}关于印发〈平潭综合实验区促进新兴产业园区综合开发措施（试行）〉的通知》的决定`,
    issuer: PINGTAN,
    docNo: '岚综管规〔2024〕8号',
    signedOn: '2024-10-15',
  },
  'q03-zhigong-yibao-excerpt.txt': {
    title: `${PINGTAN}关于调整实验区城镇职工基本医疗保险有关政策的通知`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2020〕59号',
    signedOn: '2020-07-20',
  },
  'q04-gongjiao-butie-excerpt.txt': {
    title: `${PINGTAN}关于印发《平潭综合实验区城市公交财政补贴管理办法》的通知`,
    issuer: PINGTAN,
    docNo: '岚综管规〔2022〕12号',
    signedOn: '2022-05-06',
  },
  'q05-jicai-mulu-excerpt.txt': {
    title: `${PINGTAN}关于印发《平潭综合实验区政府集中采购目录及限额标准》的通知`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2021〕35号',
    signedOn: '2021-04-28',
  },
  'q06-yanglao-xiuding.txt': {
    title: `${PINGTAN}关于修订《平潭综合实验区进一步推动养老服务业发展的实施意见》的通知`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2021〕42号',
    signedOn: '2021-05-14',
  },
  'q07-kouan-tonggao-excerpt.txt': {
    title: `${PINGTAN}关于明确平潭金井港区口岸限定区域范围和监管措施的通告`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2018〕136号',
    signedOn: '2018-10-08',
  },
  'q08-feizhi-dixingtu.txt': {
    title: `${PINGTAN}关于废止《关于福州（平潭）综合实验区基础地形图统一供图的通知》的通知`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2018〕43号',
    signedOn: '2018-04-08',
    publishedOn: '2018-04-08',
  },
  'q09-feizhi-guihua-xize.txt': {
    title: `${PINGTAN}关于废止《平潭综合实验区办公建筑和商业建筑规划管理实施细则》的通知`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2017〕117号',
    signedOn: '2017-05-18',
    publishedOn: '2017-05-18',
  },
  'q10-fangdichan-excerpt.txt': {
    title: `${PINGTAN}关于加强精准调控稳定房地产市场的通知`,
    issuer: PINGTAN,
    docNo: '岚综管综〔2018〕101号',
    signedOn: '2018-08-07',
  },
}

const IN_FORCE: Record<string, [effectiveFrom: string | null, validUntil: string | null]> = {
  'q03-zhigong-yibao-excerpt.txt': ['2020-08-01', null],
  'q04-gongjiao-butie-excerpt.txt': ['2022-05-06', '2027-05-05'],
  'q05-jicai-mulu-excerpt.txt': ['2021-04-28', null],
  'q08-feizhi-dixingtu.txt': ['2018-04-08', null],
  'q09-feizhi-guihua-xize.txt': [null, null],
  'q10-fangdichan-excerpt.txt': ['2018-08-07', null],
}

type Related = {
  repeals?: [docNo: string, from: string][]
  amends?: [docNo: string, from: string][]
  cites?: string[]
}

/** What the documents do to others; a document left out here names none. */
const RELATED: Record<string, Related> = {
  '003_743cd3ee2a831a67.txt': { cites: ['中办发〔2016〕8号', '湘办发〔2016〕41号'] },
  '004_da1efe1476e143d0.txt': { cites: ['甘政发〔2017〕4号', '甘政办发〔2015〕1号'] },
  'q01-feizhi-diandongche.txt': { repeals: [['岚政综〔2019〕59号', '2023-08-21']] },
  'q02-feizhi-chanyeyuan.txt': { repeals: [['岚综管规〔2022〕11号', '2024-10-15']] },
  'q04-gongjiao-butie-excerpt.txt': { cites: ['国发〔2012〕64号', '交通运输部令2017年第5号'] },
  'q05-jicai-mulu-excerpt.txt': {
    repeals: [['岚综管综〔2019〕45号', '2021-04-28']],
    cites: ['财库〔2019〕69号', '闽财购函〔2021〕2号'],
  },
  'q06-yanglao-xiuding.txt': { amends: [['岚综管综〔2020〕139号', '2021-05-14']] },
  'q08-feizhi-dixingtu.txt': {
    repeals: [['榕（岚）综实管〔2010〕2号', '2018-04-08']],
    cites: ['国发〔2016〕34号'],
  },
  'q09-feizhi-guihua-xize.txt': {
    repeals: [['闽岚综实管综〔2014〕142号', '2017-05-18']],
    cites: ['闽建规〔2017〕1号'],
  },
  'q10-fangdichan-excerpt.txt': { cites: ['闽建房函〔2018〕33号', '闽政办〔2018〕34号'] },
}

const SITE_WORDS =
  /发布(?:时间|日期)\s*[:：]|来源\s*[:：]|浏览次数|字体\s*[:：]|打印页面|扫一扫|当前位置|网站首页|主办\s*[:：]|承办(?:单位)?\s*[:：]|ICP备|网站标识码|版权所有|文件下载/

const folder = process.env.REAL_DOCUMENTS
const title = folder ? 'recognise: real documents' : 'recognise: real documents (skipped: no ../shared)'

describe.skipIf(!folder)(title, () => {
  const files = folder
    ? ['seeds', 'samples/policies'].flatMap(part =>
        readdirSync(join(folder, part)).map(name => join(folder, part, name)),
      )
    : []

  it('knows every document in the folders', () => {
    expect(files.map(file => basename(file)).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  it.each(files.map(file => [basename(file), file] as const))(
    '%s: what it states is right, the rest is a doubt',
    (name, file) => {
      const text = readFileSync(file, 'utf8')
      const [found] = recogniseDocument(name, { form: 'text', format: 'text', text, doubts: [] })
      if (!found) throw new Error(name)
      const expected = EXPECTED[name] ?? {}
      for (const field of [
        'title',
        'issuer',
        'docNo',
        'signedOn',
        'publishedOn',
      ] satisfies RecognisedField[]) {
        expect(found[field], field).toBe(expected[field] ?? null)
        if (found[field] === null)
          expect(
            found.doubts.some(doubt => doubt.field === field),
            field,
          ).toBe(true)
      }
      const inForce = IN_FORCE[name]
      if (inForce) expect([found.effectiveFrom, found.validUntil]).toEqual(inForce)
      const related = RELATED[name] ?? {}
      const inShort = (list: readonly { docNo: string | null; from: string | null }[]) =>
        list.map(({ docNo, from }) => [docNo, from])
      expect(inShort(found.repeals)).toEqual(related.repeals ?? [])
      expect(inShort(found.amends)).toEqual(related.amends ?? [])
      expect(found.cites).toEqual(related.cites ?? [])
      expect(found.bodyText.length).toBeGreaterThan(100)
      // Compared as a boolean: a failure must not print the document.
      expect(SITE_WORDS.test(found.bodyText)).toBe(false)
      expect(SITE_WORDS.test(found.bodyHtml)).toBe(false)
    },
  )
})
