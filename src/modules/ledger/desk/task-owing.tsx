import { DueDay, type DutyRow, StandingTag } from '#modules/duties'
import { DataTable } from '#ui/components/data-table'
import { Sheet } from '#ui/components/sheet'
import { type Due, isStill, type TaskUnit } from '../owing-queries.ts'
import { everyWords, unitRoles } from '../task.ts'

/** Who owes a task, from which day to which. */
export function TaskUnits({ units }: { units: readonly TaskUnit[] }) {
  return (
    <DataTable
      caption={`单位 · ${units.filter(isStill).length}`}
      columns={[
        { key: 'role', head: '责任', cell: unit => unitRoles[unit.role] },
        { key: 'organ', head: '机构', cell: unit => unit.organName ?? '不是本级政府的单位' },
        { key: 'printed', head: '文件里的写法' },
        { key: 'from', head: '从', cell: unit => unit.fromOn },
        {
          key: 'until',
          head: '到',
          cell: unit => (unit.untilOn ? `${unit.untilOn}：${unit.reason ?? ''}` : (unit.reason ?? '现在')),
        },
      ]}
      rows={units}
      rowKey={unit => unit.id}
      empty={<p>文件没有写单位。</p>}
    />
  )
}

/** The deadlines of a task, and the duty that each unit has by them. */
export function TaskDues(props: { dues: readonly Due[]; duties: readonly DutyRow[]; now: Date }) {
  const { dues, duties, now } = props
  return (
    <Sheet title="期限和义务" count={duties.length}>
      <ul>
        {dues.map(due => (
          <li key={due.id}>
            {due.text}
            {due.dueOn
              ? `：${due.dueOn}`
              : due.every
                ? `：${everyWords[due.every]}`
                : '：没有确定的日期，不生成义务'}
          </li>
        ))}
      </ul>
      {duties.length > 0 ? (
        <DataTable
          caption="每个单位的义务（点开看期限怎样算）"
          columns={[
            { key: 'organ', head: '单位', cell: duty => duty.organName },
            { key: 'title', head: '义务', cell: duty => <a href={`/duties/${duty.id}`}>{duty.title}</a> },
            { key: 'due', head: '到期日', cell: duty => <DueDay duty={duty} /> },
            { key: 'standing', head: '状态', cell: duty => <StandingTag duty={duty} now={now} /> },
          ]}
          rows={duties}
          rowKey={duty => duty.id}
        />
      ) : null}
    </Sheet>
  )
}
