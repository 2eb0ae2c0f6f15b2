import { readConfig } from '#platform/config'
import type { Command, Out } from '#platform/module'
import { openStorage } from '#platform/storage/storage'
import { progressOn } from '../archive/progress.ts'
import { madeWhen } from '../archive/readme.ts'
import { type Restored, restoreArchive } from '../archive/restore-archive.ts'

/** The way back of `export`, into an empty installation. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore 文件夹 [--erasures 文件] [--json]',
  summary: '把 export 导出的公开记录恢复到一套空的系统：网址、版本、效力关系都与原来一样',
  async run(ctx, args, out) {
    const json = args.includes('--json')
    const [folder, option, erasures, ...more] = args.filter(arg => arg !== '--json')
    const isOption = option === undefined || (option === '--erasures' && erasures !== undefined)
    if (folder === undefined || folder.startsWith('--') || !isOption || more.length > 0) {
      out.error(
        '用法：./bin/mingtang restore 文件夹 [--erasures 文件] [--json]\n  文件夹是 export 做成的；系统须是空的。\n  --erasures：较新的导出里的 erasures.jsonl，其中依法删除的个人信息不再恢复。',
      )
      return 2
    }
    const storage = openStorage(readConfig().dataDir)
    const restored = await restoreArchive(ctx, storage, folder, progressOn(out), erasures)
    if (json) out.print(JSON.stringify(restored))
    else tell(out, restored)
    return 0
  },
}

function tell(out: Out, { manifest, notes, logins }: Restored): void {
  const lines = (file: string) => manifest.files[file]?.lines ?? 0
  out.print(
    `已从 ${madeWhen(manifest)} 的导出恢复：机构 ${lines('organs.jsonl')} 个，栏目 ${lines('columns.jsonl')} 个，发布物 ${lines('publications.jsonl')} 件，附件和图片 ${manifest.stored.count} 个。`,
  )
  for (const note of notes) out.print(`说明：${note}`)
  if (logins.length === 0) return
  out.print(
    '导出里没有账号。下面三个管理员须由三个人分别保管，一次性密码只显示这一次，登录后须改密码并绑定动态口令：',
  )
  for (const login of logins) out.print(`  ${login.username.padEnd(12)} ${login.password}  ${login.role}`)
  out.print('其他人员和角色请由管理员在工作台里建立。现在运行 npm start。')
}
