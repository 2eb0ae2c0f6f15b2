import { listOrgans, listOrgansBelow } from '#modules/organisations'
import { allKinds, countByOrgan, listColumnsInUse, listsTag, nextBoundary } from '#modules/publications'
import { addressOfTopic, listTopics } from '#modules/topics'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsPublications } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/feeds', rule: showsPublications(() => ['/feeds']), handle: showFeeds },
]

/** 订阅与接口: every way to follow the site without coming back to look. */
async function showFeeds(ctx: PublicContext): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const [columns, organs, below, counts, topics, boundary] = await Promise.all([
    listColumnsInUse(db, now, site.id),
    listOrgans(db),
    listOrgansBelow(db, site.organId),
    countByOrgan(db, now, { siteId: site.id }),
    listTopics(db, { siteId: site.id, states: ['public', 'closed'] }),
    nextBoundary(db, now),
  ])
  const active = organs.filter(
    organ => below.includes(organ.id) && counts.some(one => one.organId === organ.id && one.items > 0),
  )
  const { base } = site
  const segments = Map.groupBy(allKinds(), kind => kind.segment)
  return page({
    title: '订阅与接口',
    crumbs: [{ label: '首页', href: `${base}/` }, { label: '订阅与接口' }],
    column: {
      name: '订阅与接口',
      description: `订阅${site.name}公开的信息，或者由程序读取`,
      keywords: '订阅,Atom,数据接口,开放数据',
      type: '数据发布',
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead title="订阅与接口" note="不必天天来看：有新的公开信息，让它来找您。" />
        <section class="max-w-3xl">
          <h2>怎样订阅</h2>
          <p>
            把下面任何一个地址（Atom
            格式）放进阅读软件，本站一有新内容，软件就会告诉您。不用登记，也不留下您的任何资料。从旧网站导入的历史材料不算新内容，不在订阅里。
          </p>
        </section>
        <Feeds
          title="全站"
          lines={[
            { label: '最新公开', href: `${base}/feeds/newest.atom` },
            { label: '公开动态：每一次发布、更正、撤下和到期', href: `${base}/feeds/history.atom` },
          ]}
        />
        <Feeds
          title="按种类"
          lines={[...segments].map(([segment, kinds]) => ({
            label: kinds.map(kind => kind.label).join('、'),
            href: `${base}/feeds/kinds/${segment}.atom`,
          }))}
        />
        <Feeds
          title="按栏目"
          lines={columns.map(column => ({
            label: column.name,
            href: `${base}/feeds/columns/${column.path}.atom`,
          }))}
        />
        <Feeds
          title="按专题"
          lines={topics.map(topic => ({
            label: topic.name,
            href: `${base}/feeds${addressOfTopic(topic)}.atom`,
          }))}
        />
        <Feeds
          title="按机构"
          lines={active.map(organ => ({
            label: organ.name,
            href: `${base}/feeds/organs/${organ.key}.atom`,
          }))}
        />
        <section class="mt-9 max-w-3xl">
          <h2>订阅一次搜索</h2>
          <p>
            在
            <a class="underline" href={`${base}/search`}>
              搜索页
            </a>
            选好条件，把地址里的“/search?”改成“/search.atom?”，就是这次搜索的订阅地址。以后有符合条件的新内容，都会出现在里面。
          </p>
          <p class="mt-2">
            例如：
            <a class="underline break-all" href={`${base}/search.atom?validity=in-force`}>
              {site.origin}
              {base}/search.atom?validity=in-force
            </a>
          </p>
        </section>
        <section class="mt-9 max-w-3xl">
          <h2>由程序读取</h2>
          <ul class="plain-list">
            <li>
              <a class="underline" href={`${base}/api`}>
                数据接口
              </a>
              ：按条件查询、逐批取得全部公开的信息、跟上以后的每一次变化。
            </li>
            <li>
              <a class="underline" href={`${base}/api/openapi.json`}>
                接口的完整说明（OpenAPI）
              </a>
              ：供程序使用。
            </li>
            <li>
              一次取得全部：从
              <a class="underline" href={`${base}/api/v1/publications?after=start`}>
                第一批
              </a>
              开始，一批接一批。整站的网址、版本、附件和历史，也可以由网站管理单位用 export
              命令导出，离开本系统同样能读。
            </li>
            <li>每件信息的网址后面加“.json”，就是同样内容的机器可读形式。</li>
            <li>
              <a class="underline" href={`${base}/sitemap.xml`}>
                网站地图（sitemap.xml）
              </a>
              ：全部公开的网址。
            </li>
          </ul>
        </section>
      </>
    ),
  })
}

function Feeds({ title, lines }: { title: string; lines: readonly { label: string; href: string }[] }) {
  if (lines.length === 0) return null
  return (
    <section class="mt-9 max-w-3xl">
      <h2>{title}</h2>
      <ul class="plain-list">
        {lines.map(line => (
          <li key={line.href}>
            <a class="underline" href={line.href}>
              {line.label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
