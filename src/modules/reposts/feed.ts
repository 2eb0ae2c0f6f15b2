import { z } from 'zod'

/** S3 一(八): of general guidance, or concerning a sector or a place. */
export const scopes = { general: '对全局工作有指导意义', sector: '涉及本行业', place: '涉及本地区' } as const
export type Scope = keyof typeof scopes

export const forms = {
  feed: '订阅源（RSS、Atom、JSON），或者另一个明堂站点的接口',
  list: '列表网页（对方没有订阅源时）',
} as const
export type Form = keyof typeof forms

/** Where a higher government announces what it publishes. */
export interface Feed {
  id: string
  siteId: string
  name: string
  address: string
  form: Form
  itemSelector: string | null
  scope: Scope
  anyWords: string[]
  noneWords: string[]
  columnId: string | null
  intervalMinutes: number
  told: string[]
  paused: boolean
  watchedSince: Date
  nextAt: Date
  lastReadAt: Date | null
  etag: string | null
  lastModified: string | null
  failingSince: Date | null
  failures: number
  lastProblem: string | null
  toldFailingAt: Date | null
  revision: number
  changedBy: string
  changedAt: Date
}

const words = z
  .preprocess(
    value => (typeof value === 'string' ? value.split(/[、，,；;\n]/) : (value ?? [])),
    z.array(z.string().trim().max(40, '每个词最多 40 字。')),
  )
  .transform(list => [...new Set(list.filter(Boolean))])
  .pipe(z.array(z.string()).max(100, '最多 100 个词。'))

const ids = z.preprocess(
  value => (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter(id => id !== ''),
  z.array(z.uuid('人员不对，请重新选择。')).max(50, '最多通知 50 人。'),
)

/** What is needed to read it. */
export const whatToRead = z
  .object({
    address: z
      .string()
      .trim()
      .max(500, '网址最多 500 字。')
      .pipe(
        z.url({
          protocol: /^https?$/,
          message: '请填写完整的网址，例如 https://www.example.gov.cn/rss.xml。',
        }),
      ),
    form: z.enum(['feed', 'list'], '请选择对方怎样公布。'),
    itemSelector: z
      .string()
      .trim()
      .max(200, '选择器最多 200 字。')
      .default('')
      .transform(text => (text === '' ? null : text)),
  })
  .superRefine((feed, check) => {
    if (feed.form === 'list' && feed.itemSelector === null)
      check.addIssue({
        code: 'custom',
        path: ['itemSelector'],
        message: '列表网页要写明每一行在哪里，例如 .list li。不会写的，请技术人员帮忙。',
      })
  })
  .transform(feed => ({ ...feed, itemSelector: feed.form === 'list' ? feed.itemSelector : null }))
export type WhatToRead = z.output<typeof whatToRead>

export const feedFacts = z.intersection(
  whatToRead,
  z.object({
    name: z.string().trim().min(2, '请填写上级政府或者部门的名称。').max(60, '名称最多 60 字。'),
    scope: z.enum(['general', 'sector', 'place'], '请选择为什么要转载。'),
    anyWords: words,
    noneWords: words,
    columnId: z.preprocess(
      value => (value === '' ? null : value),
      z.uuid('栏目不对，请重新选择。').nullish(),
    ),
    intervalMinutes: z.coerce
      .number('请填写分钟数。')
      .int('请填写整数。')
      .min(10, '最短 10 分钟：更密会打扰对方网站。')
      .max(1440, '最长 1440 分钟（一天）。'),
    told: ids,
  }),
)
export type FeedFacts = z.output<typeof feedFacts>

/** When to ask again after so many failures in a row: twice as long each time, a day at most. */
export function waitAfter(failures: number, intervalMinutes: number): number {
  return Math.min(intervalMinutes * 2 ** Math.min(failures, 12), 1440)
}

/** A day of failing is told to its keepers. */
export const failingLong = (feed: Pick<Feed, 'failingSince'>, now: Date) =>
  feed.failingSince !== null && now.getTime() - feed.failingSince.getTime() >= 24 * 3_600_000
