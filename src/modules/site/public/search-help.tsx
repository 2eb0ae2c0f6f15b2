import { choiceAddress, isNarrowed, type ListChoice, ListSearch } from '#modules/publications'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import type { Elsewhere } from './nearby.ts'
import { type FoundLine, SearchResults } from './search-results.tsx'

/** Before anything is asked: the box, how to ask, and words that are in what is newest. */
export function NothingAsked(props: {
  path: string
  choice: ListChoice
  words: readonly string[]
  base: string
}) {
  const { path, choice, words, base } = props
  return (
    <>
      <PageHead
        title="全站搜索"
        note="查找本站公开的全部信息：政策文件、解读、通知公告、公开指南和各单位的内容。"
      />
      <ListSearch
        path={path}
        choice={choice}
        label="搜索本站公开的信息"
        hint="标题、文号或一句话"
        days
        suggestions={`${path}/suggestions`}
      />
      {choice.q ? (
        <EmptyState title={`“${choice.q}”里没有可以搜索的字词`}>请写一个词、一个文号或者一句话。</EmptyState>
      ) : null}
      <ul class="list-disc space-y-1 pl-5">
        <li>写几个关键的词，用空格隔开：结果同时包含每一个词，标题里有的排在前面。</li>
        <li>知道文号的直接写文号，“〔2026〕12号”“[2026]12号”“2026-12”都可以。</li>
        <li>知道标题的写标题，同名的文件排在最前；写拼音也可以，写错一个字会替您改正。</li>
        <li>一个词前面写“-”表示不要它；加上引号只查原样的词。</li>
      </ul>
      {words.length > 0 ? (
        <p class="mt-5 flex flex-wrap gap-x-4 gap-y-1">
          <span class="text-soft">近一年政策里常见的词：</span>
          {words.map(word => (
            <a key={word} href={`${base}/search?q=${encodeURIComponent(word)}`}>
              {word}
            </a>
          ))}
        </p>
      ) : null}
    </>
  )
}

/** Nothing has all that was asked: what is near, and what else can be done. */
export function NothingFound(props: {
  path: string
  choice: ListChoice
  base: string
  byNumber: boolean
  elsewhere: Elsewhere | null
  lines: readonly FoundLine[]
}) {
  const { path, choice, base, byNumber, elsewhere, lines } = props
  return (
    <>
      <EmptyState title={byNumber ? '本站没有这个文号的文件' : '没有同时符合全部条件的内容'}>
        <ul class="list-disc pl-5">
          {isNarrowed(choice) ? (
            <li>
              <a href={choiceAddress(path, { q: choice.q, page: 1 })}>去掉筛选条件再找</a>
            </li>
          ) : null}
          {byNumber ? (
            <li>核对年份和序号；只写“〔年份〕序号”也能查，不必写机关代字。</li>
          ) : (
            <li>换一个说法，或者少写几个词；文件名称不确定时，写里面最特别的一个词。</li>
          )}
          <li>
            从
            <a class="underline" href={`${base}/policies`}>
              政策文件库
            </a>
            按机关、主题、年份找，或者看
            <a class="underline" href={`${base}/site-map`}>
              网站地图
            </a>
            。
          </li>
          <li>
            确实没有公开的信息，可以
            <a class="underline" href={`${base}/disclosure#on-request`}>
              申请公开
            </a>
            。
          </li>
        </ul>
      </EmptyState>
      {elsewhere ? (
        <>
          <p class="mt-4 font-semibold">去掉筛选条件有 {elsewhere.total} 条：</p>
          <SearchResults lines={lines} />
        </>
      ) : null}
    </>
  )
}
