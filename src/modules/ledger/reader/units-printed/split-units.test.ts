import { describe, expect, it } from 'vitest'
import { splitUnits } from './split-units.ts'

const names = (list: string) => splitUnits(list).map(({ name }) => name)

describe('a printed list of units', () => {
  it.each([
    ['各乡镇人民政府、开发区管委会', ['各乡镇人民政府', '开发区管委会']],
    ['区自然资源与生态环境局', ['区自然资源与生态环境局']],
    ['市住房和城乡建设局、市文化和旅游局', ['市住房和城乡建设局', '市文化和旅游局']],
    ['县委宣传部和县融媒体中心', ['县委宣传部', '县融媒体中心']],
    ['市教育局和市体育局', ['市教育局', '市体育局']],
    ['税务局、经信局等县直有关单位', ['税务局', '经信局', '县直有关单位']],
    ['市公安局、市民政局等部门', ['市公安局', '市民政局']],
    ['市高等教育中心', ['市高等教育中心']],
    ['各市、县（区）人民政府', ['各市、县（区）人民政府']],
    ['各县（市、区）政府，市直各部门', ['各县（市、区）政府', '市直各部门']],
    ['市卫健委（市疾控局）；市医保局', ['市卫健委（市疾控局）', '市医保局']],
    ['县发改局会同县财政局', ['县发改局', '县财政局']],
    ['市直有关部门和单位', ['市直有关部门和单位']],
    ['省财政厅\n省税务局', ['省财政厅', '省税务局']],
    ['县政府办 县司法局', ['县政府办', '县司法局']],
    ['党工委、管委会', ['党工委', '管委会']],
    ['由市数据局', ['市数据局']],
    ['无', []],
  ])('%s', (list, expected) => expect(names(list)).toEqual(expected))

  it('tells where each name stands, and which of them does not look like one', () => {
    const list = '市财政局、加快推动'
    const found = splitUnits(list, 100)
    expect(found.map(({ start, end }) => list.slice(start - 100, end - 100))).toEqual([
      '市财政局',
      '加快推动',
    ])
    expect(found[0]?.why).toBeNull()
    expect(found[1]?.why).toContain('不像机构名称')
  })
})
