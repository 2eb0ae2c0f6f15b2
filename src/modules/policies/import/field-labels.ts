import type { FilingField } from './recognised.ts'

export const fieldLabels: Record<FilingField, string> = {
  title: '标题',
  issuer: '发文机关',
  docNo: '文号',
  indexNo: '索引号',
  signedOn: '成文日期',
  publishedOn: '发布日期',
  effectiveFrom: '施行日期',
  validUntil: '有效期',
  source: '信息来源',
  theme: '主题分类',
  repeals: '废止的文件',
  amends: '修改的文件',
  cites: '引用的文件',
  attachments: '附件',
  body: '正文',
  organ: '归属机构',
  column: '栏目',
  kind: '种类',
}
