import type { Command } from '#platform/module'
import { checkRecord } from '../check-leaves.ts'

export const logCommand: Command = {
  name: 'log',
  usage: 'log fsck [--json]',
  summary: '从数据库重新计算公开日志并逐项核对，指出被改动的版本、效力、记录、区块和日志头',
  async run(ctx, args, out) {
    if (args[0] !== 'fsck') {
      out.error('用法：./bin/mingtang log fsck [--json]')
      return 2
    }
    const { faults, ...counts } = await checkRecord(ctx.db)
    if (args.includes('--json')) out.print(JSON.stringify({ ...counts, faults }))
    else {
      for (const fault of faults) out.print(fault.text)
      const { size, heads, acts, editions } = counts
      out.print(
        `核对了 ${size} 条记录、${heads} 个日志头、${acts} 次公开经过、${editions} 个版本：${faults.length > 0 ? `有 ${faults.length} 处不符。` : '全部相符。'}`,
      )
    }
    return faults.length > 0 ? 1 : 0
  },
}
