import { existsSync } from 'node:fs'
import { at } from './place.js'
import { problem } from './words.js'

const broughtByNpm = process.platform === 'linux' && process.arch === 'x64'

/** On Linux x64 npm brings Node 24, so any Node that can run npm is enough; elsewhere the machine's own has to do. */
export function checkNodeVersion() {
  const needed = broughtByNpm ? [20, 0] : [22, 18]
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
  problem(
    `本机的 Node.js 是 ${process.versions.node}，需要 ${needed.join('.')} 或更新的版本。\n请从 https://nodejs.org 安装 24 版（LTS）后再试。`,
  )
}

/** The Node that runs everything after the install. */
export function nodeProgram() {
  const brought = at('node_modules', '.bin', 'node')
  return broughtByNpm && existsSync(brought) ? brought : process.execPath
}
