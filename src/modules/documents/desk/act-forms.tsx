import type { ComponentChildren } from 'preact'
import type { FormErrors, RawForm } from '#lib/forms'
import { OpinionPoints, type Review } from '#modules/normative'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  CheckboxField,
  CheckboxList,
  DateField,
  FileField,
  Form,
  HiddenField,
  type Option,
  RadioList,
  SelectField,
  TextArea,
  TextField,
} from '#ui/forms'
import { acts, type DocumentAct } from '../acts.ts'
import { type Document, grounds, legalities, materialTypes, opennesses, returnReasons } from '../document.ts'
import type { Obstacle } from '../guards.ts'
import type { Family } from '../list-queries.ts'

const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

export interface ActFormsProps {
  document: Document
  draftRevision: number
  offered: readonly { act: DocumentAct; obstacle: Obstacle | null }[]
  families: readonly Family[]
  organs: readonly Option[]
  coOrganIds: readonly string[]
  /** Which review this person gives an opinion on. */
  reviewKind: Review['kind']
  /** The form that was refused, with what was typed. */
  failed: { act: string; raw: RawForm; errors: FormErrors } | null
}

/** What this person may do now, each with its form; and what he may not, with why. */
export function ActForms(props: ActFormsProps) {
  const open = props.offered.filter(one => one.obstacle === null)
  const closed = props.offered.filter(one => one.obstacle !== null)
  return (
    <>
      <Sheet title="现在可以做的" count={open.length}>
        {open.length === 0 ? <p>现在轮不到您办理。</p> : null}
        {open.map(({ act }) => (
          <ActForm key={act} act={act} {...props} />
        ))}
      </Sheet>
      {closed.length > 0 ? (
        <Sheet title="现在不能做的，以及为什么">
          <ul>
            {closed.map(({ act, obstacle }) => (
              <li key={act}>
                <b>{acts[act].label}</b>：{obstacle?.message}
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </>
  )
}

function ActForm({ act, document, draftRevision, failed, ...rest }: ActFormsProps & { act: DocumentAct }) {
  const own = failed?.act === act ? failed : null
  const values = own?.raw ?? firstValues(act, document, rest.coOrganIds)
  return (
    <details open={own !== null}>
      <summary>
        <b>{acts[act].label}</b> <span class="field-hint">{acts[act].says}</span>
      </summary>
      <Form
        id={act}
        action={`/documents/${document.id}`}
        values={values}
        errors={own?.errors ?? {}}
        labels={labels}
        label={acts[act].label}
        uploads={act === 'add-material'}
      >
        <HiddenField name="act" value={act} />
        <HiddenField name="revision" value={String(document.revision)} />
        <HiddenField name="draftRevision" value={String(draftRevision)} />
        {fieldsOf(act, document, rest)}
        <Actions primary={acts[act].label}>
          {act === 'sign' && document.openness === 'proactive' ? (
            <button class="button" type="submit" name="andPublish" value="yes">
              签发并公开
            </button>
          ) : null}
        </Actions>
      </Form>
    </details>
  )
}

const labels = {
  openness: '公开属性',
  opennessGround: '法律依据',
  opennessReason: '理由',
  letterCodeId: '机关代字',
  coOrganIds: '联合行文单位',
  type: '材料种类',
  title: '名称',
  words: '内容',
  opinion: '意见',
  reasons: '退文理由',
  legality: '审核结论',
  secrecyChecked: '保密审查',
  determinedBy: '由谁确定',
  docNo: '文号',
  effectiveFrom: '施行日期',
  outcome: '评估结果',
}

function firstValues(act: DocumentAct, document: Document, coOrganIds: readonly string[]) {
  if (act !== 'prepare' && act !== 'confirm-openness') return {}
  return {
    openness: document.openness,
    opennessGround: document.opennessGround,
    opennessReason: document.opennessReason,
    letterCodeId: document.letterCodeId,
    coOrganIds,
  }
}

const Opinion = ({ label = '意见' }: { label?: string }) => (
  <TextArea name="opinion" label={label} required rows={3} maxLength={1000} />
)

const attributeFields = (
  <>
    <RadioList name="openness" label="公开属性" required options={optionsOf(opennesses)} />
    <SelectField
      name="opennessGround"
      label="法律依据"
      hint="拟不公开的必须选（条例第十四条至第十六条）"
      blank="没有"
      options={optionsOf(grounds)}
    />
    <TextArea name="opennessReason" label="理由" required rows={2} maxLength={500} />
  </>
)

const secrecyFields = (
  <>
    <CheckboxField
      name="secrecyChecked"
      label="已经对正文和附件做保密审查，不涉及国家秘密、工作秘密"
      required
    />
    <Opinion label="保密审查意见" />
  </>
)

function fieldsOf(
  act: DocumentAct,
  document: Document,
  { families, organs, reviewKind }: Pick<ActFormsProps, 'families' | 'organs' | 'reviewKind'>,
): ComponentChildren {
  switch (act) {
    case 'prepare':
      return (
        <>
          {attributeFields}
          <SelectField
            name="letterCodeId"
            label="机关代字"
            blank="签发时再定"
            options={families.map(one => ({ value: one.id, label: `${one.code} ${one.about}` }))}
          />
          <CheckboxList name="coOrganIds" label="联合行文单位" options={organs} />
        </>
      )
    case 'add-material':
      return (
        <>
          <SelectField name="type" label="材料种类" required options={optionsOf(materialTypes)} />
          <TextField name="title" label="名称" required maxLength={100} />
          <TextArea name="words" label="内容，或者存放的地方" rows={3} maxLength={5000} />
          <FileField name="file" label="文件" />
        </>
      )
    case 'submit':
    case 'recall':
    case 'close-reviews':
    case 'publish':
      return null
    case 'give-legality':
      return (
        <>
          <HiddenField name="reviewKind" value={reviewKind} />
          <OpinionPoints kind={reviewKind} />
          <RadioList name="legality" label="审核结论" required options={optionsOf(legalities)} />
          <Opinion label="书面意见" />
        </>
      )
    case 'clear-secrecy':
      return (
        <>
          {secrecyFields}
          {document.heldAt ? (
            <TextField
              name="determinedBy"
              label="由哪个部门、以什么答复确定"
              required
              maxLength={200}
              width="full"
            />
          ) : null}
        </>
      )
    case 'give-secrecy':
      return secrecyFields
    case 'confirm-openness':
      return (
        <>
          {attributeFields}
          <Opinion />
        </>
      )
    case 'return':
      return (
        <>
          <CheckboxList name="reasons" label="退文理由" required options={optionsOf(returnReasons)} />
          <Opinion />
        </>
      )
    case 'sign':
      return (
        <>
          <Opinion label="签发意见" />
          <TextField name="docNo" label="文号" hint="空着就按机关代字自动编号" maxLength={60} />
          <DateField name="effectiveFrom" label="施行日期" hint="稿子里已经写明的不用填" />
        </>
      )
    case 'reassess':
      return (
        <>
          <RadioList
            name="outcome"
            label="评估结果"
            required
            options={[
              { value: 'still', label: '仍然不公开' },
              { value: 'disclose', label: '情形变化，转为主动公开' },
            ]}
          />
          <Opinion label="理由" />
        </>
      )
    default:
      return <Opinion />
  }
}
