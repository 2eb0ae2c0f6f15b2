import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { PageHead } from '#ui/components/page-head'
import { apiRoot } from '../api/operation.ts'
import { operations } from '../api/operations.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/api', rule: showsNoPublications, handle: showApi },
]

/** 数据接口: what programs can ask, with examples that can be run as they stand. */
async function showApi({ site }: PublicContext): Promise<Reply> {
  const root = site.origin + site.base
  const examples = [
    {
      what: '查现在有效、标题或者正文里有“供水”的文件：',
      command: `curl '${root}${apiRoot}/search?q=${encodeURIComponent('供水')}&validity=in-force'`,
    },
    {
      what: '取得全部公开的信息，每批 100 件；答复里的 next 是下一批的地址：',
      command: `curl '${root}${apiRoot}/publications?after=start&pageSize=100'`,
    },
    {
      what: '以后每天跟上变化：发布、更正、撤下、到期：',
      command: `curl '${root}${apiRoot}/changes?after=start'`,
    },
  ]
  return page({
    title: '数据接口',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '订阅与接口', href: `${site.base}/feeds` },
      { label: '数据接口' },
    ],
    column: {
      name: '数据接口',
      description: `${site.name}公开信息的数据接口说明`,
      keywords: '数据接口,开放数据,API',
      type: '数据发布',
    },
    dependsOn: [],
    body: (
      <>
        <PageHead
          title="数据接口"
          note="本站公开的信息都可以由程序读取，不用登记，不要密钥。答复是 JSON；写错了会说明哪个参数不对、应当怎样写。"
        />
        <section class="max-w-3xl">
          <h2>三个例子</h2>
          {examples.map(example => (
            <div key={example.command} class="mt-4">
              <p>{example.what}</p>
              <p class="mt-2">
                <code class="break-all">{example.command}</code>
              </p>
            </div>
          ))}
        </section>
        <section class="mt-9">
          <h2>可以查什么</h2>
          <DataTable
            caption="数据接口"
            captionHidden
            rows={operations}
            rowKey={one => one.name}
            columns={[
              {
                key: 'path',
                head: '地址',
                cell: one => <code class="break-all">{apiRoot + one.path}</code>,
              },
              { key: 'summary', head: '内容' },
              {
                key: 'query',
                head: '参数',
                cell: one => (
                  <span class="break-words">{Object.keys(one.query.shape).join('、') || '—'}</span>
                ),
              },
            ]}
          />
          <p class="mt-4">
            每个参数和答复里每一项的意思，见
            <a class="underline" href={`${site.base}/api/openapi.json`}>
              完整的说明（OpenAPI 3.1）
            </a>
            。
          </p>
        </section>
        <section class="mt-9 max-w-3xl">
          <h2>请注意</h2>
          <ul class="plain-list">
            <li>日期是北京时间，时刻是世界协调时。“有效性”是今天的；过了零点可能不同。</li>
            <li>答复带有 ETag；再问时带上 If-None-Match，没有变化就只答复 304，双方都省力。</li>
            <li>每分钟最多 3000 次；要全部内容请逐批取，不要一件一件地查。</li>
            <li>停止公开的内容答复 410 并说明原因；请在收到后从您的副本里去掉。</li>
            <li>没有写在说明里的参数不会被忽略，而是答复 400：这样您不会在不知道的时候得到错误的结果。</li>
          </ul>
        </section>
      </>
    ),
  })
}
