import { dateInBeijing } from '#lib/beijing-time'
import type { Validity } from '#modules/publications'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Sheet } from '#ui/components/sheet'
import { ValidityTag } from '#ui/components/validity-tag'
import { Actions, DateField, Form, HiddenField, RadioList, TextArea, TextField } from '#ui/forms'
import { renewalDecisions } from '../actions/renew-document.ts'
import type { DocumentText } from '../document-queries.ts'
import type { FilingRow, Registration, Renewal } from '../registration-queries.ts'
import type { Settings } from '../settings.ts'
import { isTrial, lastDayOf, monthsAfter } from '../terms.ts'
import { errorsOf, type SheetProps, typedIn } from './sheet-props.ts'

/** 统一登记编号 (R-NOR-10). */
export function RegistrationSheet(
  props: SheetProps & { document: DocumentText; registrations: readonly Registration[] },
) {
  const { document, registrations, may, action, fault } = props
  if (document.kind !== 'normative-document') return null
  return (
    <Sheet title="统一登记编号" count={registrations.length}>
      <DataTable
        caption="编号"
        captionHidden
        columns={[
          { key: 'number', head: '编号' },
          { key: 'year', head: '年份', figures: true },
          {
            key: 'registeredAt',
            head: '登记',
            cell: row => `${dateInBeijing(row.registeredAt)} ${row.registeredBy}`,
          },
          { key: 'renewsId', head: '说明', cell: row => (row.renewsId ? '继续有效，重新编号' : '') },
        ]}
        rows={registrations}
        rowKey={row => row.id}
        empty={
          <EmptyState title="还没有登记编号">没有统一登记、编号、公布的，不得作为行政管理的依据。</EmptyState>
        }
      />
      {may && registrations.length === 0 ? (
        <details open={fault.form === 'register'}>
          <summary>登记编号</summary>
          <Form
            action={action('register')}
            values={{ number: document.unifiedNo ?? '', ...typedIn(props, 'register') }}
            errors={errorsOf(props, 'register')}
            id="register"
          >
            <TextField
              name="number"
              label="原有的编号"
              hint="空着：给今年的下一个顺序号。已有编号的照原样填写。"
            />
            <Actions primary="登记" />
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}

const filingLabels = { filedTo: '报给', filedOn: '报送日期', receiptNo: '备案号', reason: '更正的理由' }

/** 备案 (R-NOR-12). */
export function FilingSheet(
  props: SheetProps & {
    filings: readonly FilingRow[]
    filedTo: string
    dueOn: string | null | undefined
  },
) {
  const { filings, may, action, fault, dueOn } = props
  const [latest] = filings
  return (
    <Sheet title="备案" count={filings.length}>
      <DataTable
        caption="备案的登记"
        captionHidden
        columns={[
          { key: 'filedOn', head: '报送日期' },
          { key: 'filedTo', head: '报给' },
          { key: 'receiptNo', head: '备案号' },
          {
            key: 'recorded',
            head: '登记',
            cell: row =>
              `${dateInBeijing(row.recordedAt)} ${row.recordedBy}${row.reason ? `：${row.reason}` : ''}`,
          },
        ]}
        rows={filings}
        rowKey={row => row.revision}
        empty={
          <EmptyState title="还没有登记备案">
            {dueOn ? `应在 ${dueOn} 以前报送。` : '公布以后十五日内报送。'}
          </EmptyState>
        }
      />
      {may ? (
        <details open={fault.form === 'filing'}>
          <summary>{latest ? '更正' : '登记备案'}</summary>
          <Form
            action={action('filing')}
            values={{
              filedTo: latest?.filedTo ?? props.filedTo,
              filedOn: latest?.filedOn,
              receiptNo: latest?.receiptNo,
              ...typedIn(props, 'filing'),
            }}
            errors={errorsOf(props, 'filing')}
            labels={filingLabels}
            id="filing"
          >
            <HiddenField name="seen" value={String(latest?.revision ?? 0)} />
            <TextField name="filedTo" label={filingLabels.filedTo} required />
            <DateField name="filedOn" label={filingLabels.filedOn} required />
            <TextField name="receiptNo" label={filingLabels.receiptNo} />
            <TextField name="note" label="说明" width="full" />
            {latest ? <TextField name="reason" label={filingLabels.reason} required width="full" /> : null}
            <Actions primary={latest ? '更正登记' : '登记备案'} />
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}

const renewalLabels = {
  decision: '评估结论',
  validUntilThen: '新的有效期至',
  assessedOn: '评估日期',
  reason: '理由',
}

/** What becomes of it when its term ends (R-NOR-11). */
export function RenewalSheet(
  props: SheetProps & {
    document: DocumentText
    renewals: readonly Renewal[]
    settings: Settings
    validity: Validity | undefined
    today: string
  },
) {
  const { document, renewals, settings, validity, today, may, action, fault } = props
  const { validUntil } = document
  const years = isTrial(document.title) ? settings.trialYears : settings.termYears
  const isOpen =
    validUntil !== null && validUntil >= today && !renewals.some(one => one.validUntil === validUntil)
  return (
    <Sheet title="有效期">
      <p>
        {validity ? <ValidityTag validity={validity} from={document.effectiveFrom} /> : null}{' '}
        {validUntil
          ? `有效期至 ${validUntil}，${monthsAfter(validUntil, -settings.assessMonths)} 起评估。期满不续的自动失效。`
          : '文件没有写明有效期：清理时要决定。'}
      </p>
      {renewals.length > 0 ? (
        <DataTable
          caption="历次评估"
          captionHidden
          columns={[
            { key: 'validUntil', head: '原有效期至' },
            { key: 'decision', head: '结论', cell: row => renewalDecisions[row.decision] },
            { key: 'validUntilThen', head: '延至' },
            { key: 'assessedOn', head: '评估日期' },
            { key: 'reason', head: '理由' },
            { key: 'decidedBy', head: '登记' },
          ]}
          rows={renewals}
          rowKey={row => row.id}
        />
      ) : null}
      {may && isOpen && validUntil ? (
        <details open={fault.form === 'renewal'}>
          <summary>登记评估结论</summary>
          <Form
            action={action('renewal')}
            values={typedIn(props, 'renewal')}
            errors={errorsOf(props, 'renewal')}
            labels={renewalLabels}
            id="renewal"
          >
            <RadioList
              name="decision"
              label={renewalLabels.decision}
              required
              options={Object.entries(renewalDecisions).map(([value, label]) => ({ value, label }))}
            />
            <DateField
              name="validUntilThen"
              label={renewalLabels.validUntilThen}
              hint={`继续有效的填写，最长到 ${lastDayOf(validUntil, years)}`}
            />
            <DateField name="assessedOn" label={renewalLabels.assessedOn} required />
            <TextArea name="reason" label={renewalLabels.reason} required rows={3} maxLength={1000} />
            <Actions primary="登记结论" />
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}
