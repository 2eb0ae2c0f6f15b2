import { describe, expect, it } from 'vitest'
import { documentKind, genreOf } from './document-kind.ts'

const kindOf = (title: string | null, docNo: string | null = null) => documentKind({ title, docNo })

describe('what a document is filed as', () => {
  it.each([
    ['云溪县停车管理办法', '云政规〔2024〕3号', 'normative-document'],
    ['关于调整水价的通知', '云政办规字〔2021〕1号', 'normative-document'],
    ['关于做好防汛工作的通知', '云政发〔2024〕3号', 'policy'],
    ['关于明确口岸限定区域的通告', '云政综〔2018〕6号', 'policy'],
    ['云溪县人民政府令', '云溪县人民政府令第12号', 'policy'],
    ['2026年政务公开工作要点', null, 'policy'],
    ['关于停水的公告', null, 'notice'],
    ['拟录用人员名单', null, 'notice'],
    ['2026年重点工作落实情况', null, 'notice'],
    [null, null, 'policy'],
  ])('%s, %s: %s', (title, docNo, kind) => {
    expect(kindOf(title, docNo).kind).toBe(kind)
  })

  it('a number that says 规 leaves no doubt (R-NOR-10); rules without it do, those only carried out do not', () => {
    expect(kindOf('停车管理办法', '云政规〔2024〕3号').doubts).toEqual([])
    expect(kindOf('云溪县停车管理办法（试行）', '云政发〔2024〕3号').doubts[0]?.why).toContain(
      '--kind normative-document',
    )
    expect(kindOf('关于印发《停车管理办法》的通知', '云政发〔2024〕3号').doubts).toHaveLength(1)
    expect(kindOf('关于贯彻落实《停车管理办法》的通知', '云政发〔2024〕3号').doubts).toEqual([])
  })

  it('a document without title and number is asked about', () => {
    expect(kindOf(null).doubts[0]).toMatchObject({ field: 'kind' })
  })

  it('a notice says which: announcement, publicity or news', () => {
    expect(kindOf('关于停水的公告').noticeType).toBe('announcement')
    expect(kindOf('拟录用人员公示').noticeType).toBe('publicity')
    expect(kindOf('重点工作落实情况').noticeType).toBe('dynamics')
  })

  it('the genre is the word the title ends with (S-GWG-23)', () => {
    expect(genreOf('关于做好防汛工作的通知')).toBe('通知')
    expect(genreOf('停车管理办法（试行）')).toBe('办法')
    expect(genreOf('通知书样本')).toBeNull()
    expect(genreOf(null)).toBeNull()
  })
})
