import type { RecordLine, RecordPart } from '#platform/record'
import { type Validity, validities } from '../validity.ts'
import { readPublications } from './read-publications.ts'
import { writePublications } from './write-publications.ts'

export const publicationsPart: RecordPart = {
  order: 60,
  file: 'publications.jsonl',
  about: '公开过的发布物，一行一件：历次版本全文、网址、效力关系和公开经过。按内部编号排列。',
  fields: {
    uuid: '内部编号，恢复时保持不变',
    id: '公开编号，是网址的最后一段',
    address: '在本站内的网址；前面加上网站域名就是全部',
    site: '所属站点的代码',
    organ: '发布机构：key 为代码，name 为导出时的名称',
    kind: '种类：policy 政策文件，normative-document 行政规范性文件，interpretation 政策解读，notice 通知公告等',
    indexNo: '索引号',
    formerIndexNo: '从原来的系统带来的索引号',
    archive: '是不是历史存量',
    sourcePublishedOn: '历史存量在原网站的发布日期',
    sourceUrl: '历史存量的原网址',
    firstPublicAt: '第一次公开的时刻',
    sortAt: '列表按它排列',
    publishedOn: '发布日期（由上面几项算出）',
    validity:
      '导出那一天的有效性（由效力关系算出）：in-force 现行有效，not-yet 尚未施行，amended 已修改，partly-lapsed 部分失效，repealed 已废止，expired 已失效',
    leftHow:
      '不再公开的原因种类：withdrawn 撤下，redirected 转移（旧地址转到 leftTo），gone 删除，superseded 被取代，expired 到期；null 为没有撤下',
    leftAt: '何时停止公开',
    leftReason: '停止公开的理由，旧地址上照样告知读者（410）',
    leftTo: '转移到或取代它的发布物的公开编号',
    work: '它作为被引用对象的内部编号',
    editions:
      '历次版本，number 为版次，publicFrom 至 publicUntil 公开，digest 为封存时算出的摘要。textWithheld 为 true 的，正文没有随文件移交',
    'editions.fields': '这一种类特有的项目',
    'editions.bodyHtml': '正文，HTML',
    'editions.columns': '展示栏目，第一个为主栏目',
    'editions.clearance':
      '公开的依据：review 经过审查，archive-import 历史存量导入，sample 样例；opinion 为审查意见',
    'editions.links':
      '引用关系：interprets 解读，cites 引用，replaces 取代，answers 答复，reports-on 报告，see-also 参见；url 为 null 的文件不在这里',
    'editions.effects':
      '对其他文件的效力：repeals 废止，amends 修改，partly-repeals 部分废止，自 effectiveFrom 起',
    'editions.files': '附件（attachment）和图片（picture），file 为 files.jsonl 里的 id',
    placements: '导出时在哪些栏目展示，main 为主栏目',
    acts: '公开经过：published 发布，scheduled 定时，corrected 更正，withdrawn 撤下等；actedAt 办理，publicAt 生效',
    oldAddresses: '旧网站上的地址，访问时转到这一件（301）',
  },
  write: writePublications,
  read: readPublications,
  table: {
    file: 'publications.csv',
    about: '给人看的总目录，一件一行，可用表格软件打开；内容都在 publications.jsonl 里。',
    heads: [
      '公开编号',
      '网址',
      '标题',
      '文号',
      '索引号',
      '机构',
      '种类',
      '成文日期',
      '发布日期',
      '施行日期',
      '有效期至',
      '有效性',
      '停止公开',
    ],
    cells: tableCells,
  },
}

function tableCells(line: RecordLine): string[] {
  const editions = line.editions as RecordLine[]
  const last = editions.at(-1) ?? {}
  const organ = line.organ as { name: string }
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return [
    text(line.id),
    text(line.address),
    text(last.title),
    text(last.docNo),
    text(line.indexNo),
    organ.name,
    text(line.kind),
    text(last.signedOn),
    text(line.publishedOn),
    text(last.effectiveFrom),
    text(last.validUntil),
    line.validity ? validities[line.validity as Validity] : '',
    text(line.leftReason),
  ]
}
