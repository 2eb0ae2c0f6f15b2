import { csvLine } from '#lib/csv'
import { channels, everybody, type ItemContent, levels, modes } from './item.ts'

/** The columns of the standard spreadsheet (R-GRS §11.2), and two of our own that may be missing. */
export const sheetColumns = {
  serial: '序号',
  domain: '领域',
  level1: '一级事项',
  level2: '二级事项',
  level3: '三级事项',
  elements: '公开内容（要素）',
  ground: '公开依据',
  limit: '公开时限',
  body: '公开主体',
  channels: '公开渠道和载体',
  everybody: '全社会',
  group: '特定群体',
  proactive: '主动',
  'on-request': '依申请',
  county: '县级',
  township: '乡级',
  village: '村级',
  code: '法定类别',
  place: '网站位置',
} as const
export type SheetColumn = keyof typeof sheetColumns

/** The table in the columns of the standard, heads first; the import takes it back as it is. */
export function tableOf(items: readonly ItemContent[]): string[][] {
  const columns = Object.keys(sheetColumns) as SheetColumn[]
  const yes = (is: boolean) => (is ? '√' : '')
  const rows = items.map((item, index) => {
    const cells: Record<SheetColumn, string> = {
      serial: String(index + 1),
      domain: item.domain,
      level1: item.level1,
      level2: item.level2,
      level3: item.level3,
      elements: item.elements,
      ground: item.ground,
      limit: item.limit,
      body: item.body,
      channels: item.channels.map(code => `■${channels[code]}`).join(' '),
      everybody: yes(item.audience === everybody),
      group: item.audience === everybody ? '' : item.audience,
      proactive: yes(item.mode === 'proactive'),
      'on-request': yes(item.mode === 'on-request'),
      county: yes(item.levels.includes('county')),
      township: yes(item.levels.includes('township')),
      village: yes(item.levels.includes('village')),
      code: item.code,
      place: item.place,
    }
    return columns.map(column => cells[column])
  })
  return [columns.map(column => sheetColumns[column]), ...rows]
}

export const sheetOf = (items: readonly ItemContent[]): string =>
  `\uFEFF${tableOf(items).map(csvLine).join('')}`

export const modeWords = (item: Pick<ItemContent, 'mode'>) => `${modes[item.mode]}公开`
export const levelWords = (item: Pick<ItemContent, 'levels'>) =>
  item.levels.map(level => levels[level]).join('、')
export const channelWords = (item: Pick<ItemContent, 'channels'>) =>
  item.channels.map(code => channels[code]).join('、')
