import { z } from 'zod'
import { limitHelp, readLimit } from './limit.ts'

/** 公开渠道和载体: the thirteen of the standard sheet, and those that single fields add (R-GRS §11.2). */
export const channels = {
  website: '政府网站',
  gazette: '政府公报',
  'social-media': '两微一端',
  conference: '发布会/听证会',
  broadcast: '广播电视',
  press: '纸质媒体',
  'reading-place': '公开查阅点',
  'service-centre': '政务服务中心',
  'service-station': '便民服务站',
  visit: '入户/现场',
  'notice-board': '社区/企事业单位/村公示栏（电子屏）',
  targeted: '精准推送',
  other: '其他',
  'project-platform': '投资项目在线审批监管平台',
  credit: '信用中国网站',
  'resources-platform': '公共资源交易平台',
  'bidding-platform': '招标投标公共服务平台',
} as const
export type Channel = keyof typeof channels

export const modes = { proactive: '主动', 'on-request': '依申请' } as const
export const levels = { county: '县级', township: '乡级', village: '村级' } as const
export type Level = keyof typeof levels
export const everybody = '全社会'

/** The nodes of the statutory content (条例 Art. 20 and 21; R-PUB-02…04), in our own short words. */
export const statutory = {
  'P20-01': '规章和规范性文件',
  'P20-02': '机构职能和联系方式',
  'P20-03': '规划计划',
  'P20-04': '统计信息',
  'P20-05': '行政许可和其他管理服务',
  'P20-06': '行政处罚和行政强制',
  'P20-07': '财政预算决算',
  'P20-08': '行政事业性收费',
  'P20-09': '政府集中采购',
  'P20-10': '重大建设项目',
  'P20-11': '民生政策和实施情况',
  'P20-12': '突发事件应急',
  'P20-13': '监督检查',
  'P20-14': '公务员招考录用',
  'P20-15': '其他应当主动公开的信息',
  'P21A-1': '市政建设',
  'P21A-2': '公共服务',
  'P21A-3': '公益事业',
  'P21A-4': '土地征收',
  'P21A-5': '房屋征收',
  'P21A-6': '治安管理',
  'P21A-7': '社会救助',
  'P21B-1': '农业农村政策落实',
  'P21B-2': '农田水利工程',
  'P21B-3': '土地承包经营权流转',
  'P21B-4': '宅基地使用审核',
  'P21B-5': '乡镇土地征收',
  'P21B-6': '乡镇房屋征收',
  'P21B-7': '筹资筹劳',
  'P21B-8': '乡镇社会救助',
} as const
export type StatutoryCode = keyof typeof statutory
const isStatutory = (code: string): code is StatutoryCode => Object.hasOwn(statutory, code)

const text = (label: string, most: number, example: string) =>
  z
    .string(`${label}空着。${example}`)
    .trim()
    .min(1, `${label}空着。${example}`)
    .max(most, `${label}太长，最多 ${most} 字。请写要点，全文放在公开的内容里。`)
    .refine(value => !/#(?:REF|N\/A|VALUE|NAME|DIV\/0)|�/.test(value), {
      message: `${label}里有公式错误或者乱码。请在表格里改成文字。`,
    })
    .refine(value => !/(?<!\d)\d{17}[\dXx](?!\d)/.test(value), {
      message: `${label}里有身份证号码。目录里不能写个人信息，请删去。`,
    })

/** Facts of an item as forms, spreadsheets and the standard catalogue give them. */
export const itemSchema = z
  .object({
    domain: text('领域', 40, '请写领域，例如：社会救助。'),
    level1: text('一级事项', 100, '请写一级事项，例如：最低生活保障。'),
    level2: text('二级事项', 100, '请写二级事项，例如：办事指南。'),
    level3: z.string().trim().max(100, '三级事项最多 100 字。').default(''),
    elements: text('公开内容', 3000, '请写要公开的要素，例如：办理条件、申请材料、办理流程。'),
    ground: text('公开依据', 1000, '请写依据，例如：《中华人民共和国政府信息公开条例》。').refine(
      value => !/[[［](?:19|20)\d{2}[\]］]|\((?:19|20)\d{2}\)\d+号/.test(value),
      '公开依据的文号里，年份要用六角括号，例如：国发〔2012〕45号。',
    ),
    limit: z
      .string(`公开时限空着。${limitHelp}`)
      .trim()
      .max(200, '公开时限最多 200 字。')
      .superRefine((words, check) => {
        const read = readLimit(words)
        if ('fault' in read) check.addIssue({ code: 'custom', message: read.fault })
      }),
    body: text('公开主体', 200, '请写由谁公开，例如：县民政局、乡镇政府。'),
    channels: z
      .array(z.enum(Object.keys(channels) as Channel[]))
      .min(1, '公开渠道和载体一项也没有选。请至少选一项，例如：■政府网站。'),
    audience: text('公开对象', 100, '请在“全社会”打√，或者在“特定群体”写明是谁。'),
    mode: z.enum(['proactive', 'on-request'], '公开方式没有选。请在“主动”或者“依申请”打√。'),
    levels: z.array(z.enum(['county', 'township', 'village'])).min(1, '公开层级一项也没有选。请打√。'),
    /** Under which node of the statutory content it stands; empty: none. */
    code: z
      .string()
      .trim()
      .default('')
      .refine(
        code => code === '' || isStatutory(code),
        '法定类别不存在。请写 P20-01 到 P20-15、P21A-1 到 P21A-7 或者 P21B-1 到 P21B-8，也可以空着。',
      ),
    /** A column of the site, or a page of it, where this stands already; empty: only what is linked with it. */
    place: z
      .string()
      .trim()
      .default('')
      .refine(
        place => place === '' || /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/.test(place) || place in pages,
        '网站位置要写栏目路径，例如 disclosure/content/budget，也可以空着。',
      ),
  })
  .superRefine((item, check) => {
    // Longer than the general limit only where another law says so (条例 Art. 26, R-PUB-08)
    const read = readLimit(item.limit)
    if (!('limit' in read) || read.limit.on !== 'event' || typeof read.limit.limit === 'string') return
    const { amount, unit } = read.limit.limit
    const isLong = (unit === 'working-days' && amount > 20) || (unit === 'days' && amount > 30)
    if (isLong && !/《[^》]*法(?:（[^》]*）)?》/.test(item.ground))
      check.addIssue({
        code: 'custom',
        path: ['limit'],
        message: `${amount}${unit === 'days' ? '日' : '个工作日'}超过条例规定的20个工作日。请改短；法律另有规定的，在公开依据里写明那部法律。`,
      })
  })
export type ItemContent = z.output<typeof itemSchema>

/** Pages of the site that hold the content of an item as a whole. */
export const pages: Readonly<Record<string, string>> = {
  '/organs': '机构设置页面',
  '/policies': '政策文件库',
  '/policies?kind=normative-document': '政策文件库的行政规范性文件',
}

/** What is compared when a spreadsheet comes again: the same words in the same fields; a spreadsheet does not keep line breaks. */
export const sameContent = (a: ItemContent, b: ItemContent) => canonical(a) === canonical(b)
const canonical = (item: ItemContent) => {
  const { channels: by, levels: at, ...rest } = item
  const words = Object.entries(rest).map(([field, text]) => [field, text.replace(/\s+/g, ' ')])
  return JSON.stringify([words.toSorted(), by.toSorted(), at.toSorted()])
}

export const nameOf = (item: Pick<ItemContent, 'level1' | 'level2' | 'level3'>) =>
  [item.level1, item.level2, item.level3].filter(part => part !== '').join(' · ')

/** An item is the same in a spreadsheet and here when its field and its names are. */
export const identityOf = (item: Pick<ItemContent, 'domain' | 'level1' | 'level2' | 'level3'>) =>
  [item.domain, item.level1, item.level2, item.level3].map(part => part.replace(/\s/g, '')).join('|')
