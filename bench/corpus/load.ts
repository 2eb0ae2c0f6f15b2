import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { root } from '#platform/root'

export interface Loading {
  done: number
  /** Documents a second since this load began. */
  rate: number
  rss: number
}

/**
 * Fills the database at `url` with the first `upTo` documents of the corpus of this scale and seed, through publishArchive; what is
 * there already stays. The server must run.
 */
export async function loadCorpus(options: {
  url: string
  scale: number
  seed: number
  upTo?: number
  say?: (loading: Loading) => void
}): Promise<{ seconds: number; last: Loading | null }> {
  const { url, scale, seed, upTo = scale, say = () => {} } = options
  const program = await bundle()
  const began = performance.now()
  const child = spawn(process.execPath, [program, url, ...[scale, seed, upTo].map(String)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  let last: Loading | null = null
  let complaint = ''
  createInterface({ input: child.stderr }).on('line', line => {
    if (line.startsWith('{"done"')) {
      last = JSON.parse(line)
      if (last) say(last)
    } else complaint += `${line}\n`
  })
  const code = await new Promise(resolve => child.once('close', resolve))
  if (code !== 0) throw new Error(`语料没有装完（退出码 ${code}）：\n${complaint}`)
  return { seconds: (performance.now() - began) / 1000, last }
}

/** Modules with pages in them do not run unbundled. */
async function bundle(): Promise<string> {
  const outdir = join(root, '.cache', 'bench')
  await build({
    entryPoints: ['main', 'cutter'].map(name => join(import.meta.dirname, 'loader', `${name}.ts`)),
    outdir,
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
  })
  return join(outdir, 'main.js')
}
