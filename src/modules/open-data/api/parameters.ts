import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { publicIdPattern } from '#lib/ids'
import { allKinds, type Validity, validities } from '#modules/publications'

/** A whole number in an address. */
const whole = (description: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `请写 ${least} 到 ${most} 的整数。`)
    .transform(Number)
    .refine(number => number >= least && number <= most, `请写 ${least} 到 ${most} 的整数。`)
    .meta({ type: 'integer', minimum: least, maximum: most, description })

const text = (description: string, longest: number, example: string) =>
  z
    .string('请写要找的内容。')
    .trim()
    .refine(value => !/\p{Cc}/u.test(value), '请去掉看不见的控制字符。')
    .min(1, '请写内容，或者去掉这个参数。')
    .max(longest, `最多 ${longest} 个字。`)
    .meta({ description, examples: [example] })

const day = (description: string) =>
  z
    .string()
    .refine(isPlainDate, '请写存在的日期，样子是 2026-11-23。')
    .meta({ description, format: 'date', examples: ['2026-11-23'] })

export const pageSizeLimit = 100

export const paging = {
  page: whole('第几页，从 1 数起', 1, 10_000).optional(),
  pageSize: whole(`每页几件，最多 ${pageSizeLimit}，默认 20`, 1, pageSizeLimit).optional(),
}

/** The first cursor: from the very beginning. */
export const fromStart = 'start'

/** What lists can be narrowed by, under the names of the list pages. */
export const filters = {
  q: text('要找的词、标题或者文号', 200, '节约用水').optional(),
  kind: z
    .string()
    .refine(name => allKinds().some(kind => kind.name === name), {
      error: () =>
        `可用的种类：${allKinds()
          .map(kind => kind.name)
          .join('、')}。`,
    })
    .meta({ description: '种类', examples: ['policy'] })
    .optional(),
  organ: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, '请写机构代码，见 /api/v1/organs。')
    .meta({ description: '发布机构的代码，见 /api/v1/organs', examples: ['slj'] })
    .optional(),
  column: z
    .string()
    .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, '请写栏目路径，见 /api/v1/columns。')
    .max(200, '请写栏目路径，见 /api/v1/columns。')
    .meta({ description: '栏目路径（包括下级栏目），见 /api/v1/columns', examples: ['policies/normative'] })
    .optional(),
  theme: text('主题分类', 40, '农业、林业、水利').optional(),
  genre: text('体裁', 20, '办法').optional(),
  year: z
    .string()
    .regex(/^(19|20)\d{2}$/, '请写四位年份，样子是 2026。')
    .meta({ description: '发布的年份', examples: ['2026'] })
    .optional(),
  validity: z
    .enum(
      Object.keys(validities) as [Validity],
      `可用的有效性：${Object.entries(validities)
        .map(([name, label]) => `${name} ${label}`)
        .join('、')}。`,
    )
    .meta({ description: '有效性', examples: ['in-force'] })
    .optional(),
  on: day('有效性按哪一天看，默认今天').optional(),
  from: day('发布日期从哪一天起').optional(),
  to: day('发布日期到哪一天止（含当天）').optional(),
  archive: z.literal('no', '只能写 no：不要历史存量。').meta({ description: 'no：不要历史存量' }).optional(),
}

export const publicIdParameter = z
  .string()
  .regex(publicIdPattern, '公开编号是 10 位小写字母和数字。')
  .meta({ description: '公开编号', examples: ['7k2m9c4x3p'] })

export const editionParameter = whole('第几版', 1, 9999)

const cursorRemedy = `第一次写 ${fromStart}，以后原样使用上一次答复里 next 的地址。`

export const cursorParameter = (isCursor: (text: string) => boolean, description: string) =>
  z
    .string(cursorRemedy)
    .refine(text => text === fromStart || isCursor(text), cursorRemedy)
    .meta({ description, examples: [fromStart] })

/** An address with the question in it; what is not asked is left out. */
export function addressWith(path: string, query: Record<string, string | number | undefined>): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value))
  return asked.size > 0 ? `${path}?${asked}` : path
}
