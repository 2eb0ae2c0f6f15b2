/** Labels of the metadata blocks of government sites, verbatim (S-IDX-04), by the fact they state. */
const LABELS = {
  indexNo: '信息索引号 索引号 索取号',
  title: '信息名称 文件名称 公文名称 文件标题 标题 名称',
  docNo: '发文字号 文件字号 公文字号 发文文号 文件编号 文件文号 发文号 文件号 文号',
  issuer: '发文机关 发文单位 发文机构 制发机关 制发单位 制定机关 制定机构 成文机关 印发机关',
  publisher: '信息发布机构 发布机构 发布机关 发布单位 公开机构 公开主体 公开责任部门 责任部门 信息提供单位',
  signedOn: '成文日期 成文时间 生成日期 生成时间 产生日期 发文日期 发文时间 签发日期 制发日期 印发日期',
  publishedOn:
    '信息发布日期 发布日期 发布时间 公开日期 公开时间 公布日期 上载日期 上传时间 发表时间 发布于 日期 时间',
  effectiveFrom: '施行日期 实施日期 生效日期 生效时间 实施时间 执行日期',
  validUntil: '有效期至 失效日期 失效时间 终止日期',
  source: '信息来源 文章来源 稿件来源 消息来源 来源',
  theme: '主题分类 主题类别 主题',
  validity: '有效性 时效性 效力状态 文件状态 时效',
  other:
    '作者 浏览次数 浏览量 浏览 点击数 点击量 点击率 点击次数 阅读次数 阅读量 阅读 访问次数 访问量 字体大小 文字大小 字体 字号 大小 背景色 ' +
    '颜色 视力保护色 责任编辑 编辑 审核人 审核 校对 分享到 分享 打印 关闭 体裁分类 组配分类 服务对象分类 服务对象 生命周期分类 生命周期 ' +
    '关键词 主题词 内容概述 摘要 概述 公开方式 公开属性 公开范围 公开形式 公开时限 公开类别 信息格式 信息类别 信息分类 语种 统一编号 ' +
    '规范性文件编号 规范性文件统一编号 登记号 分类 所属机构 隶属关系 发布人 录入者 有效期 废止日期 废止时间 更新时间 更新日期 归档时间 操作 保护视力色 下载地址 信息名 效力等级',
} as const satisfies Record<string, string>

export type LabelKind = keyof typeof LABELS
export type LabelledValue = { kind: LabelKind; label: string; value: string }

const KIND_OF = new Map<string, LabelKind>()
for (const kind of Object.keys(LABELS) as LabelKind[]) {
  for (const label of LABELS[kind].split(' ')) KIND_OF.set(label, kind)
}

/** Labels are often set with blanks between the characters: `索 引 号`. */
const LABEL = [...KIND_OF.keys()]
  .sort((a, b) => b.length - a.length)
  .map(label => [...label].join('\\s{0,4}'))
  .join('|')
const LABELLED = new RegExp(`(^|[\\s【\\[［|｜〖（(•·●◆▪■])(${LABEL})\\s*[:：]`, 'g')
const BEGINS_LABELLED = new RegExp(`^[\\s【\\[［|｜•·●◆▪■]*[〖（(]?(?:${LABEL})\\s*[:：]`)
const ALONE = new RegExp(`^[【\\[［•·●◆▪■]?\\s*(${LABEL})[】\\]］]?\\s*[:：]?$`)

/** A line of labels is short; long lines are running text. */
const LABELS_WITHIN = 600

/** What a label says, when the text is such a label and nothing else. */
export function labelKind(text: string): { kind: LabelKind; label: string } | null {
  if (text.length > 24) return null
  const label = ALONE.exec(text.trim())?.[1]?.replace(/\s+/g, '')
  const kind = label === undefined ? undefined : KIND_OF.get(label)
  return label !== undefined && kind ? { kind, label } : null
}

/** All `label：value` pairs of one line; empty when it does not begin as such a line. */
export function labelledValues(line: string): LabelledValue[] {
  if (line.length > LABELS_WITHIN || !/[:：]/.test(line)) return []
  if (!BEGINS_LABELLED.test(line)) return []
  const found = [...line.matchAll(LABELLED)]
  return found.map((match, i) => {
    const end = found[i + 1]?.index ?? line.length
    const label = (match[2] ?? '').replace(/\s+/g, '')
    return {
      kind: KIND_OF.get(label) ?? 'other',
      label,
      value: tidyValue(line.slice(match.index + match[0].length, end)),
    }
  })
}

/** Pairs out of a row of cells: `索引号 | … | 发文机关 | …`, or `索引号：… | 发文机关：…`. */
export function labelledCells(cells: string[]): LabelledValue[] {
  const pairs: LabelledValue[] = []
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? ''
    const alone = labelKind(cell)
    if (!alone) {
      pairs.push(...labelledValues(cell))
    } else if (labelKind(cells[i + 1] ?? '') === null) {
      pairs.push({ ...alone, value: tidyValue(cells[i + 1] ?? '') })
      i++
    }
  }
  return pairs
}

function tidyValue(value: string): string {
  const text = value.replace(/[\s\u00a0\u3000]+/g, ' ').replace(/[\s【[［|｜〖（(]+$/, '')
  return text.replace(/\s*[【[［](?:字体|字号|打印|关闭|收藏|分享|大|中|小|颜色).*$/, '').trim()
}
