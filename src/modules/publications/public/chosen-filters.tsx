import { inChinese } from '#lib/beijing-time'
import { type ChoiceName, choiceAddress, type ListChoice, narrowing } from './list-choice.ts'

/**
 * What narrows a list, each with the way to give it up: what a filter panel cannot show (dates, words, a column) and, on a
 * phone, where the panel stands below, everything else.
 */
export function ChosenFilters(props: {
  path: string
  choice: ListChoice
  /** Names of values as the reader knows them. */
  words?: { [name in ChoiceName]?: string | undefined }
}) {
  const { path, choice, words = {} } = props
  const chosen = narrowing(choice)
  if (chosen.length === 0) return null
  return (
    <ul class="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm" aria-label="已选条件">
      {chosen.map(name => (
        <li key={name}>
          <a class="tag tag-info" href={choiceAddress(path, choice, { [name]: undefined })}>
            <span class="sr-only">取消：</span>
            {labels[name](words[name] ?? choice[name] ?? '')} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      <li>
        <a href={choiceAddress(path, { q: choice.q, sort: choice.sort, page: 1 })}>清除全部条件</a>
      </li>
    </ul>
  )
}

const plain = (value: string) => value
const labels: Record<ChoiceName, (value: string) => string> = {
  q: plain,
  within: value => `同时包含“${value}”`,
  column: value => `栏目：${value}`,
  kind: plain,
  organ: plain,
  theme: plain,
  genre: plain,
  form: plain,
  validity: plain,
  year: value => `${value}年`,
  from: value => `${inChinese(value)}起`,
  to: value => `到 ${inChinese(value)}`,
  archive: () => '不含历史存量',
  sort: plain,
}
