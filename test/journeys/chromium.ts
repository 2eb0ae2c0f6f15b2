import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'

const run = promisify(execFile)
const debian = '/usr/bin/chromium'

export type Chromium = { program: string; libraries?: string }

/** Debian's Chromium if it is there (and not an empty file), otherwise the one that npm brought, unpacked once. */
export async function findChromium(): Promise<Chromium> {
  return (await starts({ program: debian })) ? { program: debian } : unpackChromium()
}

// The package's own unpacking trusts whatever lies in the shared temporary folder, even another version's browser or half a
// file; hence a folder per version and user, and a rename when it is whole.
async function unpackChromium(): Promise<Chromium> {
  const { archives, version } = npmPackage()
  const folder = join(tmpdir(), `mingtang-chromium-${version}-${process.getuid?.() ?? 'user'}`)
  const program = join(folder, 'chromium')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(program)) await unpack(join(archives, 'chromium.br'), program)
  if (await starts({ program })) return { program }
  // A bare machine lacks NSS and expat; the package has those of Amazon Linux, which suit any glibc from 2.34 on.
  const libraries = join(folder, 'lib')
  if (!existsSync(libraries)) {
    const archive = join(folder, 'libraries.tar')
    await unpack(join(archives, 'al2023.tar.br'), archive)
    await run('tar', ['-xf', archive, '-C', folder])
    await rm(archive)
  }
  if (await starts({ program, libraries })) return { program, libraries }
  throw new Error('随 npm 带来的 Chromium 在本机无法运行。请安装 Debian 的 chromium 包后再试。')
}

function npmPackage() {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const root = dirname(dirname(entry))
  const { version } = createRequire(import.meta.url)(join(root, 'package.json')) as { version: string }
  return { archives: join(root, 'bin'), version }
}

async function unpack(archive: string, target: string) {
  const half = `${target}.${process.pid}`
  const write = createWriteStream(half, { mode: 0o755 })
  await pipeline(createReadStream(archive), createBrotliDecompress({ chunkSize: 2 ** 21 }), write)
  await rename(half, target)
}

async function starts(chromium: Chromium) {
  try {
    const { stdout } = await run(chromium.program, ['--version'], {
      env: environmentFor(chromium),
      timeout: 20_000,
    })
    return stdout.includes('Chrom')
  } catch {
    return false
  }
}

export function environmentFor({ libraries }: Chromium): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(own), ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) }
}
