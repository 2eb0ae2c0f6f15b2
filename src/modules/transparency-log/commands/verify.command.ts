import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { momentInBeijing } from '#lib/beijing-time'
import { type Checked, checkEditionProof, originIn } from '#lib/tlog/edition-proof'
import { readNote, readVerifier, type Verifier, writeVerifier } from '#lib/tlog/note'
import { readProof } from '#lib/tlog/proof'
import { isSm2Signed, readSm2Verifier, type Sm2Verifier } from '#lib/tlog/sm2'
import type { LoneCommand, Out } from '#platform/module'
import { knownVerifier } from '../log-key.ts'

const usage =
  'verify 证明文件 [--file 保存的JSON或附件] [--key 公钥] [--sm2-key 公钥] [--witness 公钥]… [--json]'

/** Offline, without a database: a proof, what was saved, and the public key. */
export const verifyCommand: LoneCommand = {
  name: 'verify',
  usage,
  summary: '离线核验存证：签名、记录在不在日志里、保存的页面（JSON）或附件是不是发布时的',
  runAlone: verify,
}

async function verify(args: readonly string[], out: Out): Promise<0 | 1 | 2> {
  const asked = readArguments(args)
  if (!asked) {
    out.error(`用法：./bin/mingtang ${usage}`)
    return 2
  }
  const proof = await readOrSay(asked.proof, out)
  if (!proof) return 2
  const text = proof.toString('utf8')
  const found = await keyFor(asked.key, text)
  const witnesses = asked.witnesses.map(readVerifier)
  if (typeof found === 'string' || witnesses.includes(null)) {
    out.error(typeof found === 'string' ? found : '见证方的公钥格式不对。')
    return 2
  }
  const sm2Key = asked.sm2Key === undefined ? undefined : readSm2Verifier(asked.sm2Key)
  if (sm2Key === null) {
    out.error('SM2 公钥格式不对：在“公开日志”页面上可以抄到。')
    return 2
  }
  const saved = asked.file === undefined ? undefined : await readOrSay(asked.file, out)
  if (saved === null) return 2
  const keys = { log: found.key, witnesses: witnesses.filter(one => one !== null) }
  const checked = withSm2(checkEditionProof(text, keys, saved ? against(saved) : {}), text, sm2Key)
  const source = found.from
  if (asked.json) out.print(JSON.stringify({ ...checked, key: writeVerifier(found.key), keyFrom: source }))
  else tell(checked, found, out)
  return checked.holds ? 0 : 1
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: 'string' },
        key: { type: 'string' },
        'sm2-key': { type: 'string' },
        witness: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
    })
    const [proof, ...more] = positionals
    if (proof === undefined || more.length > 0) return null
    return {
      proof,
      file: values.file,
      key: values.key,
      sm2Key: values['sm2-key'],
      witnesses: values.witness,
      json: values.json,
    }
  } catch {
    return null
  }
}

/** Asked for SM2 as well: the head must carry that signature too. */
function withSm2(checked: Checked, proof: string, key: Sm2Verifier | undefined): Checked {
  if (!key) return checked
  const note = readNote(readProof(proof)?.checkpoint ?? '')
  if (note && isSm2Signed(note, key)) return checked
  return {
    ...checked,
    holds: false,
    faults: [...checked.faults, '日志头没有这把 SM2 公钥的签名，或者签名不对'],
  }
}

async function readOrSay(path: string, out: Out): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    out.error(`读不了 ${path}：${(error as NodeJS.ErrnoException).code}`)
    return null
  }
}

interface Key {
  key: Verifier
  from: string
}

/** The key that was given, or that of this installation where it has one; never one out of the proof itself. */
async function keyFor(given: string | undefined, proof: string): Promise<Key | string> {
  if (given !== undefined) {
    const key = readVerifier(given)
    return key
      ? { key, from: '命令行 --key' }
      : '公钥格式不对：应像 www.yunxi.gov.cn/log+1a2b3c4d+Aa… 的样子。'
  }
  const origin = originIn(proof)
  const key = origin === null ? null : await knownVerifier(origin)
  return key
    ? { key, from: '本机数据文件夹里的日志密钥' }
    : '本机没有日志的密钥。请用 --key 给出公钥：在“公开日志”页面上可以抄到，最好从另外的渠道取得。'
}

/** A page that was saved as JSON, or else a file whatever is in it. */
function against(bytes: Buffer) {
  try {
    const saved: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof saved === 'object' && saved !== null && 'bodyHtml' in saved) return { saved }
  } catch {
    // Not JSON: a file
  }
  return { sha256: createHash('sha256').update(bytes).digest('hex') }
}

function tell(checked: Checked, { key, from }: Key, out: Out): void {
  const { entry } = checked
  if (entry) {
    out.print(`日志：${checked.origin}，第 ${checked.index} 条（签署到第 ${checked.size} 条）`)
    out.print(`内容：${entry.id} 第 ${entry.edition} 版，${momentInBeijing(new Date(entry.at))} 写入`)
  }
  out.print(`公钥：${writeVerifier(key)}（来自${from}）`)
  for (const { name, time } of checked.witnesses)
    out.print(`见证：${name}${time === null ? '' : `，${momentInBeijing(new Date(time * 1000))}`}`)
  if (checked.same.length > 0) out.print(`相同：${checked.same.join('、')}`)
  if (checked.file) out.print(`附件：“${checked.file}”是发布时的原件`)
  for (const { field, entry: at } of checked.erased)
    out.print(`“${field}”里的个人信息已依法删除，见日志第 ${at} 条；这一项不再能与发布时比较`)
  for (const fault of checked.faults) out.print(`不符：${fault}`)
  out.print(checked.holds ? '核验通过。' : '核验没有通过。')
}
