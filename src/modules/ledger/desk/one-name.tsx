import type { Organ } from '#modules/organisations'
import { Sheet } from '#ui/components/sheet'
import { Actions, CheckboxField, CheckboxList, Form, HiddenField, RadioList } from '#ui/forms'
import type { PrintedName } from '../names.ts'

/** One name that means several organs, or whose proposal is to be looked at closely. */
export function OneName(props: { planId: string; name: PrintedName; organs: readonly Organ[] }) {
  const { name, organs } = props
  const { proposal } = name
  const proposed = new Set(proposal.organIds)
  const first = new Set([...proposal.organIds, ...proposal.candidates.map(one => one.organId)])
  const why = new Map(proposal.candidates.map(one => [one.organId, one.why]))
  const ordered = [...organs.filter(one => first.has(one.id)), ...organs.filter(one => !first.has(one.id))]
  return (
    <Sheet title={`“${name.printed}”指哪些机构`}>
      <p class="text-soft">{proposal.why}</p>
      <Form
        action={`/plan-names/${props.planId}`}
        id="one-name"
        label={`认定“${name.printed}”`}
        values={{ means: 'organs' }}
      >
        <HiddenField name="printed" value={name.printed} />
        <RadioList
          name="means"
          label="它指"
          options={[
            { value: 'organs', label: '下面选中的机构（可以选几个）' },
            { value: 'outside', label: '不是本级政府的单位（例如上级部门、垂直管理单位）' },
          ]}
        />
        <CheckboxList
          name="organIds"
          label="机构"
          values={[...proposed]}
          options={ordered.map(organ => ({
            value: organ.id,
            label: organ.shortName === organ.name ? organ.name : `${organ.shortName}（${organ.name}）`,
            hint: why.get(organ.id),
          }))}
        />
        {proposal.how === 'name' || proposal.how === 'alias' ? null : (
          <CheckboxField name="remember" label="记住这个叫法：以后读到它就认作这个机构（只选了一个机构时）" />
        )}
        <Actions primary="认定" cancel={{ label: '返回', href: `/plan-names/${props.planId}` }} />
      </Form>
    </Sheet>
  )
}
