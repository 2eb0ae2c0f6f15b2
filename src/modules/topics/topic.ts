import { z } from 'zod'
import {
  allKinds,
  choiceAddress,
  filterOf,
  type ListChoice,
  type ListFilter,
  type Validity,
  validities,
} from '#modules/publications'

export const topicStates = { draft: '筹备中', public: '已公开', closed: '已结束' } as const
export type TopicState = keyof typeof topicStates

export interface Topic {
  id: string
  siteId: string
  /** Stands in its address. */
  key: string
  name: string
  summary: string
  /** Whom it is for. */
  audience: string[]
  state: TopicState
  openedAt: Date | null
  closedAt: Date | null
  closingNote: string
  revision: number
  changedBy: string
  changedAt: Date
}

export interface Section {
  id: string
  topicId: string
  title: string
  note: string
  rule: Rule | null
  /** How many items are shown at once. */
  shown: number
  picks: Pick[]
}

export interface Pick {
  publicationId: string
  excluded: boolean
}

const blankLeftOut = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value
const word = z.preprocess(blankLeftOut, z.string().trim().max(200, '最多 200 字。').optional())

/** What a list can be narrowed by, under the names that its address has; `kind` may be a family, `policies/*`. */
export const ruleSchema = z.object({
  q: word,
  kind: z.preprocess(blankLeftOut, z.string().refine(isKind, '没有这个种类，请重新选择。').optional()),
  organ: word,
  theme: word,
  column: word,
  year: z.preprocess(
    blankLeftOut,
    z
      .string()
      .trim()
      .regex(/^(19|20)\d{2}$/, '年份请写四位数字，例如 2026。')
      .optional(),
  ),
  validity: z.preprocess(
    blankLeftOut,
    z.enum(Object.keys(validities) as [Validity], '请重新选择有效性。').optional(),
  ),
})
export type Rule = z.output<typeof ruleSchema>
export const ruleNames = Object.keys(ruleSchema.shape) as (keyof Rule)[]

const family = /^([a-z-]+)\/\*$/

/** Kinds under one beginning of addresses that have a list of their own, as one choice: 政策文件 with 规范性文件. */
export function families(): { value: string; label: string; kinds: string[] }[] {
  const bySegment = Map.groupBy(allKinds(), kind => kind.segment)
  return [...bySegment].flatMap(([segment, kinds]) =>
    kinds.length > 1
      ? [
          {
            value: `${segment}/*`,
            label: kinds.map(kind => kind.label).join('、'),
            kinds: kinds.map(kind => kind.name),
          },
        ]
      : [],
  )
}

function isKind(value: string): boolean {
  return [...allKinds().map(kind => kind.name), ...families().map(one => one.value)].includes(value)
}

const choiceOf = ({ kind, ...rule }: Rule): ListChoice => ({
  ...rule,
  ...(kind !== undefined && !family.test(kind) ? { kind } : {}),
  page: 1,
})

/** What a rule gathers on a site, newest first. */
export function filterOfRule(siteId: string, rule: Rule): ListFilter {
  const kinds = families().find(one => one.value === rule.kind)?.kinds
  return { ...filterOf(siteId, choiceOf(rule)), ...(kinds ? { kinds } : {}), order: 'newest' }
}

/** The list that shows all of it, within the site. */
export function listOfRule(rule: Rule): string {
  const segment = family.exec(rule.kind ?? '')?.[1]
  return choiceAddress(segment ? `/${segment}` : '/search', {
    ...choiceOf(rule),
    ...(rule.q ? { sort: 'time' } : {}),
  })
}

export const addressOfTopic = (topic: { key: string }): string => `/topics/${topic.key}`
