import { recordAct } from '#modules/audit'
import { inTransaction } from '#platform/db/database'
import type { Command } from '#platform/module'
import { keyDigest, loginKey } from '../login-key.ts'
import { changeKeyDigest, dropAllSecondFactors, knownKeyDigest } from '../login-queries.ts'

/** After the login key was lost, as when only the database was restored: what it had encrypted can never be read again. */
export const newLoginKey: Command = {
  name: 'new-login-key',
  usage: 'new-login-key',
  summary: '登录密钥丢失后改用现在的密钥：所有人的验证器作废并退出登录，下次登录后重新绑定',
  async run(ctx, _args, out) {
    const digest = keyDigest(await loginKey())
    if ((await knownKeyDigest(ctx.db, digest)) === digest) {
      out.print('现在的登录密钥与数据库登记的一致，不用更换。')
      return 0
    }
    const dropped = await inTransaction(ctx.db, async db => {
      const count = await dropAllSecondFactors(db)
      await changeKeyDigest(db, digest)
      await recordAct(db, ctx, {
        act: 'people.change-login-key',
        sentence: `改用新的登录密钥，${count}个人的验证器作废`,
      })
      return count
    })
    out.print(`已改用新的登录密钥。${dropped}个人的验证器作废，所有人须重新登录。`)
    return 0
  },
}
