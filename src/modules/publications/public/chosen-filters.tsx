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
      {chosen.flatMap(name =>
        partsOf(name, choice).map(({ value, without }) => (
          <li key={`${name}-${value}`}>
            <a class="tag tag-info" href={choiceAddress(path, choice, { [name]: without })}>
              <span class="sr-only">取消：</span>
              {labels[name](words[name] ?? value)} <span aria-hidden="true">×</span>
            </a>
          </li>
        )),
      )}
      <li>
        <a href={choiceAddress(path, { q: choice.q, sort: choice.sort, page: 1 })}>清除全部条件</a>
      </li>
    </ul>
  )
}

/** A choice is given up as a whole; of the words searched for within the results each by itself. */
function partsOf(name: ChoiceName, choice: ListChoice): { value: string; without: string | undefined }[] {
  const whole = choice[name] ?? ''
  if (name !== 'within') return [{ value: whole, without: undefined }]
  const parts = [...new Set(whole.split(/\s+/))]
  return parts.map(value => ({ value, without: parts.filter(part => part !== value).join(' ') || undefined }))
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
  on: value => `有效性按${inChinese(value)}`,
  archive: () => '不含历史存量',
  sort: plain,
}
