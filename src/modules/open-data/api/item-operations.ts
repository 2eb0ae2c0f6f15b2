import { z } from 'zod'
import {
  editionSchema,
  findPublicView,
  type PublicView,
  publicationSchema,
  publicationTag,
  publicJson,
  segmentOf,
  workSchema,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { showsPublications } from '#platform/http/route'
import { type Answer, apiRoot, operation } from './operation.ts'
import { editionParameter, publicIdParameter } from './parameters.ts'
import { ApiRefused } from './problem.ts'

const params = z.strictObject({ id: publicIdParameter })
const noQuery = z.strictObject({})

const at = (rest = '') => showsPublications(item => [`${apiRoot}/publications/${item.id}${rest}`])

/** What the site shows now, or where it has gone; whatever never was public is unknown. */
async function find(
  ctx: PublicContext,
  id: string,
  number?: number,
): Promise<{ view: PublicView } | { movedTo: string }> {
  const segment = await segmentOf(ctx.db, id)
  const now = ctx.clock.now()
  const found =
    segment === null
      ? null
      : await findPublicView(ctx.db, now, { siteId: ctx.site.id, publicId: id, segment, number })
  if (!found)
    throw new ApiRefused('not-found', 'open-data.unknown', '没有找到这件信息，也许它从未公开过。', {
      remedy: '请核对公开编号；全部公开的信息见 /api/v1/publications。',
    })
  if (!('how' in found)) return { view: found }
  if (found.how === 'redirected' && found.to)
    return { movedTo: `${apiRoot}/publications/${found.to.split('/').at(-1)}` }
  throw new ApiRefused(
    'gone',
    `open-data.${found.how}`,
    `这件信息已经停止公开。${found.reason ? `说明：${found.reason}` : ''}`,
    { remedy: '什么时候、为什么停止公开，见 /history。' },
  )
}

/** An operation on one item, whose answer is made of its view. */
async function about<Body>(
  ctx: PublicContext,
  id: string,
  bodyOf: (view: PublicView, root: string) => Body,
  number?: number,
): Promise<Answer<Body>> {
  const found = await find(ctx, id, number)
  // A redirect has no body: its shape does not matter
  if ('movedTo' in found) return { body: undefined as Body, movedTo: found.movedTo }
  const { view } = found
  return { body: bodyOf(view, ctx.site.origin + ctx.site.base), dependsOn: [publicationTag(view.id)] }
}

export const getPublication = operation({
  path: '/publications/{id}',
  name: 'getPublication',
  summary: '一件公开的信息，全文',
  description: '转移的答复 301，停止公开的答复 410 并说明原因，地址永远保留。',
  params,
  query: noQuery,
  answer: publicationSchema,
  rule: at(),
  answers: (ctx, { id }) => about(ctx, id, publicJson),
})

export const listEditions = operation({
  path: '/publications/{id}/editions',
  name: 'listEditions',
  summary: '公开过的全部版本',
  params,
  query: noQuery,
  answer: z
    .strictObject({ items: z.array(editionSchema).meta({ description: '新的在前' }) })
    .meta({ id: 'EditionList', description: '全部版本' }),
  rule: at('/editions'),
  answers: (ctx, { id }) => about(ctx, id, (view, root) => ({ items: publicJson(view, root).editions })),
})

export const getEdition = operation({
  path: '/publications/{id}/editions/{number}',
  name: 'getEdition',
  summary: '某一个版本，全文',
  params: z.strictObject({ id: publicIdParameter, number: editionParameter }),
  query: noQuery,
  answer: publicationSchema,
  rule: at('/editions/1'),
  answers: (ctx, { id, number }) => about(ctx, id, publicJson, number),
})

export const listLinks = operation({
  path: '/publications/{id}/links',
  name: 'listLinks',
  summary: '与其他文件的关系：解读、引用、取代等，两个方向',
  params,
  query: noQuery,
  answer: z
    .strictObject({
      links: z.array(workSchema).meta({ description: '它提到的文件' }),
      linkedFrom: z.array(workSchema).meta({ description: '提到它的文件，新的在前，每种关系最多 100 件' }),
      linkedFromCount: z.record(z.string(), z.int()).meta({ description: '每种关系共有多少件' }),
    })
    .meta({ id: 'LinkList', description: '两个方向的关系' }),
  rule: at('/links'),
  answers: (ctx, { id }) =>
    about(ctx, id, (view, root) => {
      const { links, linkedFrom, linkedFromCount } = publicJson(view, root)
      return { links, linkedFrom, linkedFromCount }
    }),
})

export const listEffects = operation({
  path: '/publications/{id}/effects',
  name: 'listEffects',
  summary: '效力关系：废止、修改，两个方向，带开始的日期',
  description: '一份文件在某一天是否有效，由施行日期、有效期和 effectsOnIt 决定。',
  params,
  query: noQuery,
  answer: z
    .strictObject({
      effects: z.array(workSchema).meta({ description: '它废止、修改的文件' }),
      effectsOnIt: z.array(workSchema).meta({ description: '废止、修改它的文件，全部' }),
    })
    .meta({ id: 'EffectList', description: '两个方向的效力关系' }),
  rule: at('/effects'),
  answers: (ctx, { id }) =>
    about(ctx, id, (view, root) => {
      const { effects, effectsOnIt } = publicJson(view, root)
      return { effects, effectsOnIt }
    }),
})
