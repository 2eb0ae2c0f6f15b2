import { describe, expect, it } from 'vitest'
import { type Answers, determine, suggestAnswers, suggestExclusion } from './definition.ts'

const all: Answers = {
  maker: 'yes',
  rights: 'yes',
  general: 'yes',
  repeated: 'yes',
  exclusion: 'none',
  market: 'no',
}

describe('definition check', () => {
  it('R-NOR-01: with all four elements a draft is a normative document', () => {
    expect(determine(all).outcome).toBe('normative')
  })

  it.each(['maker', 'rights', 'general', 'repeated'] as const)(
    'R-NOR-01: without the element %s it is none, and the reason names it',
    name => {
      const found = determine({ ...all, [name]: 'no' })
      expect(found).toMatchObject({ outcome: 'not-normative', rules: ['R-NOR-01'] })
      expect(found.reason).toContain('缺少要素')
    },
  )

  it('R-NOR-01: who is not sure leaves it to the legality officer', () => {
    expect(determine({ ...all, general: 'unsure' }).outcome).toBe('needs-decision')
  })

  it('R-NOR-02: what is excluded is none; a plan that has every element is looked at', () => {
    expect(determine({ ...all, rights: 'no', exclusion: 'minutes' })).toMatchObject({
      outcome: 'not-normative',
      rules: ['R-NOR-02'],
    })
    expect(determine({ ...all, exclusion: 'plan' }).outcome).toBe('needs-decision')
    expect(determine({ ...all, exclusion: 'higher' }).outcome).toBe('not-normative')
  })

  it.each([
    ['云溪县人民政府第12次常务会议纪要', null, 'minutes'],
    ['关于表彰2026年度先进集体的决定', '决定', 'praise'],
    ['关于林某等同志任免职的通知', '通知', 'personnel'],
    ['关于印发《云溪县防汛工作方案》的通知', '通知', 'plan'],
    ['关于请求增加经费的请示', null, 'report'],
    ['关于成立水库移民工作领导小组的通知', '通知', 'staffing'],
    ['关于同意云溪镇总体规划的批复', '批复', 'specific-case'],
    ['关于印发机关财务管理制度的通知', '通知', 'internal'],
    ['县政府工作规则', '规定', 'work-rules'],
  ] as const)('R-NOR-02: “%s” is suggested as %s %s', (title, genre, exclusion) => {
    expect(suggestExclusion(title, genre)).toMatchObject({ exclusion, rule: 'R-NOR-02' })
  })

  it.each([
    ['云溪县农村供水管护办法', '办法'],
    ['关于印发《云溪县促进中小企业发展若干规定》的通知', '通知'],
    ['云溪县人民政府关于划定禁止燃放烟花爆竹区域的通告', '通告'],
  ] as const)('R-NOR-01: nothing speaks against “%s”', (title, genre) => {
    expect(suggestExclusion(title, genre)).toBeNull()
    expect(determine(suggestAnswers(title, genre).answers).outcome).toBe('normative')
  })

  it('R-DEC-24: a title about enterprises suggests that operators are concerned', () => {
    expect(suggestAnswers('云溪县中小企业奖补办法', '办法').answers.market).toBe('yes')
    expect(suggestAnswers('云溪县农村供水管护办法', '办法').answers.market).toBe('no')
  })
})
