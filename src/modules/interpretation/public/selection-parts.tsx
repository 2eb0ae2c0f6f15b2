import { inChinese } from '#lib/beijing-time'
import type { Listed } from '#modules/publications'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { SectionHead } from '#ui/components/section-head'
import { StateTag } from '#ui/components/state-tag'
import { PostButton } from '#ui/forms'
import { formWord } from '../forms.ts'
import { markOf, type Round } from '../selection.ts'
import type { Nomination } from '../selection-queries.ts'
import { interpreterInWords } from '../who.ts'

export const home = '/interpretations/selections'

interface Shown {
  round: Round
  nominations: readonly Nomination[]
  items: ReadonlyMap<string, Listed>
  base: string
}

export function Ballot({ round, nominations, items, base, isVoting }: Shown & { isVoting: boolean }) {
  const standing = nominations.filter(one => items.has(one.publicationId))
  if (standing.length === 0) return <EmptyState title="没有提名的解读">等有提名以后再来投票。</EmptyState>
  return (
    <>
      <p class="text-soft">
        {isVoting
          ? '不用登录。同一个网络地址每天可以给每篇投一票，票数在结果公布时一起公布。'
          : '投票已经截止，评委评分以后公布结果。'}
      </p>
      <ul class="mt-4">
        {standing.map(one => {
          const item = items.get(one.publicationId)
          return item ? (
            <li key={one.id} class="border-b border-line py-4">
              <Title item={item} base={base} />
              <p>推荐理由：{one.reason}</p>
              {isVoting ? (
                <PostButton
                  action={`${base}${home}/${round.year}`}
                  label={`投“${item.title}”一票`}
                  hidden={{ nomination: one.id }}
                  small
                />
              ) : null}
            </li>
          ) : null
        })}
      </ul>
    </>
  )
}

function Title({ item, base }: { item: Listed; base: string }) {
  return (
    <p>
      <a class="underline" href={base + item.address}>
        {item.title}
      </a>{' '}
      <span class="text-soft">
        {formWord(item.fields.form)} · {interpreterInWords(item.fields, item.organName)}
      </span>
    </p>
  )
}

/** What has left since is counted, and not named. */
const nameOf = (item: Listed | undefined) => item?.title ?? '（已停止公开的一篇）'

export function Results({ round, nominations, items, base }: Shown) {
  return (
    <>
      <DataTable
        caption={`${round.year}年评选结果`}
        columns={[
          { key: 'place', head: '名次', figures: true, cell: one => one.result?.place ?? '—' },
          {
            key: 'title',
            head: '解读',
            cell: one => {
              const item = items.get(one.publicationId)
              return (
                <>
                  {item ? <Title item={item} base={base} /> : nameOf(item)}
                  {one.result?.isChosen ? <StateTag state="met">{markOf(round.year)}</StateTag> : null}
                </>
              )
            },
          },
          {
            key: 'jury',
            head: '评委分',
            figures: true,
            cell: one => <a href={`#n-${one.id}`}>{one.result?.juryPoints}</a>,
          },
          {
            key: 'votes',
            head: '读者票',
            figures: true,
            cell: one => <a href={`#n-${one.id}`}>{one.result?.votes}</a>,
          },
          {
            key: 'total',
            head: '总分',
            figures: true,
            cell: one => <a href={`#n-${one.id}`}>{one.result?.total}</a>,
          },
        ]}
        rows={nominations}
        rowKey={one => one.id}
      />
      <SectionHead title="这些数是怎么来的" />
      {nominations.map(one => (
        <Arithmetic key={one.id} one={one} round={round} name={nameOf(items.get(one.publicationId))} />
      ))}
    </>
  )
}

function Arithmetic({ one, round, name }: { one: Nomination; round: Round; name: string }) {
  const { result } = one
  if (!result) return null
  const weights = round.juryWeight + round.readerWeight
  return (
    <section id={`n-${one.id}`} class="mt-4">
      <h3 class="font-bold">{name}</h3>
      <ul class="list-disc pl-6">
        <li>
          评委分 {result.juryPoints}：
          {one.judged.length === 0
            ? '没有评委评分'
            : `${one.judged.map((score, index) => `评委${index + 1} ${score.score} 分`).join('，')}，取平均`}
        </li>
        <li>
          读者分 {result.readerPoints}：{result.votes} 票，除以最高票数再乘 100
          {one.votesByDay.length > 0
            ? `（${one.votesByDay.map(({ day, count }) => `${inChinese(day)} ${count} 票`).join('，')}）`
            : ''}
        </li>
        <li>
          总分 {result.total}：（{result.juryPoints} × {round.juryWeight} + {result.readerPoints} ×{' '}
          {round.readerWeight}）÷ {weights}
        </li>
        {one.judged
          .filter(score => score.comment)
          .map(score => (
            <li key={score.jurorId}>评语：{score.comment}</li>
          ))}
      </ul>
    </section>
  )
}
