import { unavailable } from '#lib/errors'
import type { Database } from '#platform/db/database'
import { keyDigest, loginKey } from '../login-key.ts'
import { knownKeyDigest } from '../login-queries.ts'

/** Says plainly when a process has another login key than the one the second factors were encrypted with. */
export async function mustHaveRightKey(db: Database): Promise<void> {
  const digest = keyDigest(await loginKey())
  if ((await knownKeyDigest(db, digest)) === digest) return
  throw unavailable(
    'people.wrong-login-key',
    '登录密钥与这个数据库的不是同一个，现在不能登录。请系统管理员把原来的 data/keys/login.key 放回（多台机器请设置同一个 LOGIN_KEY）；确实丢失时，在服务器上运行 mingtang new-login-key。',
  )
}
