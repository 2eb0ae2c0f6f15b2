import { z } from 'zod'
import type { Kind } from '#modules/publications'

const noticeTypes = { announcement: '通知公告', publicity: '公示', dynamics: '动态' } as const

const plain = { hasValidity: false, schemaType: 'Article' } as const

const required = (label: string) =>
  z.string(`请填写${label}。`).trim().min(1, `请填写${label}。`).max(300).meta({ label })

/** What a disclosure guide must say (R-CATG-01). */
const guideFields = z.object({
  officeName: required('工作机构名称'),
  officeAddress: required('办公地址'),
  officeHours: required('办公时间'),
  officePhone: required('联系电话'),
  officeFax: required('传真号码'),
  officeInternet: required('互联网联系方式'),
})

export const kinds: readonly Kind[] = [
  {
    ...plain,
    name: 'notice',
    label: '通知公告',
    segment: 'notices',
    door: 'home',
    uses: ['docNo', 'issuers', 'signedOn', 'theme', 'summary', 'keywords', 'source', 'author'],
    requires: ['source'],
    fields: z.object({
      noticeType: z
        .enum(['announcement', 'publicity', 'dynamics'], '请选择类型。')
        .default('announcement')
        .meta({ label: '类型', input: 'select', options: noticeTypes }),
    }),
  },
  {
    ...plain,
    name: 'disclosure-guide',
    label: '政府信息公开指南',
    segment: 'disclosure-guides',
    door: 'disclosure',
    uses: ['summary', 'keywords', 'source', 'signedOn'],
    requires: ['source'],
    fields: guideFields,
  },
  {
    ...plain,
    name: 'disclosure-rules',
    label: '政府信息公开制度',
    segment: 'disclosure-rules',
    door: 'disclosure',
    uses: ['docNo', 'issuers', 'signedOn', 'effectiveFrom', 'summary', 'keywords', 'source'],
    requires: ['source'],
    fields: z.object({}),
  },
]
