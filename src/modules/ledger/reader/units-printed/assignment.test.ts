import { describe, expect, it } from 'vitest'
import { assignmentInBracket, readAssignment } from './assignment.ts'

const said = (text: string, given: 'lead' | 'responsible' | null = null) => {
  const { lead, responsible } = readAssignment(text, 0, given)
  return [lead.map(({ name }) => name), responsible.map(({ name }) => name)]
}

describe('who leads and who helps', () => {
  it.each([
    ['财政局牵头落实', ['财政局'], []],
    ['环保局牵头，会同住建局落实', ['环保局'], ['住建局']],
    ['发展局、财政局按职责分工分别牵头落实', ['发展局', '财政局'], []],
    ['法制办牵头落实，各行政审批单位具体实施', ['法制办'], ['各行政审批单位']],
    ['牵头部门:政法处;责任部门:各业务处', ['政法处'], ['各业务处']],
    ['牵头单位：市教育局　责任单位：市财政局、市人社局', ['市教育局'], ['市财政局', '市人社局']],
    ['各部门按各自分工分别负责落实', [], ['各部门']],
    ['县市场监督管理局、县税务局等部门按职责分工负责', [], ['县市场监督管理局', '县税务局']],
    ['牵头领导：张某；责任单位：县林业局', [], ['县林业局']],
    ['市工信局会同市商务局负责', ['市工信局'], ['市商务局']],
    ['市委组织部牵头', ['市委组织部'], []],
    ['市财政局牵头，2023年6月底前完成', ['市财政局'], []],
  ])('%s', (text, lead, responsible) => expect(said(text)).toEqual([lead, responsible]))

  it('lets the words of a cell count before its column', () => {
    expect(said('政府办牵头，教体局、卫健委', 'responsible')).toEqual([['政府办'], ['教体局', '卫健委']])
    expect(said('发改委、统计局等牵头单位', 'responsible')).toEqual([['发改委', '统计局'], []])
    expect(said('发改委、统计局', 'lead')).toEqual([['发改委', '统计局'], []])
  })
})

describe('a bracket', () => {
  const behindSentence = { behind: '。', atEnd: true, endsLine: true }

  it.each([
    '以下简称《意见》',
    '2016年',
    '国办发〔2016〕19号',
    'PPP',
    '含代建项目',
    '联系电话：12345',
    '试行',
    '此件公开发布',
  ])('（%s） assigns nothing', inner => expect(assignmentInBracket(inner, 0, behindSentence)).toBeNull())

  it('assigns when units alone stand behind a sentence, and says that the role is a guess', () => {
    expect(assignmentInBracket('市发改委、市财政局', 0, behindSentence)).toMatchObject({ sure: 0.85 })
  })

  it('names an organ twice when it stands right behind its name', () => {
    expect(
      assignmentInBracket('市大数据局', 0, { behind: '报送县政务中心', atEnd: true, endsLine: true }),
    ).toBeNull()
  })
})
