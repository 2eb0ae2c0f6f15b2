import { momentInBeijing } from '#lib/beijing-time'
import type { RecordPart } from '#platform/record'
import type { Manifest } from './manifest.ts'

/** What a stranger needs to know, who has this folder and nothing else. */
export function readmeOf(parts: readonly RecordPart[], manifest: Manifest): string {
  return [
    '政务公开记录 · 整体导出',
    '',
    `本文件夹是一个政务公开平台（明堂）公开过的全部内容，导出时刻见 manifest.json。`,
    manifest.site === null ? '范围：所有站点。' : `范围：只有站点“${manifest.site}”的发布物；机构是全部的。`,
    '不用任何专门的软件就能读：都是 UTF-8 文本。.jsonl 文件每行是一个 JSON 对象；.csv 可以用表格软件打开。',
    '时刻是世界时（ISO 8601，结尾的 Z 表示比北京时间早八小时），日期是北京日期。没有的项为 null。',
    '',
    '一、里面有什么',
    ...parts.flatMap(part => [
      '',
      part.file,
      `  ${part.about}`,
      ...Object.entries(part.fields).map(([name, what]) => `  · ${name}：${what}`),
      ...(part.table ? ['', part.table.file, `  ${part.table.about}`] : []),
    ]),
    '',
    'manifest.json',
    '  格式、版本、导出时刻、每个文件的 SHA-256 和行数。files/ 里的文件名就是它内容的 SHA-256。',
    '',
    '二、里面没有什么，为什么',
    '  · 草稿、待审和定时还没有公开的内容：没有公开过，不属于公开记录。',
    '  · 工作人员的账号、姓名和审计记录：经办人姓名属于内部信息，办理记录里只留机构；恢复时以机构名称填写。',
    manifest.withWithdrawnText
      ? '  · 已撤下、已到期的内容：按导出时的要求（--with-withdrawn-text），正文也在里面。请注意它们是有理由停止公开的。'
      : '  · 已撤下、已到期的内容：只有标题、经过、理由和网址（旧网址照样告知读者为什么停止公开），正文没有移交；要移交时用 --with-withdrawn-text 导出。',
    manifest.withClosed
      ? '  · 尚待核对的附件：按导出时的要求（--with-closed）也在里面，files.jsonl 里 held 为 true。它们可能含有个人信息，不得公开。'
      : '  · 尚待核对的附件和原件：可能含有个人信息，还没有开放，不在里面；要移交时用 --with-closed 导出。',
    '  · 检索用的索引：恢复时重新生成。',
    '  审查意见（clearance 的 opinion）是公开的依据，随记录移交；把本文件夹再提供给公众之前，请先去掉它。',
    '',
    '三、怎样恢复',
    '  在一套空的明堂里运行：./bin/mingtang restore 本文件夹',
    '  网址、索引号、版本、摘要、引用和效力关系、旧地址都与原来一样；索引号接着往下编。',
    '',
  ].join('\n')
}

export const madeWhen = (manifest: Manifest): string => momentInBeijing(new Date(manifest.madeAt))
