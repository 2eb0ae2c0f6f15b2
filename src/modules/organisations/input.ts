import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { blankAsNull } from '#lib/forms'
import { organLevels, organTypes, splitDocCodes } from './organ.ts'
import { siteCodeMessage, siteCodePattern } from './site.ts'

/** Pieces of the input schemas of this module's acts: each takes what a form posts and what code hands over. */
export const text = (name: string, longest: number) =>
  z.string().trim().max(longest, `${name}最多${longest}个字，请缩短。`)

export const needed = (name: string, longest: number) => text(name, longest).min(1, `请填写${name}。`)

export const day = (name: string) => z.string().refine(isPlainDate, `${name}要写成 2026-11-23 这样的日期。`)

export const optionalDay = (name: string) => z.preprocess(blankAsNull, day(name).nullable()).default(null)

export const organId = (what: string) => z.uuid(`请选择${what}。`)

const ticked = z.union([z.boolean(), z.literal(['on', '1', 'yes']).transform(() => true)]).default(false)

/** Sent back by a form, so that a change made in between is noticed; commands leave it out. */
export const revision = z.preprocess(blankAsNull, z.coerce.number().int().nullable()).default(null)

export const reason = needed('理由', 500)

export const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, '代码用2至40个小写字母、数字或短横线，以字母开头，如 slj。')
  // `/organs/new` and `/sites/new` are pages of the desk.
  .refine(value => value !== 'new', '“new”不能作代码，请换一个。')

const listed = <Words extends Record<string, string>>(words: Words, name: string) =>
  z.enum(Object.keys(words) as [keyof Words & string], `请选择${name}。`)

export const organFacts = z.object({
  parentId: z.preprocess(blankAsNull, organId('上级机构').nullable()).default(null),
  name: needed('机构全称', 100),
  shortName: needed('机构简称', 40),
  type: listed(organTypes, '机构类型'),
  level: listed(organLevels, '级别'),
  uscc: z
    .preprocess(
      blankAsNull,
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z]{18}$/, '统一社会信用代码是18位数字和大写字母；还没有的可以留空。')
        .nullable(),
    )
    .default(null),
  docCodes: z
    .union([z.array(z.string()), z.string()])
    .transform(codes => splitDocCodes(typeof codes === 'string' ? codes : codes.join('、')))
    .pipe(
      z.array(
        z.string().regex(/^[\p{Script=Han}A-Za-z]{1,16}$/u, '机关代字只写汉字，如“云政发”，不带年份和序号。'),
      ),
    )
    .default([]),
  sortOrder: z.coerce
    .number('排序号是一个整数。')
    .int('排序号是一个整数。')
    .min(0, '排序号从0起。')
    .max(99999, '排序号最大是99999。')
    .default(0),
  establishedOn: optionalDay('成立日期'),
})

const email = (name: string) =>
  text(name, 100).refine(value => value === '' || z.email().safeParse(value).success, `${name}的写法不对。`)

const line = (name: string) => text(name, 200).default('')

/** Rows left wholly empty are dropped, so that a form can offer some spare ones. */
const rows = <Row extends z.ZodType<object>>(row: Row, most: number, name: string) =>
  z
    .array(z.unknown())
    .transform(list =>
      list.filter(
        one =>
          typeof one === 'object' &&
          one !== null &&
          Object.values(one).some(value => String(value).trim() !== ''),
      ),
    )
    .pipe(z.array(row).max(most, `${name}最多${most}行。`))
    .default([])

export const profileContent = z.object({
  functions: z
    .union([z.array(z.string()), z.string()])
    .transform(value => (typeof value === 'string' ? value.split(/\r?\n/) : value))
    .transform(lines => lines.map(one => one.trim()).filter(one => one !== ''))
    .pipe(z.array(text('每条职责', 1000)).max(100, '职责最多100条。'))
    .default([]),
  leaders: rows(
    z.object({
      name: needed('负责人姓名', 50),
      post: needed('负责人职务', 100),
      duties: text('分工', 1000).default(''),
    }),
    60,
    '负责人',
  ),
  sections: rows(
    z.object({
      name: needed('内设机构名称', 100),
      duties: text('内设机构职责', 1000).default(''),
      phone: line('内设机构电话'),
    }),
    100,
    '内设机构',
  ),
  address: line('办公地址'),
  officeHours: line('办公时间'),
  phone: line('办公电话'),
  fax: line('传真'),
  email: email('电子邮箱').default(''),
  postcode: text('邮政编码', 6)
    .refine(value => value === '' || /^\d{6}$/.test(value), '邮政编码是6位数字。')
    .default(''),
  opennessOffice: z
    .object({
      name: line('公开工作机构名称'),
      officer: line('公开工作机构负责人'),
      phone: line('公开工作机构电话'),
      address: line('公开工作机构地址'),
      fax: line('公开工作机构传真'),
      email: email('公开工作机构邮箱').default(''),
    })
    .prefault({}),
})

const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    '域名只写主机名，如 www.example.gov.cn，不带 http:// 和路径。',
  )

const optionalAddress = (name: string) =>
  z
    .preprocess(
      blankAsNull,
      z.url({ protocol: /^https?$/, error: `${name}要写完整网址，以 http:// 或 https:// 开头。` }).nullable(),
    )
    .default(null)

export const siteSettings = z.object({
  organId: organId('主办机构'),
  name: needed('网站名称', 100),
  shortName: needed('网站简称', 40),
  tagline: text('标语', 100).default(''),
  domain: hostName,
  hosts: z
    .union([z.array(z.string()), z.string()])
    .transform(value => (typeof value === 'string' ? value.split(/[\s,，、;；]+/u) : value))
    .transform(list => [...new Set(list.map(one => one.trim()).filter(one => one !== ''))])
    .pipe(z.array(hostName).max(20, '主机名最多20个。'))
    .default([]),
  isDefault: ticked,
  // S-ID-01
  siteCode: z.string().trim().regex(siteCodePattern, siteCodeMessage),
  footer: z
    .object({
      host: line('主办单位'),
      contactPhone: line('联系电话'),
      contactEmail: email('联系邮箱').default(''),
      address: line('地址'),
      icp: line('ICP备案编号'),
      police: line('公安机关备案号'),
      findErrorUrl: optionalAddress('找错入口'),
      badgeUrl: optionalAddress('党政机关网站标识'),
      supportsIpv6: ticked,
      technicalSupport: line('技术支持'),
    })
    .prefault({}),
})
