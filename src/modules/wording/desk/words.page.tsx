import { readFile } from 'node:fs/promises'
import { textOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { decodeText, UnreadableFile } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import {
  Actions,
  FileField,
  Form,
  HiddenField,
  LinkButton,
  SubmitButton,
  TextArea,
  TextField,
} from '#ui/forms'
import { importWords, wordChanges } from '../actions/import-words.ts'
import { mayKeepWords, mayReadWords } from '../policy.ts'
import { listWords, wordsInUse } from '../queries.ts'
import { readWordFile, type WordLine, wordFile } from '../word-file.ts'
import { classes, exceptionNames, findWrongWords, severities, type WordFound } from '../wrong-word.ts'

const may: DeskRoute['may'] = actor => mayReadWords(actor)
const largest = 2 * 1024 * 1024

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/site-health/words', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/site-health/words/try', may, handle: tryText },
  { method: 'GET', path: '/site-health/words.csv', may, handle: send },
  {
    method: 'POST',
    path: '/site-health/words',
    may: mayKeepWords,
    uploads: { largest },
    handle: take,
  },
]

const pageSize = 100
const crumbs = [{ label: '网站健康', href: '/site-health' }, { label: '词表' }]

async function send(ctx: DeskContext): Promise<Reply> {
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: wordFile(await listWords(ctx.db)),
    headers: {
      'content-disposition': `attachment; filename="words-${ctx.clock.today()}.csv"`,
      'cache-control': 'no-store',
    },
  }
}

/** First what the file would change, or what is wrong with it; then the import. */
async function take(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const [upload] = incoming.uploads
  let text = textOf(incoming.form, 'content')
  if (upload) {
    if (upload.tooLarge) return show(ctx, incoming, { error: '文件超过 2 MB，请分成几个文件。' })
    try {
      text = decodeText(await readFile(upload.path), upload.name).text
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      return show(ctx, incoming, { error: error.message })
    }
  }
  if (text.trim() === '')
    return show(ctx, incoming, { error: '请选择词表文件（CSV）。可以先导出现有词表，照它填写。' })
  const { words, faults } = readWordFile(text)
  if (faults.length > 0) return refuse(faults)
  if (textOf(incoming.form, 'next') === 'import') {
    const count = await importWords(ctx, words)
    return seeOther(`/site-health/words?done=${count}`)
  }
  return preview(await wordChanges(ctx.db, words), text)
}

function refuse(faults: ReturnType<typeof readWordFile>['faults']): Reply {
  return page({
    status: 422,
    title: '词表有误，没有导入',
    crumbs,
    body: (
      <>
        <PageHead
          title="词表有误，没有导入"
          note="请在文件里改正下面各处，再导入一次。一条也没有先存进去。"
        />
        <DataTable
          caption={`${faults.length} 处`}
          columns={[
            { key: 'row', head: '行', figures: true },
            { key: 'column', head: '列' },
            { key: 'words', head: '问题和改法' },
          ]}
          rows={faults}
          rowKey={fault => `${fault.row} ${fault.column}`}
        />
        <LinkButton href="/site-health/words">返回词表</LinkButton>
      </>
    ),
  })
}

function preview({ added, changed }: { added: WordLine[]; changed: WordLine[] }, text: string): Reply {
  return page({
    title: '导入以前请核对',
    crumbs,
    body: (
      <>
        <PageHead
          title="导入以前请核对"
          note={`新增 ${added.length} 条，更改 ${changed.length} 条；文件里没有的词语保持原样。导入后几分钟内会重新检查全部公开内容。`}
        />
        {added.length + changed.length === 0 ? (
          <Notice tone="info" title="与现有词表完全一致，不用导入。" />
        ) : (
          <Form action="/site-health/words" label="确认导入" uploads>
            <HiddenField name="content" value={text} />
            <HiddenField name="next" value="import" />
            <Actions primary="确认导入" cancel={{ label: '返回', href: '/site-health/words' }} />
          </Form>
        )}
        <Words caption="新增" words={added} />
        <Words caption="更改" words={changed} />
      </>
    ),
  })
}

/** The text that was tried, and what was found. */
interface Tried {
  text: string
  found: WordFound[]
}

async function tryText(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const text = textOf(incoming.form, 'text').slice(0, 50_000)
  const { words } = await wordsInUse(ctx.db)
  return show(ctx, incoming, { tried: { text, found: findWrongWords(text, words) } })
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  { error, tried }: { error?: string; tried?: Tried } = {},
): Promise<Reply> {
  const find = queryText(incoming, 'find')
  const number = pageNumber(queryText(incoming, 'page'))
  const all = await listWords(ctx.db)
  const found = find ? all.filter(word => word.text.includes(find) || word.replacement.includes(find)) : all
  const done = queryText(incoming, 'done')
  return page({
    status: error ? 422 : 200,
    title: '词表',
    crumbs,
    body: (
      <>
        <PageHead
          title="词表"
          note="用来检查公开内容的错别字、扫描识别错误和被植入的内容。软件不能保证没有漏掉的，发布前仍要人工三审三校。"
          actions={<LinkButton href="/site-health/words.csv">导出词表</LinkButton>}
        />
        {error ? <Notice tone="error" title={error} /> : null}
        {done ? <Notice tone="success" title={`导入完成，${done} 条有变化。`} /> : null}
        <Sheet title="试一段文字">
          <Form
            action="/site-health/words/try"
            id="try"
            label="试一段文字"
            values={{ text: tried?.text ?? '' }}
          >
            <TextArea name="text" label="文字" rows={4} maxLength={50_000} />
            <SubmitButton>检查</SubmitButton>
          </Form>
          {tried ? <Found found={tried.found} /> : null}
        </Sheet>
        <Form
          method="get"
          action="/site-health/words"
          id="find"
          label="查找词语"
          values={{ find: find ?? '' }}
        >
          <TextField name="find" label="词语" width="medium" />
          <SubmitButton>查找</SubmitButton>
        </Form>
        <Words
          caption={`共 ${found.length} 条`}
          words={found.slice((number - 1) * pageSize, number * pageSize)}
        />
        <Pager
          page={{ total: found.length, page: number, pageSize }}
          href={next => `/site-health/words?${new URLSearchParams({ find: find ?? '', page: String(next) })}`}
        />
        {mayKeepWords(ctx.actor) ? (
          <Sheet title="导入">
            <p>
              先导出现有词表，用表格软件增改后另存为 CSV
              再导入。词语里的“+”表示前后两段相隔不远，例如“博彩+平台”；“#”表示两到四位数字。
              例外可以写包含它的正确词语，也可以写：{exceptionNames.join('、')}
              。不想检查的，把“使用”改为“否”。
            </p>
            <Form action="/site-health/words" id="import" label="导入词表" uploads>
              <FileField name="file" label="词表文件" accept=".csv" maxBytes={largest} required />
              <SubmitButton>核对</SubmitButton>
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}

function Found({ found }: { found: readonly WordFound[] }) {
  if (found.length === 0) return <Notice tone="success" title="没有发现词表里的词语。" />
  return (
    <ul class="plain-list">
      {found.map(({ word, at, seen, excerpt }) => (
        <li key={at}>
          <StateTag state={word.severity === 'block' ? 'late' : 'soon'}>{severities[word.severity]}</StateTag>{' '}
          第 {at + 1} 字“{seen}”：{excerpt}
          {word.replacement ? `，建议“${word.replacement}”` : ''}
        </li>
      ))}
    </ul>
  )
}

function Words({ caption, words }: { caption: string; words: readonly WordLine[] }) {
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'text', head: '词语' },
        { key: 'replacement', head: '正确写法', cell: word => word.replacement || '—' },
        { key: 'severity', head: '处理', cell: word => (word.used ? severities[word.severity] : '不检查') },
        { key: 'class', head: '类别', cell: word => classes[word.class] },
        { key: 'exceptions', head: '例外', cell: word => word.exceptions.join('、') || '—' },
        { key: 'source', head: '来源', cell: word => `${word.source} ${word.sourceDate}` },
      ]}
      rows={words}
      rowKey={word => word.text}
      empty={<EmptyState title="没有这样的词语">请换一个词查找。</EmptyState>}
    />
  )
}
