import { DefinitionList } from '#ui/components/definition-list'
import { type ItemContent, type StatutoryCode, statutory } from './item.ts'
import { channelWords, levelWords, modeWords } from './write-sheet.ts'

/** What the catalogue says of an item, with the heads of the standard sheet. */
export function ItemFacts({ content }: { content: ItemContent }) {
  return (
    <DefinitionList
      items={[
        { term: '公开内容', value: content.elements, wide: true },
        { term: '公开依据', value: content.ground, wide: true },
        { term: '公开时限', value: content.limit },
        { term: '公开主体', value: content.body },
        { term: '公开渠道和载体', value: channelWords(content), wide: true },
        { term: '公开对象', value: content.audience },
        { term: '公开方式', value: modeWords(content) },
        { term: '公开层级', value: levelWords(content) },
        { term: '法定类别', value: content.code ? statutory[content.code as StatutoryCode] : '' },
      ]}
    />
  )
}
