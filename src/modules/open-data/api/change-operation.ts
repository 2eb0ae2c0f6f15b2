import { z } from 'zod'
import {
  type HistoryEntry,
  isHistoryCursor,
  listChanges,
  type PublicAct,
  publicActs,
} from '#modules/publications'
import { showsPublications } from '#platform/http/route'
import { apiRoot, operation } from './operation.ts'
import { addressWith, cursorParameter, fromStart, pageSizeLimit, paging } from './parameters.ts'

const changeSchema = z
  .strictObject({
    id: z.uuid().meta({ description: '这次变化的编号' }),
    act: z.enum(Object.keys(publicActs) as [PublicAct]).meta({
      description: Object.entries(publicActs)
        .map(([name, label]) => `${name} ${label}`)
        .join('、'),
      examples: ['published'],
    }),
    at: z.iso.datetime().meta({ description: '生效的时间' }),
    reason: z.string().nullable().meta({ description: '说明；没有为 null' }),
    editionNumber: z.int().nullable().meta({ description: '第几版' }),
    publication: z
      .strictObject({
        id: z.string().meta({ description: '公开编号', examples: ['7k2m9c4x3p'] }),
        kind: z.string().meta({ description: '种类', examples: ['policy'] }),
        title: z.string().nullable().meta({ description: '标题；撤下、删除之后为 null' }),
        url: z.url().nullable().meta({ description: '网页地址；现在没有公开的为 null' }),
        organ: z.strictObject({ key: z.string(), name: z.string() }).meta({ description: '发布机构' }),
      })
      .meta({ description: '变化的是哪一件' }),
    to: z.url().nullable().meta({ description: '取代它的页面' }),
  })
  .meta({ id: 'Change', description: '一次发布、更正、撤下或者到期' })

const changeOf = (entry: HistoryEntry, root: string): z.output<typeof changeSchema> => ({
  id: entry.id,
  act: entry.act,
  at: entry.at.toISOString(),
  reason: entry.reason,
  editionNumber: entry.editionNumber,
  publication: {
    id: entry.publicId,
    kind: entry.kind,
    title: entry.title,
    url: entry.address && root + entry.address,
    organ: { key: entry.organKey, name: entry.organName },
  },
  to: entry.to && root + entry.to,
})

/** For those who keep a copy: everything that happened since they asked last. */
export const listChangesSince = operation({
  path: '/changes',
  name: 'listChanges',
  summary: '从上次以来的全部变化，先发生的在前',
  description:
    '第一次写 after=start，以后一直用答复里的 next：没有新变化时 items 为空，next 不变。变化发生一分钟之后才列出，这样不会漏掉同一时刻的另一次。只列属于本站的信息；其他站点的见各站的 /s/{站点}/api/v1/changes。',
  params: z.strictObject({}),
  query: z.strictObject({
    after: cursorParameter(isHistoryCursor, `从哪里接着取：第一次写 ${fromStart}，以后用 next 的地址`),
    pageSize: paging.pageSize,
  }),
  answer: z
    .strictObject({
      items: z.array(changeSchema),
      more: z.boolean().meta({ description: '现在是不是还有下一批' }),
      next: z.url().meta({ description: '接着取的地址，请保存' }),
    })
    .meta({ id: 'ChangeList', description: '一批变化' }),
  rule: showsPublications(() => [`${apiRoot}/changes?after=${fromStart}&pageSize=100`]),
  async answers(ctx, _params, { after, pageSize = pageSizeLimit }) {
    const where = { siteId: ctx.site.id, after: after === fromStart ? undefined : after }
    const found = await listChanges(ctx.db, ctx.clock.now(), where, pageSize + 1)
    const items = found.slice(0, pageSize)
    const next = addressWith(`${apiRoot}/changes`, { after: items.at(-1)?.cursor ?? after, pageSize })
    const root = ctx.site.origin + ctx.site.base
    return {
      next,
      once: true,
      body: {
        items: items.map(entry => changeOf(entry, root)),
        more: found.length > pageSize,
        next: root + next,
      },
    }
  },
})
