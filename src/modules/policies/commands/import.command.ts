import { readConfig } from '#platform/config'
import type { Command } from '#platform/module'
import { type FileStorage, openStorage } from '#platform/storage/storage'
import { readOptions } from '../import/import-options.ts'
import { findRun, listResults } from '../queries.ts'
import { humanReport } from './human-report.ts'
import { jsonReport } from './json-report.ts'
import { runCommand } from './run-import.ts'

/** @param storage where pictures and attachments are kept */
export const importCommandWith = (storage: () => FileStorage): Command => ({
  name: 'import',
  usage: 'import 路径… [--apply | --publish-as-archive] [--json]',
  summary:
    '导入历史文件、文件夹、压缩包或整个旧网站：先预览；--apply 存为草稿，--publish-as-archive 作为历史存量公开',
  async run(ctx, args, out) {
    const options = readOptions(args)
    if ('error' in options) {
      out.error(`${options.error}\n${help}`)
      return 2
    }
    const report = options.json ? jsonReport(out) : humanReport(out)
    if (options.report !== null) {
      const run = await findRun(ctx.db, options.report)
      if (!run) {
        out.error('没有这个批次。批次号在工作台“历史导入”里可以查到。')
        return 2
      }
      const results = await listResults(ctx.db, run.id)
      for (const { report: line, result } of results.rows)
        if (!('why' in line)) report.document(line)
        else if (result === 'skipped') report.skipped(line)
        else report.fault(line)
      return report.end({
        run: run.id,
        mode: run.publishes ? 'publish' : 'apply',
        interrupted: !run.finishedAt,
      })
    }
    return runCommand(ctx, options, report, out, storage())
  },
})

export const importCommand = importCommandWith(() => openStorage(readConfig().dataDir))

const help = `用法：./bin/mingtang import 路径… [--apply | --publish-as-archive] [--site 站点] [--organ 机构] [--column 栏目] [--kind 种类] [--from 网址] [--json]
      ./bin/mingtang import --report 批次号|last [--json]
  路径           文件、文件夹（连同下级文件夹）或 .zip。能读 .txt、.html、.docx、.doc、.pdf（有文字的）、.ofd，
                 .xlsx、.csv 读作文件清单；整站另存的文件夹连同图片、附件一起导入
  不加选项       只预览会导入什么、有哪些疑点，什么也不写
  --apply        存为草稿，在工作台核对以后公开
  --publish-as-archive  作为历史存量直接公开：按原发布日期排列，不算新发布
  --site         站点代码，默认是主站
  --organ        认不出发文机关时归在哪个机构名下（机构代码），默认是站点的主办机构
  --column       栏目路径，默认按种类选
  --kind         种类：policy、normative-document、notice 等，默认按文号和标题判断
  --from         原网站的网址（给出的文件夹对应的那一级）：旧网址从此转到新页面
  --json         只输出一份 JSON
  --report       把以前某个批次的结果再输出一遍`
