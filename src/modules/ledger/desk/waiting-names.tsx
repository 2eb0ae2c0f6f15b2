import { textOf } from '#lib/forms'
import type { Organ } from '#modules/organisations'
import type { Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { StateTag } from '#ui/components/state-tag'
import { SubmitButton } from '#ui/forms'
import { isSureName } from '../actions/decide-name.ts'
import type { PrintedName } from '../names.ts'

const howTones = {
  name: 'met',
  'short-name': 'met',
  alias: 'met',
  group: 'soon',
  likely: 'soon',
  unresolved: 'late',
} as const

const howWords = {
  name: '全称',
  'short-name': '简称',
  alias: '记住的叫法',
  group: '一组单位',
  likely: '很可能',
  unresolved: '没有对上',
}

/** One line a name, one button for all of them; what the directory is sure of is chosen already. */
export function WaitingNames(props: {
  planId: string
  names: readonly PrintedName[]
  organs: readonly Organ[]
  isReview: boolean
  form: Incoming['form']
  /** What is chosen beforehand for names that the directory does not know. */
  rest: string
}) {
  const { planId, names, organs, isReview, form, rest } = props
  const rows = names.map((name, at) => ({ name, at }))
  const typed = textOf(form, 'act') === 'many'
  const asOf = ({ name, at }: (typeof rows)[number]) => {
    if (typed) return textOf(form, `as-${at}`)
    if (isChosenBefore(name)) return name.proposal.organIds.join(',')
    return name.proposal.how === 'unresolved' ? rest : ''
  }
  const unknown = names.filter(name => name.proposal.how === 'unresolved').length
  return (
    <form method="post" action={`/plan-names/${planId}`} aria-label="认定单位">
      <input type="hidden" name="act" value="many" />
      {isReview && unknown > 0 ? (
        <p>
          机构目录里没有的 {unknown} 个，可以
          {rest === 'outside' ? (
            <a href={`/plan-names/${planId}`}>都不先选</a>
          ) : (
            <a href={`/plan-names/${planId}?rest=outside`}>都先选成“不是本级政府的单位”</a>
          )}
          ，看过再按“认定选好的”：任务照文件的写法保留这些名称，不给它们生成义务。是本级单位、只是目录里没有的，请系统管理员先在机构目录里新建。
        </p>
      ) : null}
      <DataTable
        caption="确定的和很可能的已经选好；选一个机构用列表，选几个用“选几个”。没有选的留着以后认定。"
        columns={[
          {
            key: 'printed',
            head: '文件里的写法',
            cell: ({ name, at }) => (
              <>
                <input type="hidden" name={`printed-${at}`} value={name.printed} />
                <b>{name.printed}</b> <span class="text-soft">{name.tasks} 项任务</span>
              </>
            ),
          },
          {
            key: 'proposal',
            head: '目录里',
            cell: ({ name: { proposal } }) => (
              <>
                <StateTag state={howTones[proposal.how]}>{howWords[proposal.how]}</StateTag>{' '}
                <span class="text-sm text-soft">{proposal.why}</span>
              </>
            ),
          },
          ...(isReview
            ? [
                {
                  key: 'as',
                  head: '认定为',
                  cell: (row: (typeof rows)[number]) => (
                    <MeansSelect row={row} organs={organs} chosen={asOf(row)} planId={planId} />
                  ),
                },
                {
                  key: 'remember',
                  head: '以后',
                  cell: ({ name, at }: (typeof rows)[number]) =>
                    ['name', 'alias', 'group'].includes(name.proposal.how) ? null : (
                      <label class="choice whitespace-nowrap">
                        <input
                          class="checkbox"
                          type="checkbox"
                          name={`remember-${at}`}
                          value="yes"
                          checked={typed && textOf(form, `remember-${at}`) === 'yes'}
                        />
                        <span>
                          记住<span class="sr-only">“{name.printed}”这个叫法</span>
                        </span>
                      </label>
                    ),
                },
              ]
            : []),
        ]}
        rows={rows}
        rowKey={({ name }) => name.printed}
      />
      {isReview ? (
        <div class="actions my-4">
          <SubmitButton>认定选好的</SubmitButton>
        </div>
      ) : null}
    </form>
  )
}

/**
 * What one look confirms: the sure ones, the likely ones, and groups that say who belongs to them. 各有关部门 means the few
 * that are concerned, and stays for a person to choose.
 */
const isChosenBefore = (name: PrintedName): boolean =>
  isSureName(name) ||
  name.proposal.how === 'likely' ||
  (name.proposal.how === 'group' && !/有关|相关/.test(name.printed))

function MeansSelect(props: {
  row: { name: PrintedName; at: number }
  organs: readonly Organ[]
  chosen: string
  planId: string
}) {
  const { row, organs, chosen, planId } = props
  const { printed, proposal } = row.name
  const nameOf = new Map(organs.map(organ => [organ.id, organ.shortName]))
  const likely = [
    ...new Set([
      ...(proposal.organIds.length === 1 ? proposal.organIds : []),
      ...proposal.candidates.map(one => one.organId),
    ]),
  ]
  const option = (id: string) => (
    <option key={id} value={id} selected={id === chosen}>
      {nameOf.get(id) ?? ''}
    </option>
  )
  const many = proposal.organIds.length > 1 ? proposal.organIds.join(',') : null
  return (
    <div class="name-choice">
      <select class="select" name={`as-${row.at}`} aria-label={`“${printed}”认定为`}>
        <option value="">先不认定</option>
        {many ? (
          <option value={many} selected={many === chosen}>
            目录里的 {proposal.organIds.length} 个机构
          </option>
        ) : null}
        {likely.length > 0 ? <optgroup label="可能是">{likely.map(option)}</optgroup> : null}
        <option value="outside" selected={chosen === 'outside'}>
          不是本级政府的单位
        </option>
        <optgroup label="本级机构">
          {organs.filter(organ => !likely.includes(organ.id)).map(organ => option(organ.id))}
        </optgroup>
      </select>
      <a href={`/plan-names/${planId}?name=${encodeURIComponent(printed)}`}>
        选几个<span class="sr-only">：{printed}</span>
      </a>
    </div>
  )
}
