import { workingDaysLeft } from '#lib/working-days/clock'
import { DefinitionList } from '#ui/components/definition-list'
import { Sheet } from '#ui/components/sheet'
import { consultees } from '../clock.ts'
import { ClockTable, dueInWords } from '../clock-table.tsx'
import { letterKinds, serviceWays } from '../letters/letter.ts'
import type { Case } from '../queries.ts'
import { grounds, ruleOf } from '../reply-kinds.ts'
import { opinions, procedures, results } from '../request.ts'

/** The clock with its arithmetic, the same that the applicant sees. */
export function ClockSheet({ facts: { request, clock, calendar }, today }: { facts: Case; today: string }) {
  if (request.endedOn) return null
  if (!clock)
    return (
      <Sheet title="答复期限">
        <p>还没有确认收到，答复期限没有开始计算。</p>
      </Sheet>
    )
  const left = clock.due === null ? null : workingDaysLeft(clock.due, today, calendar)
  return (
    <Sheet title="答复期限" {...(left !== null && left < 0 ? { tone: 'late' as const } : {})}>
      <p>
        <b>{dueInWords(clock)}</b>
        {left === null
          ? ''
          : left < 0
            ? `，已经逾期 ${-left} 个工作日`
            : left === 0
              ? '，今天到期'
              : `，还有 ${left} 个工作日`}
      </p>
      <ClockTable clock={clock} />
    </Sheet>
  )
}

interface ItemsProps {
  facts: Case
  organName: (id: string) => string
  isOwn: boolean
}

/** What was asked for and decided. */
export function Items({ facts: { items, tasks, searches }, organName, isOwn }: ItemsProps) {
  return (
    <Sheet title="事项" count={items.length}>
      {items.map(item => (
        <DefinitionList
          key={item.id}
          items={[
            { term: `事项 ${item.position}`, value: item.description, wide: true },
            {
              term: '决定',
              value: isOwn && item.replyKind ? ruleOf(item.replyKind).label : isOwn ? '还没有决定' : null,
            },
            {
              term: '依据',
              value: item.ground && `${grounds[item.ground].article}：${grounds[item.ground].label}`,
            },
            { term: '理由', value: isOwn ? item.reasons || null : null, wide: true },
            ...searches
              .filter(search => search.itemId === item.id)
              .map(search => ({
                term: '检索',
                value: `${search.searchedOn} ${search.searchedBy}在${search.searchedIn}检索“${search.words}”：${search.found}`,
                wide: true,
              })),
          ]}
        />
      ))}
      {tasks.length > 0 ? (
        <ul>
          {tasks.map(task => (
            <li key={task.id}>
              <b>{organName(task.organId)}</b>：{task.task}（{task.givenOn}交办，期限{task.dueOn}）
              {task.howEnded === 'answered' ? `。答复：${task.answer}` : ''}
              {task.howEnded === 'cancelled' ? '。已取消' : ''}
            </li>
          ))}
        </ul>
      ) : null}
    </Sheet>
  )
}

/** Letters on file, opinions asked for, reviews and suits. */
export function Papers({ facts: { letters, consultations, outcomes } }: { facts: Case }) {
  if (letters.length + consultations.length + outcomes.length === 0) return null
  return (
    <Sheet title="文书、征求意见、复议和诉讼">
      <ul>
        {letters.map(letter => (
          <li key={letter.id}>
            《{letterKinds[letter.kind].label}》{letter.number}，{letter.signedOn}签发
            {letter.service
              ? `，${letter.service.on}${serviceWays[letter.service.way]}（${letter.service.proof}）`
              : '，没有登记送达'}
          </li>
        ))}
        {consultations.map(one => (
          <li key={one.id}>
            征求{consultees[one.consultee].label}“{one.name}”意见：{one.sentOn}发出
            {one.receivedOn ? `，${one.receivedOn}送达` : '，没有登记送达'}
            {one.endsOn && !one.endedOn ? `，${one.endsOn}以前可以提出意见` : ''}
            {one.answer ? `，${one.endedOn}：${opinions[one.answer]}${one.reasons}` : ''}
          </li>
        ))}
        {outcomes.map(one => (
          <li key={one.id}>
            {procedures[one.procedure]}：{one.body} {one.caseNumber}，{one.filedOn}受理，{results[one.result]}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
