import { readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { ValidityTag } from '#ui/components/validity-tag'
import { Actions, DateField, Form, HiddenField, LinkButton, TextField } from '#ui/forms'
import { fileCatalogue, yearlyCatalogueInput } from '../actions/file-document.ts'
import { mayReadNormative, mayRegister } from '../policy.ts'
import { filedWords, registerCells, registerColumns } from '../register-file.ts'
import { wholeRegister } from '../register-queries.ts'
import { governmentOf, settingsFor } from '../settings-queries.ts'
import { tableFile } from '../write-xlsx.ts'
import { asFault, chosenSite, noFault, workbookReply } from './load-document.ts'
import { NormativeTabs } from './normative-tabs.tsx'

const may: DeskRoute['may'] = actor => mayReadNormative(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/normative/catalogue', may, handle: show },
  { method: 'GET', path: '/normative/catalogue.xlsx', may, handle: workbook },
  { method: 'POST', path: '/normative/catalogue', may: actor => mayRegister(actor), handle: file },
]

/** The year that is asked for; else the last one that is over. */
function yearOf(ctx: DeskContext, incoming: Incoming): number {
  const last = Number(ctx.clock.today().slice(0, 4)) - 1
  const asked = Number(queryText(incoming, 'year'))
  return Number.isInteger(asked) && asked >= 2000 && asked <= last + 1 ? asked : last
}

async function file(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const read = readForm(yearlyCatalogueInput, { ...incoming.form, siteId: site.id, organId: site.organId })
  if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422, form: 'file' })
  try {
    await fileCatalogue(ctx, read.value)
    return seeOther(`/normative/catalogue?year=${read.value.year}&done=filed`)
  } catch (error) {
    return show(ctx, incoming, asFault(error, 'file'))
  }
}

/** R-NOR-14: what was published in a year, as it is handed in by the end of January. */
async function show(ctx: DeskContext, incoming: Incoming, fault = noFault): Promise<Reply> {
  const { db } = ctx
  const { site } = await chosenSite(ctx, incoming)
  const year = yearOf(ctx, incoming)
  const government = await governmentOf(db, site.organId)
  const [rows, filed, settings] = await Promise.all([
    wholeRegister(db, ctx.clock.now(), ctx.clock.today(), { siteId: site.id, publishedIn: year }),
    db
      .selectFrom('normativeCatalogues')
      .selectAll()
      .where('governmentId', '=', government.id)
      .where('year', '=', year)
      .executeTakeFirst(),
    settingsFor(db, government.id),
  ])
  const isOver = `${year}-12-31` < ctx.clock.today()
  return page({
    title: `${year}年规范性文件目录`,
    status: fault.status,
    crumbs: [{ label: '规范性文件', href: '/normative' }, { label: '年度目录' }],
    body: (
      <>
        <PageHead
          title={`${year}年规范性文件目录`}
          note="上一年公布的规范性文件，每年1月31日前报送（R-NOR-14）。"
          actions={
            <>
              <LinkButton href={`/normative/catalogue?year=${year - 1}`}>{`${year - 1}年`}</LinkButton>
              <LinkButton href={`/normative/catalogue.xlsx?year=${year}`}>下载表格（Excel）</LinkButton>
            </>
          }
        />
        <NormativeTabs current="catalogue" />
        {queryText(incoming, 'done') ? (
          <Notice tone="success" title="已登记报送，这一年的义务完成。" />
        ) : null}
        {filed ? (
          <Notice
            tone="info"
            title={`${filed.filedOn} 已报送${filed.filedTo}，共 ${filed.documents} 件${filed.receiptNo ? `，${filed.receiptNo}` : ''}。`}
          />
        ) : null}
        <DataTable
          caption={`${year}年公布 ${rows.length} 件`}
          columns={[
            { key: 'number', head: '统一编号' },
            {
              key: 'title',
              head: '文件',
              cell: row => <a href={`/normative/${row.publicId}`}>{row.title}</a>,
            },
            { key: 'docNo', head: '文号' },
            { key: 'organName', head: '制定机关' },
            { key: 'validity', head: '有效性', cell: row => <ValidityTag validity={row.validity} /> },
            { key: 'filing', head: '备案', cell: filedWords },
          ]}
          rows={rows}
          rowKey={row => row.publicationId}
          empty={
            <EmptyState title={`${year}年没有公布规范性文件`}>没有文件的，也按要求报送空目录。</EmptyState>
          }
        />
        {!filed && isOver && mayRegister(ctx.actor, government.id) ? (
          <Sheet title="登记报送">
            <Form
              action={`/normative/catalogue?year=${year}`}
              values={{ filedTo: settings.filedTo, ...incoming.form }}
              errors={fault.errors}
              labels={{ filedTo: '报给', filedOn: '报送日期', receiptNo: '回执号' }}
            >
              <HiddenField name="year" value={String(year)} />
              <TextField name="filedTo" label="报给" required />
              <DateField name="filedOn" label="报送日期" required />
              <TextField name="receiptNo" label="回执号" />
              <Actions primary="登记报送" />
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}

async function workbook(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const year = yearOf(ctx, incoming)
  const rows = await wholeRegister(ctx.db, ctx.clock.now(), ctx.clock.today(), {
    siteId: site.id,
    publishedIn: year,
  })
  return workbookReply(
    await tableFile(`${year}年规范性文件目录`, registerColumns, rows.map(registerCells)),
    `normative-catalogue-${year}.xlsx`,
  )
}
