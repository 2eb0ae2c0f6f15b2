import { z } from 'zod'
import type { EditionText, Kind } from '#modules/publications'

/** 15 document kinds of 2012 (S-GWG-23) and the genres that policies carry beside them. */
export const genres = [
  '通知',
  '意见',
  '办法',
  '规定',
  '细则',
  '方案',
  '公告',
  '通告',
  '决定',
  '通报',
  '批复',
  '函',
  '规划',
  '计划',
  '公报',
  '纪要',
  '报告',
  '命令',
  '议案',
  '请示',
  '决议',
] as const

/** Themes of the State Council, which local sites use too (S-IDX-09). */
export const themes = [
  '政府组织机构',
  '综合政务',
  '国民经济管理、国有资产监管',
  '财政、金融、审计',
  '国土资源、能源',
  '农业、林业、水利',
  '工业、交通',
  '商贸、海关、旅游',
  '市场监管、安全生产监管',
  '城乡建设、环境保护',
  '科技、教育',
  '文化、广电、新闻出版',
  '卫生、体育',
  '人口与计划生育、妇女儿童工作',
  '劳动、人事、监察',
  '公安、安全、司法',
  '民政、扶贫、救灾',
  '民族、宗教',
  '对外事务',
  '港澳台侨工作',
  '国防',
  '其他',
] as const

/** Why a document needs no interpretation (R-INT-07); the words themselves are kept. */
const exemptions = [
  '例行通知、事务性安排',
  '转发上级文件，没有新的要求',
  '人事任免、机构设置',
  '只宣布其他文件废止、失效',
  '只涉及特定单位，不面向社会',
  '批复、结果公示，内容已经说清',
  '其他',
] as const

/** R-INT-07: what needs no interpretation says why. */
const interpretation = {
  interpretationExempt: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({
      label: '不作解读的理由',
      input: 'select',
      options: Object.fromEntries(exemptions.map(reason => [reason, reason])),
      hint: '不需要解读的才选；空着的，公布后三个工作日内应发布解读。',
    }),
  interpretationExemptNote: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({ label: '不作解读的说明', hint: '选“其他”的必须写明。' }),
}

/** “Something else” is no reason yet. */
const saysWhy = (fields: {
  interpretationExempt?: string | undefined
  interpretationExemptNote?: string | undefined
}) => fields.interpretationExempt !== '其他' || Boolean(fields.interpretationExemptNote)
const whyNot = { path: ['interpretationExemptNote'], error: '请写明为什么不作解读。' }

const base = {
  segment: 'policies',
  door: 'policies',
  hasValidity: true,
  procedure: 'document',
  schemaType: 'Legislation',
  choices: { theme: themes, genre: genres },
  uses: [
    'docNo',
    'issuers',
    'signedOn',
    'effectiveFrom',
    'validUntil',
    'theme',
    'genre',
    'summary',
    'keywords',
    'source',
    'author',
  ],
} as const

const links = {
  replaces: '取代的文件',
  cites: '依据和引用的文件',
  repeals: '废止的文件',
  amends: '修改的文件',
}

type Duties = ReturnType<NonNullable<Kind['duties']>>

const interpretationDuty = ({ fields }: EditionText): Duties =>
  fields.interpretationExempt
    ? []
    : [
        {
          rule: 'R-INT-02',
          article: '政策文件公布后三个工作日内发布解读',
          title: '发布政策解读',
          domain: 'interpretation',
          limit: { amount: 3, unit: 'working-days' },
        },
      ]

/** Filing with the government above, and a look at it half a year before it expires (R-NOR-11, R-NOR-12). */
const normativeDuties = ({ validUntil }: EditionText): Duties => [
  {
    rule: 'R-NOR-12',
    article: '规范性文件公布后十五日内报备案',
    title: '报送规范性文件备案',
    domain: 'supervision',
    limit: { amount: 15, unit: 'days' },
  },
  ...(validUntil
    ? [
        {
          rule: 'R-NOR-11',
          article: '规范性文件有效期届满前六个月内评估',
          title: '评估规范性文件是否继续有效',
          domain: 'supervision' as const,
          limit: { fixedOn: validUntil },
        },
      ]
    : []),
]

/** Policy and normative document are two kinds on one schema; the genre is an attribute. */
export const kinds: readonly Kind[] = [
  {
    ...base,
    name: 'policy',
    label: '政策文件',
    fields: z.object(interpretation).refine(saysWhy, whyNot),
    duties: interpretationDuty,
    requires: ['issuers', 'signedOn', 'theme', 'source'],
    links,
  },
  {
    ...base,
    name: 'normative-document',
    label: '行政规范性文件',
    duties: text => [...interpretationDuty(text), ...normativeDuties(text)],
    fields: z
      .object({
        ...interpretation,
        unifiedNo: z
          .string()
          .trim()
          .max(60)
          .optional()
          .meta({ label: '规范性文件统一编号', hint: '有统一登记编号的填写' }),
      })
      .refine(saysWhy, whyNot),
    requires: ['docNo', 'issuers', 'signedOn', 'effectiveFrom', 'theme', 'source'],
    links,
  },
]

export const policyKinds = ['policy', 'normative-document'] as const
