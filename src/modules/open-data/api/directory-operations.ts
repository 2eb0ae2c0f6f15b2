import { z } from 'zod'
import {
  findOrgan,
  listOrgans,
  listSites,
  type OrganLevel,
  type OrganType,
  organLevels,
  organTag,
  organTypes,
} from '#modules/organisations'
import { countByOrgan, listColumnsInUse } from '#modules/publications'
import { showsNoPublications, showsPublications } from '#platform/http/route'
import { apiRoot, operation } from './operation.ts'

const nothing = z.strictObject({})
const words = (of: Record<string, string>) =>
  Object.entries(of)
    .map(([name, label]) => `${name} ${label}`)
    .join('、')

const siteSchema = z
  .strictObject({
    key: z.string().meta({ description: '站点代码', examples: ['yunxi'] }),
    name: z.string().meta({ description: '站点名称', examples: ['云溪县人民政府'] }),
    siteCode: z.string().meta({ description: '网站标识码', examples: ['9900000001'] }),
    domain: z.string().meta({ description: '域名' }),
    organ: z.string().nullable().meta({ description: '主办机构的代码' }),
    url: z.url().meta({ description: '网页地址' }),
    api: z.url().meta({ description: '这个站点的接口' }),
    current: z.boolean().meta({ description: '是不是正在访问的站点' }),
  })
  .meta({ id: 'Site', description: '一个站点' })

export const listTheSites = operation({
  path: '/sites',
  name: 'listSites',
  summary: '这里的全部站点',
  params: nothing,
  query: nothing,
  answer: z.strictObject({ items: z.array(siteSchema) }).meta({ id: 'SiteList', description: '全部站点' }),
  rule: showsNoPublications,
  async answers({ db, site }) {
    const sites = await listSites(db)
    const organs = await Promise.all(sites.map(one => findOrgan(db, one.organId)))
    const items = sites.map((one, index) => {
      const url = site.origin + (one.isDefault ? '' : `/s/${one.key}`)
      return {
        key: one.key,
        name: one.name,
        siteCode: one.siteCode,
        domain: one.domain,
        organ: organs[index]?.key ?? null,
        url: `${url}/`,
        api: url + apiRoot,
        current: one.id === site.id,
      }
    })
    return { body: { items } }
  },
})

const organSchema = z
  .strictObject({
    key: z.string().meta({ description: '机构代码', examples: ['slj'] }),
    url: z.url().meta({ description: '网页地址；加 .json 是职责、领导、内设机构和联系方式' }),
    name: z.string().meta({ description: '名称', examples: ['云溪县水利局'] }),
    shortName: z.string().meta({ description: '简称', examples: ['县水利局'] }),
    type: z.enum(Object.keys(organTypes) as [OrganType]).meta({ description: words(organTypes) }),
    level: z.enum(Object.keys(organLevels) as [OrganLevel]).meta({ description: words(organLevels) }),
    uscc: z.string().nullable().meta({ description: '统一社会信用代码' }),
    parent: z.string().nullable().meta({ description: '上级机构的代码' }),
    establishedOn: z.iso.date().nullable().meta({ description: '成立日期' }),
    abolishedOn: z.iso.date().nullable().meta({ description: '撤销前的最后一天；现在仍在的为 null' }),
    successor: z.string().nullable().meta({ description: '承接职责的机构的代码' }),
    items: z.int().meta({ description: '在本站公开了多少件信息' }),
    feed: z.url().meta({ description: '订阅地址' }),
  })
  .meta({ id: 'Organ', description: '一个机构' })

export const listTheOrgans = operation({
  path: '/organs',
  name: 'listOrgans',
  summary: '全部机构，包括已经撤销的',
  params: nothing,
  query: nothing,
  answer: z.strictObject({ items: z.array(organSchema) }).meta({ id: 'OrganList', description: '全部机构' }),
  rule: showsPublications(() => [`${apiRoot}/organs`]),
  async answers(ctx) {
    const { db, site } = ctx
    const [organs, counts] = await Promise.all([
      listOrgans(db, { includeAbolished: true }),
      countByOrgan(db, ctx.clock.now(), { siteId: site.id }),
    ])
    const keys = new Map(organs.map(organ => [organ.id, organ.key]))
    const count = new Map(counts.map(one => [one.organId, one.items]))
    const root = site.origin + site.base
    const items = organs.map(organ => ({
      key: organ.key,
      url: `${root}/organs/${organ.key}`,
      name: organ.name,
      shortName: organ.shortName,
      type: organ.type,
      level: organ.level,
      uscc: organ.uscc,
      parent: (organ.parentId && keys.get(organ.parentId)) ?? null,
      establishedOn: organ.establishedOn,
      abolishedOn: organ.abolishedOn,
      successor: (organ.successorId && keys.get(organ.successorId)) ?? null,
      items: count.get(organ.id) ?? 0,
      feed: `${root}/feeds/organs/${organ.key}.atom`,
    }))
    return { body: { items }, dependsOn: organs.map(organ => organTag(organ.id)) }
  },
})

const columnSchema = z
  .strictObject({
    path: z.string().meta({ description: '栏目路径', examples: ['policies/normative'] }),
    name: z.string().meta({ description: '名称' }),
    description: z.string().meta({ description: '说明' }),
    keywords: z.string().meta({ description: '关键词' }),
    type: z.string().meta({ description: '栏目类别', examples: ['政策文件'] }),
    updateLimitDays: z.int().nullable().meta({ description: '多少天之内应当更新；没有要求为 null' }),
    items: z.int().meta({ description: '本栏目和下级栏目共有多少件' }),
    newestAt: z.iso.datetime().nullable().meta({ description: '最近更新的时间；只有历史存量的为 null' }),
    url: z.url().meta({ description: '网页地址' }),
    feed: z.url().meta({ description: '订阅地址' }),
  })
  .meta({ id: 'Column', description: '一个栏目' })

export const listTheColumns = operation({
  path: '/columns',
  name: 'listColumns',
  summary: '全部有内容的栏目',
  params: nothing,
  query: nothing,
  answer: z
    .strictObject({ items: z.array(columnSchema) })
    .meta({ id: 'ColumnList', description: '全部栏目' }),
  rule: showsPublications(() => [`${apiRoot}/columns`]),
  async answers(ctx) {
    const { db, site } = ctx
    const columns = await listColumnsInUse(db, ctx.clock.now(), site.id)
    const root = site.origin + site.base
    const items = columns.map(column => ({
      path: column.path,
      name: column.name,
      description: column.description,
      keywords: column.keywords,
      type: column.type,
      updateLimitDays: column.updateLimitDays,
      items: column.items,
      newestAt: column.newestAt?.toISOString() ?? null,
      url: `${root}/columns/${column.path}`,
      feed: `${root}/feeds/columns/${column.path}.atom`,
    }))
    return { body: { items } }
  },
})
