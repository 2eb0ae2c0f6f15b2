// Builds dist/: the server, the browser islands and the styles, each asset with the hash of its content in its name.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, parse } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { browserslistToTargets, transform } from 'lightningcss'
import { flatColours } from '../src/ui/styles/flat-colours.js'
import { at, root } from './launch/place.js'
import { hashOfSources, stampFile } from './launch/sources.js'

// The oldest browsers a citizen may come with. Chrome 109 is the last one for Windows 7.
const oldestBrowsers = { chrome: 109, safari: 16, firefox: 115 }

const assets = at('dist', 'assets')
const jsx = { jsx: 'automatic', jsxImportSource: 'preact' }

try {
  const sources = hashOfSources()
  mkdirSync(assets, { recursive: true })
  const [, islands, styles] = await Promise.all([buildServer(), buildIslands(), buildStyles()])
  const manifest = Object.fromEntries([...islands.named, ...styles].sort())
  const files = [...Object.values(manifest), ...islands.chunks]
  files.forEach(compress)
  removeOthers([...files.flatMap(file => [file, `${file}.br`, `${file}.gz`]), 'manifest.json'])
  put(join(assets, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  put(stampFile, sources)
} catch (error) {
  // esbuild has already shown where its faults lie.
  if (!error.errors) console.error(error)
  process.exitCode = 1
}

async function buildServer() {
  if (!existsSync(at('src', 'main.ts'))) return
  await bundle({
    // Threads that read files and write pages have programs of their own, beside the server's
    entryPoints: [
      { in: at('src', 'main.ts'), out: 'main' },
      { in: at('src', 'modules', 'policies', 'import', 'import-worker.ts'), out: 'import-worker' },
      { in: at('src', 'modules', 'renditions', 'making', 'rendition-worker.ts'), out: 'rendition-worker' },
    ],
    outdir: at('dist'),
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: true,
  })
}

/** Every file directly in src/ui/browser is a script that a page may ask for; what they share becomes chunks. */
async function buildIslands() {
  const files = await bundle({
    entryPoints: filesIn(at('src', 'ui', 'browser'), /(?<!\.test|\.d)\.tsx?$/),
    outdir: assets,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    target: Object.entries(oldestBrowsers).map(([name, version]) => name + version),
    splitting: true,
    minify: true,
  })
  const named = files.filter(({ entryPoint }) => entryPoint && dirname(entryPoint) === 'src/ui/browser')
  return {
    named: named.map(file => [`${parse(file.entryPoint).name}.js`, basename(file.path)]),
    chunks: files.filter(file => !named.includes(file)).map(file => basename(file.path)),
  }
}

async function bundle(options) {
  if (options.entryPoints.length === 0) return []
  const result = await build({
    bundle: true,
    format: 'esm',
    charset: 'utf8',
    absWorkingDir: root,
    metafile: true,
    write: false,
    logLevel: 'error',
    ...jsx,
    ...options,
  })
  for (const file of result.outputFiles) put(file.path, file.contents)
  return Object.entries(result.metafile.outputs).map(([path, { entryPoint }]) => ({ path, entryPoint }))
}

async function buildStyles() {
  const sheets = ['main.css', 'desk.css'].filter(name => existsSync(at('src', 'ui', 'styles', name)))
  return Promise.all(sheets.map(async name => [name, await buildSheet(name)]))
}

/** Tailwind writes for the newest browsers (oklch, nesting, layers); lightningcss brings it down to the oldest. */
async function buildSheet(name) {
  const raw = at('.cache', 'styles', name)
  mkdirSync(dirname(raw), { recursive: true })
  const tailwind = at('node_modules', '@tailwindcss', 'cli', 'dist', 'index.mjs')
  await runTailwind([tailwind, '--input', at('src', 'ui', 'styles', name), '--output', raw])
  const targets = browserslistToTargets(
    Object.entries(oldestBrowsers).map(([browser, version]) => `${browser} ${version}`),
  )
  const { code } = transform({
    filename: name,
    code: readFileSync(raw),
    targets,
    minify: true,
    visitor: flatColours,
  })
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8)
  const file = `${parse(name).name}-${hash}.css`
  put(join(assets, file), code)
  return file
}

function runTailwind(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', chunk => {
      errors += chunk
    })
    child.on('exit', code => (code === 0 ? resolve() : reject(new Error(errors.trim()))))
  })
}

function filesIn(folder, pattern) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => pattern.test(name))
    .map(name => join(folder, name))
}

/** Replaced in one stroke: a running site or test never reads half a file. */
function put(path, content) {
  const half = `${path}.${process.pid}`
  writeFileSync(half, content)
  renameSync(half, path)
}

/** Once, as small as can be: the servers send these as they are. */
function compress(file) {
  const content = readFileSync(join(assets, file))
  if (existsSync(join(assets, `${file}.br`))) return
  put(join(assets, `${file}.gz`), gzipSync(content, { level: 9 }))
  put(join(assets, `${file}.br`), brotliCompressSync(content))
}

/** What earlier builds have left; a week later, since a running site and readers' pages still name the files of the last one. */
function removeOthers(wanted) {
  const weekAgo = Date.now() - 7 * 24 * 3600 * 1000
  for (const name of readdirSync(assets))
    if (!wanted.includes(name) && statSync(join(assets, name)).mtimeMs < weekAgo)
      rmSync(join(assets, name), { force: true })
}
