import { momentInBeijing } from '#lib/beijing-time'
import { readCount } from '#lib/tlog/bytes'
import { logTag, newestHead, type SignedHead } from '#modules/transparency-log'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { EmptyState } from '#ui/components/empty-state'
import { LogPicture } from '#ui/components/log-picture'
import { LogVerifier } from '#ui/components/log-verifier'
import { PageHead } from '#ui/components/page-head'
import { type LoggedLine, listLogged } from '../log-queries.ts'
import { nextBoundary } from '../public-queries.ts'
import { publishingActs } from '../publishing-acts.ts'
import { listsTag } from '../tags.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/log', rule: showsPublications(() => ['/log']), handle: showLog },
]

const linesAPage = 20

/** 公开日志: what it is, its newest entries, its key, and the way to check something against it (X2). */
async function showLog(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const before = readCount(queryText(incoming, 'before') ?? '')
  const [head, boundary] = await Promise.all([newestHead(db), nextBoundary(db, now)])
  const size = head?.size ?? 0
  const lines = await listLogged(db, now, Math.min(before ?? size, size), linesAPage)
  const last = lines.at(-1)
  return page({
    title: '公开日志',
    door: 'supervision',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '公开日志' }],
    column: {
      name: '公开日志',
      description: `${site.name}网站每一次发布、更正和撤下都写入公开日志，事后改动会被发现`,
      keywords: '公开日志,存证,核验',
      type: '公开日志',
    },
    noIndex: before !== null,
    dependsOn: before === null ? [logTag, listsTag(site.id)] : undefined,
    freshUntil: boundary ?? undefined,
    scripts: ['log-verify'],
    body: (
      <>
        <PageHead
          title="公开日志"
          note="本系统每一次发布、更正、撤下都写进这本日志。日志只能往后添，写进去的谁也改不了、抽不走：改动一个字，下面的总指纹就对不上。"
        />
        <LogPicture />
        <p>
          每一次发布算出一个指纹（哈希），两两合并，最后得到一个总指纹，由系统签名后公布。手里有当时的签名和证明文件，
          不用相信任何人，就能算出一份文件有没有被改过。日志里只有编号和指纹，没有正文，也没有个人信息。
        </p>
        {head ? <Head head={head} base={site.base} /> : null}
        <section id="verify">
          <h2>核验一份文件</h2>
          <LogVerifier verifier={head?.verifier ?? ''} />
        </section>
        <section>
          <h2>日志里的记录</h2>
          <Lines lines={lines} base={site.base} />
          <nav class="mt-6" aria-label="翻页">
            {before === null ? null : (
              <a class="underline" href={`${site.base}/log`}>
                回到最新
              </a>
            )}
            {before !== null && last && last.index > 0 ? '　' : ''}
            {last && last.index > 0 ? (
              <a class="underline" rel="next" href={`${site.base}/log?before=${last.index}`}>
                更早的 {linesAPage} 条 →
              </a>
            ) : null}
          </nav>
        </section>
      </>
    ),
  })
}

function Head({ head, base }: { head: SignedHead; base: string }) {
  return (
    <DefinitionList
      items={[
        { term: '已签署', value: `${head.size} 条，${momentInBeijing(head.signedAt)}` },
        { term: '日志名称', value: head.origin },
        { term: '公钥', value: <code class="break-all">{head.verifier}</code>, wide: true },
        ...(head.sm2Verifier === null
          ? []
          : [{ term: 'SM2 公钥', value: <code class="break-all">{head.sm2Verifier}</code>, wide: true }]),
        {
          term: '供程序读取',
          value: (
            <>
              <a href={`${base}/log/checkpoint`}>日志头</a>，格式为 C2SP tlog-tiles
            </>
          ),
          wide: true,
        },
      ]}
    />
  )
}

function Lines({ lines, base }: { lines: readonly LoggedLine[]; base: string }) {
  return (
    <DataTable
      caption="日志里的记录"
      captionHidden
      columns={[
        { key: 'index', head: '序号', figures: true },
        { key: 'at', head: '时间', cell: line => <span class="num">{momentInBeijing(line.at)}</span> },
        {
          key: 'item',
          head: '内容',
          cell: ({ item }) =>
            item ? (
              <>
                {publishingActs[item.act]}：<a href={item.address}>{item.title}</a>
                {item.number === null ? '' : `（第 ${item.number} 版）`}
              </>
            ) : (
              <span class="text-soft">一件尚未公开或已撤下的信息</span>
            ),
        },
      ]}
      rows={lines}
      rowKey={line => line.index}
      empty={
        <EmptyState title="还没有记录">
          第一次发布以后，一分钟内就会出现在这里。<a href={`${base}/`}>回到首页</a>
        </EmptyState>
      }
    />
  )
}
