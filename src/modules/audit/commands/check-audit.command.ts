import type { Command } from '#platform/module'
import { checkAuditTrail } from '../actions/check-audit-trail.ts'
import { readNotedSeal } from '../audit-entry.ts'

export const checkAudit: Command = {
  name: 'check-audit',
  usage: 'check-audit [条数:指纹] [--json]',
  summary: '核对审计链有没有被改动；给出以前抄下的指纹时，也核对末尾有没有被删去',
  async run(ctx, args, out) {
    const given = args.find(arg => !arg.startsWith('--'))
    const noted = given === undefined ? undefined : readNotedSeal(given)
    if (noted === null) {
      out.error('指纹的写法是“条数:64位字母数字”，请从导出文件或审计页面上整行复制。')
      return 2
    }
    const result = await checkAuditTrail(ctx, noted)
    if (args.includes('--json')) out.print(JSON.stringify(result))
    else if (result.fault) out.print(`审计链有问题：${result.fault}`)
    else out.print(`审计链完整，共 ${result.entries} 条。指纹：${result.position}:${result.hash}`)
    return result.fault ? 1 : 0
  },
}
