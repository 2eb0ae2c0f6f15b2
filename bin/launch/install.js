import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onlyOne } from './only-one.js'
import { at, root } from './place.js'
import { mendPostgres } from './postgres-links.js'
import { endOf, passSignals } from './run.js'
import { problem, step, whileWaiting } from './words.js'

const stampFile = at('node_modules', '.mingtang-installed')

/** Brings node_modules to what package-lock.json says; does nothing when it is so already. */
export async function install() {
  const stamp = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
  if (read(stampFile) === stamp) return
  await onlyOne('install', async () => {
    if (read(stampFile) === stamp) return
    if (!sameAsLock()) await npmCi()
    mendPostgres()
    noteInstalled(stamp)
  })
}

/** Somebody may have installed by hand: npm notes what it did in a lock file of its own, hidden in node_modules. */
function sameAsLock() {
  const done = read(at('node_modules', '.package-lock.json'))
  if (!done) return false
  const installed = JSON.parse(done).packages
  const wanted = JSON.parse(read(at('package-lock.json'))).packages
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    const there = installed[path]
    return there ? there.version === version && there.integrity === integrity : optional === true
  })
}

async function npmCi() {
  step(1, '安装依赖（第一次约一分钟，视网速而定）…')
  // No install scripts: none of ours is needed (postgres-links does the one that matters), and a machine may forbid them.
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
  ]
  const [program, ...before] = npmCommand()
  // NODE_ENV=production would leave out what building and testing need; hence --include=dev.
  const npm = spawn(program, [...before, ...flags], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32' && before.length === 0,
  })
  let errors = ''
  npm.stderr.on('data', chunk => {
    errors += chunk
  })
  // Asked to end, npm first finishes unpacking; what it leaves half done is replaced by the next install anyway.
  const letGo = passSignals(npm, () => 'SIGKILL')
  const code = await whileWaiting(endOf(npm)).catch(error => {
    problem(`找不到 npm（${error.message}）。npm 随 Node.js 一起安装，请检查 PATH。`)
  })
  letGo()
  if (code > 128) problem('安装被中断了，下次运行时会重新安装。')
  if (code !== 0) problem(whyNot(errors))
}

/** The npm that called us, else the one on the path. */
function npmCommand() {
  const caller = process.env.npm_execpath
  if (caller && /npm-cli\.c?js$/.test(caller) && existsSync(caller)) return [process.execPath, caller]
  const besideNode = join(dirname(process.execPath), 'npm')
  return process.platform !== 'win32' && existsSync(besideNode) ? [besideNode] : ['npm']
}

const REASONS = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network|idealTree.*timeout/i,
    '连不上 npm 软件源。请检查网络和代理；在内网请先用 npm config set registry 地址 设好可用的镜像，然后再试。',
  ],
  [/ENOSPC/, '磁盘空间不够。安装约需 800 MB，数据另计。'],
  [
    /EACCES|EPERM|EROFS/,
    '没有写 node_modules 的权限。请把整个文件夹的所有者改为当前用户，或换一个有权写的位置。',
  ],
  [
    /E404|ETARGET|EINTEGRITY/,
    '软件源里缺少某个版本，或内容与 package-lock.json 不符。请换一个同步完整的镜像再试。',
  ],
]

function whyNot(errors) {
  const known = REASONS.find(([pattern]) => pattern.test(errors))?.[1] ?? '安装依赖失败。'
  return `${known}\n\nnpm 的原话：\n${errors.trim().split('\n').slice(0, 12).join('\n')}`
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function noteInstalled(stamp) {
  try {
    writeFileSync(stampFile, stamp)
  } catch {
    // Installed by somebody else, in a folder we may only read: then it is compared each time.
  }
}
