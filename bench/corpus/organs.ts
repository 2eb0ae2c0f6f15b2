import { words } from './words/field.ts'

/** An organ of the fictional county, with the code that its documents are numbered under. */
export interface CorpusOrgan {
  key: string
  name: string
  shortName: string
  code: string
  level: 'government' | 'department' | 'township'
  /** Names of the fields it deals in; a government deals in all. */
  fields: readonly string[]
  /** How many documents it issues, compared with the others. */
  share: number
}

const departments = `
fgj 云溪县发展和改革局 县发改局 云发改 30 工信商务 财政
jyj 云溪县教育局 县教育局 云教 40 教育
kjj 云溪县科学技术局 县科技局 云科 12 工信商务 教育
gxj 云溪县工业和信息化局 县工信局 云工信 20 工信商务
gaj 云溪县公安局 县公安局 云公 20 公安司法
mzj 云溪县民政局 县民政局 云民 28 民政
sfj 云溪县司法局 县司法局 云司 18 公安司法
czj 云溪县财政局 县财政局 云财 36 财政
rsj 云溪县人力资源和社会保障局 县人社局 云人社 34 人社
zrj 云溪县自然资源局 县自然资源局 云自然资 32 自然资源
sthj 云溪县生态环境局 县生态环境局 云环 26 生态环境
zjj 云溪县住房和城乡建设局 县住建局 云建 34 住建
cgj 云溪县城市管理局 县城管局 云城管 16 住建 生态环境
jtj 云溪县交通运输局 县交通局 云交 28 交通
slj 云溪县水利局 县水利局 云水 30 水利
nyj 云溪县农业农村局 县农业农村局 云农 36 农业
lyj 云溪县林业局 县林业局 云林 24 林业
swj 云溪县商务局 县商务局 云商务 14 工信商务
wlj 云溪县文化广电旅游体育局 县文旅局 云文旅 24 文旅体
wjj 云溪县卫生健康局 县卫健局 云卫 32 卫生健康
yjj 云溪县应急管理局 县应急局 云应急 28 应急
sjj 云溪县审计局 县审计局 云审 8 财政
scj 云溪县市场监督管理局 县市场监管局 云市监 30 市场监管
tjj 云溪县统计局 县统计局 云统 6 工信商务 财政
ybj 云溪县医疗保障局 县医保局 云医保 14 卫生健康 民政
tyj 云溪县退役军人事务局 县退役军人局 云退役军人 6 民政 人社
xfj 云溪县信访局 县信访局 云信访 5 公安司法
xzj 云溪县行政审批服务局 县行政审批局 云审批 14 政务
gzw 云溪县国有资产监督管理委员会 县国资委 云国资 6 财政
dxc 云溪县消防救援大队 县消防大队 云消 8 应急
dsb 云溪县地方志编纂委员会办公室 县志办 云志办 3 文旅体 政务
kfq 云溪经济开发区管理委员会 经开区管委会 云经开 14 工信商务 自然资源 住建
`

const townships =
  '青石镇 白鹭乡 龙潭口镇 柳浪镇 枫桥畈镇 石门坳镇 上河湾镇 双塘铺镇 大沙洲镇 松林岗镇 茶亭坪镇 梅花渡镇 桃源坞乡 云雾岭乡 竹溪坝乡 黄荆冲乡 鹿鸣垄乡 落雁洲乡 清泉畲族乡 栗树坪乡 城关街道 沿江街道 湖心街道 锦鸡岭街道'

const localFields = '农业 水利 林业 民政 应急 公安司法 住建 生态环境 政务 教育 卫生健康 自然资源'.split(' ')

/** The county, its office, 32 departments, 24 townships and two bodies that exist for a task: sixty. */
export const organs: readonly CorpusOrgan[] = [
  ...government('yunxi', '云溪县人民政府', '县政府', '云政', 70),
  ...government('office', '云溪县人民政府办公室', '县政府办', '云政办', 90),
  ...departments
    .trim()
    .split('\n')
    .map(line => {
      const [key = '', name = '', shortName = '', code = '', share = '1', ...fields] = words(line)
      return { key, name, shortName, code, level: 'department' as const, fields, share: Number(share) }
    }),
  ...words(townships).map((place, index): CorpusOrgan => {
    const street = place.endsWith('街道')
    const name = street ? `云溪县人民政府${place}办事处` : `${place}人民政府`
    const code = `${place.slice(0, street ? 2 : -1).replace(/族$/, '')}${street ? '办' : '政'}`
    const key = index === 0 ? 'qsz' : index === 1 ? 'blx' : `township${index + 1}`
    return { key, name, shortName: place, code, level: 'township', fields: localFields, share: 7 }
  }),
  ...['县防汛抗旱指挥部 云汛 水利 应急', '县安全生产委员会 云安委 应急'].map((line, index): CorpusOrgan => {
    const [shortName = '', code = '', ...fields] = words(line)
    const name = `云溪${shortName}`
    return { key: `task${index + 1}`, name, shortName, code, level: 'department', fields, share: 5 }
  }),
]

/** Names of the townships alone, for the places that documents speak of. */
export const townshipNames = words(townships)

function government(
  key: string,
  name: string,
  shortName: string,
  code: string,
  share: number,
): CorpusOrgan[] {
  return [{ key, name, shortName, code, level: 'government', fields: [], share }]
}
