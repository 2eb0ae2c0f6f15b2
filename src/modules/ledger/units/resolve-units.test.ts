import { describe, expect, it } from 'vitest'
import { type KnownOrgan, resolveUnits } from './resolve-units.ts'

const organ = (id: string, name: string, more: Partial<KnownOrgan> = {}): KnownOrgan => ({
  id,
  names: [name],
  shortNames: [],
  aliases: [],
  level: 'county',
  parentId: 'gov',
  kind: 'department',
  ...more,
})

const organs: KnownOrgan[] = [
  organ('gov', '云溪县人民政府', { kind: 'government', parentId: null }),
  organ('office', '云溪县人民政府办公室', {
    kind: 'office',
    shortNames: ['县政府办'],
    aliases: ['县政务公开办'],
  }),
  organ('ndrc', '云溪县发展和改革委员会'),
  organ('fin', '云溪县财政局'),
  organ('edu', '云溪县教育和体育局'),
  organ('hr', '云溪县人力资源和社会保障局'),
  organ('house', '云溪县住房和城乡建设局'),
  organ('health', '云溪县卫生健康委员会'),
  organ('market', '云溪县市场监督管理局'),
  organ('land', '云溪县自然资源和规划局'),
  organ('east', '东溪镇人民政府', { kind: 'township', level: 'township' }),
  organ('west', '西溪乡人民政府', { kind: 'township', level: 'township' }),
  organ('zone', '云溪经济开发区管理委员会', { kind: 'development-zone' }),
]
const resolve = (name: string) => resolveUnits([name], organs, 'gov')[0]

describe('printed names become organs of the directory', () => {
  it.each([
    ['云溪县财政局', 'fin', 'name'],
    ['县财政局', 'fin', 'short-name'],
    ['财政局', 'fin', 'short-name'],
    ['县政务公开办', 'office', 'alias'],
    ['县政府办', 'office', 'short-name'],
    ['县政府办公室', 'office', 'short-name'],
    ['县发改委', 'ndrc', 'short-name'],
    ['县发展改革委', 'ndrc', 'short-name'],
    ['教体局', 'edu', 'short-name'],
    ['县人社局', 'hr', 'short-name'],
    ['住建局', 'house', 'short-name'],
    ['县卫健委（县疾控局）', 'health', 'short-name'],
    ['市场监管局', 'market', 'short-name'],
    ['自然资源和规划局', 'land', 'short-name'],
    ['东溪镇政府', 'east', 'short-name'],
  ])('%s', (name, id, how) => {
    expect(resolve(name)).toMatchObject({ printed: name, organIds: [id], how })
  })

  it.each([
    ['各乡镇人民政府', ['east', 'west']],
    ['各乡镇（街道）', ['east', 'west']],
    ['开发区管委会', ['zone']],
  ])('%s stands for many', (name, ids) => {
    expect(resolve(name)).toMatchObject({ organIds: ids, how: 'group' })
  })

  it('takes the departments of the government for 县直各部门', () => {
    expect(resolve('县直各部门')?.organIds).toContain('fin')
    expect(resolve('县直各部门')?.organIds).not.toContain('east')
    expect(resolve('各有关部门')?.how).toBe('group')
  })

  it('leaves open what it does not know, and says what it may be', () => {
    expect(resolve('县粮食和物资储备局')).toMatchObject({ organIds: [], how: 'unresolved' })
    expect(resolve('教育局')?.candidates.map(({ organId }) => organId)).toContain('edu')
  })

  it.each([
    ['县卫健局', 'health'],
    ['发展改革局', 'ndrc'],
  ])('%s: only one organ has this work, under another kind of office: proposed, never sure', (name, id) => {
    expect(resolve(name)).toMatchObject({ organIds: [id], how: 'likely' })
  })

  it('a bracket that was never closed hides nothing', () => {
    expect(resolve('县政府办（政务公开办')).toMatchObject({ organIds: ['office'] })
  })

  it('puts what shares the most words first', () => {
    expect(resolve('自然资源规划和林业局')?.candidates[0]?.organId).toBe('land')
  })

  it('never chooses between two that fit', () => {
    const two = [...organs, organ('fin2', '云溪县财政局', { parentId: 'zone' })]
    expect(resolveUnits(['云溪县财政局'], two, 'gov')[0]).toMatchObject({
      how: 'unresolved',
      candidates: [{ organId: 'fin' }, { organId: 'fin2' }],
    })
  })

  it('answers for each name in its place', () => {
    expect(resolveUnits(['财政局', '无此局', '教体局'], organs, 'gov').map(({ printed }) => printed)).toEqual(
      ['财政局', '无此局', '教体局'],
    )
  })
})
