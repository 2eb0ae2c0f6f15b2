/** What the fields are called for which the log has commitments. */
const names: Record<string, string> = {
  title: '标题',
  docNo: '文号',
  issuers: '发文机关',
  signedOn: '成文日期',
  effectiveFrom: '施行日期',
  validUntil: '有效期至',
  genre: '体裁',
  theme: '主题分类',
  keywords: '关键词',
  summary: '内容概述',
  source: '信息来源',
  author: '作者',
  bodyHtml: '正文',
  changeNote: '修改说明',
  fields: '这一种类特有的内容',
  shownUntil: '公示截止日',
  indexNo: '索引号',
  kind: '种类',
  organ: '发布机构',
  link: '引用',
  effect: '效力关系',
  file: '文件',
}

export function nameOfField(field: string): string {
  const [name = '', at] = field.split('.')
  return `${names[name] ?? name}${at ? `（第 ${at} 项）` : ''}`
}
