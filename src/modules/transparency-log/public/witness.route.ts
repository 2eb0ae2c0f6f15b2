import { notFound } from '#lib/errors'
import { writeVerifier } from '#lib/tlog/note'
import type { PublicContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { type Cosigned, cosignHead } from '../actions/cosign-head.ts'
import { logKey } from '../log-key.ts'
import { originOf } from '../origin.ts'
import { witnessedLogs, witnessVerifier } from '../witness.ts'

/** This installation as a witness of other logs (C2SP tlog-witness); it answers only where some are named. */
export const routes: PublicRoute[] = [
  { method: 'GET', path: '/log/witness', rule: showsNoPublications, handle: showKey },
  { method: 'POST', path: '/log/witness/add-checkpoint', rule: showsNoPublications, handle: addCheckpoint },
]

async function logsOf() {
  const logs = await witnessedLogs()
  if (logs.length === 0)
    throw notFound(
      'transparency-log.no-witness',
      '这里没有为其他日志见证。管理员可以在数据文件夹的 witness-logs.txt 里登记。',
    )
  return logs
}

const nameOf = async (ctx: PublicContext) => `${await originOf(ctx.db)}/witness`

/** The public key, for the logs that ask and for those who check. */
async function showKey(ctx: PublicContext): Promise<Content> {
  await logsOf()
  const key = witnessVerifier(await logKey(), await nameOf(ctx))
  return plain(200, 'text/plain; charset=utf-8', `${writeVerifier(key)}\n`)
}

async function addCheckpoint(ctx: PublicContext, incoming: Incoming): Promise<Content> {
  return answer(await cosignHead(ctx, await logsOf(), await nameOf(ctx), incoming.text ?? ''))
}

function answer(done: Cosigned): Content {
  if (done.status === 200) return plain(200, 'text/plain; charset=utf-8', done.line)
  if (done.status === 409) return plain(409, 'text/x.tlog.size', `${done.size}\n`)
  return plain(done.status, 'text/plain; charset=utf-8', '')
}

const plain = (status: number, type: string, body: string): Content => ({
  kind: 'content',
  status,
  type,
  body,
})
