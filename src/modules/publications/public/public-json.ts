import { z } from 'zod'
import { type Listed, type PublicView, publishedOn, type WorkRef } from '../public-view.ts'
import { type Validity, validities } from '../validity.ts'

const day = (description: string, example = '2026-11-05') =>
  z.iso
    .date()
    .nullable()
    .meta({ description: `${description}，北京时间的日期；没有载明的为 null`, examples: [example] })
const instant = (description: string) =>
  z.iso.datetime().meta({ description: `${description}，世界协调时`, examples: ['2026-11-05T02:00:00.000Z'] })
const text = (description: string, ...examples: string[]) =>
  z.string().meta({ description, ...(examples.length > 0 ? { examples } : {}) })
const textOrNull = (description: string, ...examples: string[]) =>
  z
    .string()
    .nullable()
    .meta({ description, ...(examples.length > 0 ? { examples } : {}) })

const validity = z
  .enum(Object.keys(validities) as [Validity])
  .nullable()
  .meta({
    description: `有效性：${Object.entries(validities)
      .map(([name, label]) => `${name} ${label}`)
      .join('、')}；不讲有效性的种类为 null`,
    examples: ['in-force'],
  })

export const workSchema = z
  .strictObject({
    type: text(
      '关系：interprets 解读、cites 引用、replaces 取代、repeals 废止、amends 修改、partly-repeals 部分废止等',
      'repeals',
    ),
    title: text('文件标题', '云溪县节约用水办法'),
    docNo: textOrNull('文号', '云政发〔2026〕12号'),
    url: z.url().nullable().meta({ description: '网页地址；本站没有公开的为 null' }),
    effectiveFrom: z.iso.date().optional().meta({ description: '效力关系从哪一天开始（废止、修改等）' }),
  })
  .meta({ id: 'Work', description: '另一份文件，以及与它的关系' })

const organ = z
  .strictObject({ key: text('机构代码', 'slj'), name: text('机构简称', '县水利局') })
  .meta({ description: '发布机构' })

/** What every line of a list says for machines. */
export const listedSchema = z
  .strictObject({
    id: text('公开编号，永不改变', '7k2m9c4x3p'),
    url: z.url().meta({ description: '网页地址' }),
    kind: text('种类', 'policy'),
    title: text('标题', '云溪县节约用水办法'),
    docNo: textOrNull('文号', '云政发〔2026〕12号'),
    indexNo: textOrNull('索引号'),
    issuers: z.array(z.string()).meta({ description: '发文机关', examples: [['云溪县人民政府']] }),
    organ,
    theme: textOrNull('主题分类', '农业、林业、水利'),
    genre: textOrNull('体裁', '办法'),
    summary: text('内容概述'),
    signedOn: day('成文日期', '2026-11-01'),
    effectiveFrom: day('施行日期', '2026-12-01'),
    validUntil: day('有效期的最后一天', '2031-11-30'),
    validity,
    archive: z.boolean().meta({ description: '是否历史存量（从旧网站或者纸质文件导入）' }),
    publishedOn: day('发布日期；历史存量为原网站的发布日期'),
    publishedAt: instant('在本站公开的时间'),
    fields: z.record(z.string(), z.unknown()).meta({ description: '这一种类特有的内容' }),
  })
  .meta({ id: 'PublicationLine', description: '列表里的一件' })

export const editionSchema = z
  .strictObject({
    number: z.int().meta({ description: '第几版', examples: [1] }),
    publicFrom: instant('这一版公开的时间'),
    changeNote: textOrNull('为什么修改'),
    url: z.url().meta({ description: '这一版的网页地址' }),
  })
  .meta({ id: 'Edition', description: '一个版本' })

export const publicationSchema = z
  .strictObject({
    ...listedSchema.shape,
    formerIndexNo: textOrNull('原索引号'),
    keywords: text('关键词'),
    source: text('信息来源'),
    author: text('作者'),
    sourceUrl: textOrNull('原发布网址'),
    edition: z
      .strictObject({
        number: z.int(),
        publicFrom: instant('这一版公开的时间'),
        digest: text('这一版内容的指纹', 'sha256:…'),
        changeNote: textOrNull('为什么修改'),
      })
      .meta({ description: '现在看到的版本' }),
    editions: z.array(editionSchema).meta({ description: '公开过的全部版本，新的在前' }),
    columns: z
      .array(z.strictObject({ path: z.string(), name: z.string() }))
      .meta({ description: '所在栏目' }),
    bodyHtml: text('正文（HTML，已清理）'),
    attachments: z
      .array(
        z.strictObject({
          href: z.url().nullable().meta({ description: '下载地址；文件还在检查、暂时不能下载的为 null' }),
          title: z.string(),
          size: z.int().meta({ description: '字节' }),
        }),
      )
      .meta({ description: '附件' }),
    links: z.array(workSchema).meta({ description: '它提到的文件' }),
    effects: z.array(workSchema).meta({ description: '它废止、修改的文件' }),
    linkedFrom: z.array(workSchema).meta({ description: '提到它的文件，新的在前，每种关系最多 100 件' }),
    linkedFromCount: z
      .record(z.string(), z.int())
      .meta({ description: '每种关系共有多少件', examples: [{ cites: 12 }] }),
    effectsOnIt: z.array(workSchema).meta({ description: '废止、修改它的文件' }),
  })
  .meta({ id: 'Publication', description: '一件公开的信息，全文' })

/** A line of a list for machines; names are the glossary's. `site` is the absolute address of the site. */
export function listedJson(item: Listed, site: string): z.output<typeof listedSchema> {
  return {
    id: item.publicId,
    url: site + item.address,
    kind: item.kind,
    title: item.title,
    docNo: item.docNo,
    indexNo: item.indexNo,
    issuers: item.issuers,
    organ: { key: item.organKey, name: item.organName },
    theme: item.theme,
    genre: item.genre,
    summary: item.summary,
    signedOn: item.signedOn,
    effectiveFrom: item.effectiveFrom,
    validUntil: item.validUntil,
    validity: item.validity,
    archive: item.archive,
    publishedOn: publishedOn(item),
    publishedAt: item.firstPublicAt.toISOString(),
    fields: item.fields,
  }
}

/** A publication for machines, whole. */
export function publicJson(view: PublicView, site: string): z.output<typeof publicationSchema> {
  const work = (one: WorkRef) => workJson(one, site)
  return {
    ...listedJson(view, site),
    formerIndexNo: view.formerIndexNo,
    keywords: view.keywords,
    source: view.source,
    author: view.author,
    sourceUrl: view.sourceUrl,
    edition: {
      number: view.number,
      publicFrom: view.publicFrom.toISOString(),
      digest: view.digest,
      changeNote: view.changeNote,
    },
    editions: view.editions.map(edition => ({
      number: edition.number,
      publicFrom: edition.publicFrom.toISOString(),
      changeNote: edition.changeNote,
      url: `${site}${view.address}/editions/${edition.number}`,
    })),
    columns: view.columns.map(column => ({ path: column.path, name: column.name })),
    bodyHtml: view.bodyHtml,
    attachments: view.attachments.map(file => ({
      href: file.href === null ? null : new URL(file.href, site).href,
      title: file.title,
      size: file.size,
    })),
    links: view.links.map(work),
    effects: view.effects.map(work),
    linkedFrom: view.linkedFrom.map(work),
    linkedFromCount: view.linkedFromCount,
    effectsOnIt: view.effectsOnIt.map(work),
  }
}

const workJson = (one: WorkRef, site: string): z.output<typeof workSchema> => ({
  type: one.type,
  title: one.title,
  docNo: one.docNo,
  url: one.address ? site + one.address : null,
  ...(one.effectiveFrom ? { effectiveFrom: one.effectiveFrom } : {}),
})
