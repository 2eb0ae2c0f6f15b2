import type { Command } from '#platform/module'
import { removeSecondFactor } from '../actions/give-second-factor.ts'
import { unlockStaff } from '../actions/lock-staff.ts'
import { resetPassword } from '../actions/reset-password.ts'
import { findStaffByUsername } from '../staff-queries.ts'

/** For the administrator who lost access: whoever may run commands on the server may let somebody in again. */
export const resetPasswordCommand: Command = {
  name: 'reset-password',
  usage: 'reset-password 用户名 [--second-factor] [--json]',
  summary: '解锁账号并给一个一次性密码；加 --second-factor 时连丢失的验证器一起解除',
  async run(ctx, args, out) {
    const username = args.find(arg => !arg.startsWith('--'))
    const staff = username === undefined ? null : await findStaffByUsername(ctx.db, username)
    if (!staff) {
      out.error(
        username === undefined
          ? '请写明用户名，例如：mingtang reset-password guoxin'
          : `没有“${username}”这个用户名。请核对后再试。`,
      )
      return 2
    }
    await unlockStaff(ctx, staff.id)
    const { password } = await resetPassword(ctx, staff.id)
    if (args.includes('--second-factor')) await removeSecondFactor(ctx, staff.id)
    if (args.includes('--json')) out.print(JSON.stringify({ username: staff.username, password }))
    else {
      out.print(`${staff.name}（${staff.username}）的一次性密码，只显示这一次：`)
      out.print(`  ${password}`)
      out.print('登录后须改成自己的密码。这次重置已经记入审计。')
    }
    return 0
  },
}
