import { createHash, randomBytes } from 'node:crypto'
import { invalid } from '#lib/errors'
import type { RawForm } from '#lib/forms'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { localPath } from '../local-path.ts'
import { dropOldKeptForms, findKeptPath, keepFormRow, takeKeptFormRow } from '../session-queries.ts'

type Times = Pick<Context, 'db' | 'clock'>

const largest = 2 * 1024 * 1024
const mostForEach = 20

/**
 * Keeps what a person posted after the session had run out, for 24 hours. Passwords are left out. Gives the token for the
 * address; only its digest is stored.
 * @throws Refused when the form is over 2 MB or did not come from a page of this desk.
 */
export async function keepForm(ctx: Times, staffId: string, path: string, form: RawForm): Promise<string> {
  const local = localPath(path)
  if (local === null) throw invalid('people.kept-form-path', '这张表不是从工作台的页面提交的，没有保留。')
  const text = JSON.stringify(
    Object.fromEntries(Object.entries(form).filter(([name]) => !/password/i.test(name))),
  )
  if (Buffer.byteLength(text) > largest) {
    throw invalid(
      'people.kept-form-too-large',
      '填写的内容超过2MB，登录过期后无法保留。请返回上一页，把内容复制出来，登录后再提交。',
    )
  }
  const token = randomBytes(24).toString('base64url')
  await inTransaction(ctx.db, async db => {
    const madeAt = ctx.clock.now()
    await keepFormRow(db, { tokenHash: hashOf(token), staffId, path: local, form: text, madeAt })
    await dropOldKeptForms(db, staffId, mostForEach)
  })
  return token
}

/** The form, once, and only for the person who posted it. */
export async function takeKeptForm(
  ctx: Times,
  staffId: string,
  token: string,
): Promise<{ path: string; form: RawForm } | null> {
  const row = await takeKeptFormRow(ctx.db, staffId, hashOf(token), oldest(ctx))
  return row ? { path: row.path, form: row.form as RawForm } : null
}

/** Where the kept form was going, for its owner. */
export const keptFormPath = (ctx: Times, staffId: string, token: string): Promise<string | null> =>
  findKeptPath(ctx.db, staffId, hashOf(token), oldest(ctx))

/** Forms that waited longer are gone. */
export const oldest = (ctx: Times) => new Date(ctx.clock.now().getTime() - 24 * 3_600_000)

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
