import type { Command } from '#platform/module'
import { readOptions } from '../import/import-options.ts'
import { findRun, listResults } from '../queries.ts'
import { humanReport } from './human-report.ts'
import { jsonReport } from './json-report.ts'
import { runImport } from './run-import.ts'

export const importCommand: Command = {
  name: 'import',
  usage: 'import 路径… [--apply | --publish-as-archive] [--json]',
  summary: '导入历史文件（.txt、.html）：先预览；--apply 存为草稿，--publish-as-archive 作为历史存量公开',
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
      for (const { report: line } of results.rows)
        if ('why' in line) report.fault(line)
        else report.document(line)
      return report.end({
        run: run.id,
        mode: run.publishes ? 'publish' : 'apply',
        interrupted: !run.finishedAt,
      })
    }
    return runImport(ctx, options, report, out)
  },
}

const help = `用法：./bin/mingtang import 路径… [--apply | --publish-as-archive] [--site 站点] [--organ 机构] [--column 栏目] [--kind 种类] [--json]
      ./bin/mingtang import --report 批次号|last [--json]
  路径           文件或文件夹（连同下级文件夹），读其中的 .txt、.html、.htm
  不加选项       只预览会导入什么、有哪些疑点，什么也不写
  --apply        存为草稿，在工作台核对以后公开
  --publish-as-archive  作为历史存量直接公开：按原发布日期排列，不算新发布
  --site         站点代码，默认是主站
  --organ        认不出发文机关时归在哪个机构名下（机构代码），默认是站点的主办机构
  --column       栏目路径，默认按种类选
  --kind         种类：policy、normative-document、notice 等，默认按文号和标题判断
  --json         只输出一份 JSON
  --report       把以前某个批次的结果再输出一遍`
