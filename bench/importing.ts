import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked } from './arguments.ts'
import { type CorpusDocument, documentsOf } from './corpus/corpus.ts'
import { writeFiles } from './corpus/files.ts'
import { governmentFile } from './corpus/government.ts'
import { load, type Print } from './figures.ts'
import { processorTime, serverTime } from './processor-time.ts'
import { startServer } from './server.ts'

const root = join(import.meta.dirname, '..')

/**
 * The import from end to end, as a clerk runs it: files on disk, `bin/mingtang import … --publish-as-archive --json`, each format
 * into a county of its own; and how much of what it recognised is what the documents state.
 */
export async function benchImport(asked: Asked, print: Print): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-bench-import-'))
  try {
    for (const format of ['text', 'html'] as const) {
      const documents = [...documentsOf(asked)]
      const files = join(folder, format)
      await writeFiles(files, documents, format)
      const server = await startServer({ ...asked, seed: asked.seed + 1000, keep: false })
      try {
        const env = { DATABASE_URL: server.url, DATA_DIR: server.dataDir }
        const government = join(folder, 'government.json')
        await writeFile(government, JSON.stringify(governmentFile()))
        await mingtang(['init', government], env)
        const out = join(folder, `${format}.json`)
        const before = serverTime(server.dataDir)
        const run = await mingtang(['import', files, '--publish-as-archive', '--json'], env, out)
        const name = format === 'text' ? '.txt' : '.html'
        print(
          `导入 ${name}（${server.name}）`,
          `${documents.length} 份 ${run.seconds.toFixed(1)} s，${Math.round(documents.length / run.seconds)} 份/秒；内存最多 ${run.rss} MB；${load()}`,
        )
        const report = JSON.parse(await readFile(out, 'utf8'))
        const after = serverTime(server.dataDir)
        const each = (time: number) => `${(time / documents.length).toFixed(1)} ms`
        print(
          '　每份占用处理器',
          `导入进程 ${each(run.processor)}${before === null || after === null ? '' : `，数据库 ${each(after - before)}`}`,
        )
        print(`　认对的 ${name}`, agreement(documents, report.documents))
        const again = await mingtang(['import', files, '--publish-as-archive', '--json'], env, out)
        print(
          `　再导入一遍 ${name}`,
          `${again.seconds.toFixed(1)} s，${Math.round(documents.length / again.seconds)} 份/秒`,
        )
      } finally {
        await server.stop()
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Line = Record<string, unknown> & { file: string; repeals?: { docNo: string | null }[] }

/** Of each fact, how many documents were read as they state it. */
function agreement(documents: readonly CorpusDocument[], lines: readonly Line[]): string {
  const byFile = new Map(lines.map(line => [/(\d{7})\.\w+$/.exec(line.file)?.[1], line]))
  const facts = {
    标题: (document: CorpusDocument, line: Line) => line.title === document.title,
    文号: (document: CorpusDocument, line: Line) => line.docNo === document.docNo,
    机关: (document: CorpusDocument, line: Line) => line.issuer === document.organ.name,
    成文日期: (document: CorpusDocument, line: Line) => line.signedOn === document.signedOn,
    施行: (document: CorpusDocument, line: Line) => line.effectiveFrom === document.effectiveFrom,
    有效期: (document: CorpusDocument, line: Line) => line.validUntil === document.validUntil,
    废止: (document: CorpusDocument, line: Line) =>
      JSON.stringify(line.repeals?.map(one => one.docNo) ?? []) ===
      JSON.stringify(document.repeals.map(one => one.docNo)),
  }
  const share = (is: (document: CorpusDocument, line: Line) => boolean) => {
    const right = documents.filter(document => {
      const line = byFile.get(String(document.at).padStart(7, '0'))
      return line !== undefined && is(document, line)
    }).length
    return `${((right / documents.length) * 100).toFixed(1)}%`
  }
  return Object.entries(facts)
    .map(([name, is]) => `${name} ${share(is)}`)
    .join('，')
}

/** Runs a command of the built platform to its end. */
async function mingtang(
  args: readonly string[],
  env: Record<string, string>,
  into?: string,
): Promise<{ seconds: number; rss: number; processor: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js'), 'command', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', piece => {
    out += piece
  })
  child.stderr.setEncoding('utf8').on('data', piece => {
    complaint = (complaint + piece).slice(-2000)
  })
  let ended = false
  const code = new Promise<number | null>(resolve => child.once('close', resolve)).finally(() => {
    ended = true
  })
  let rss = 0
  let processor = 0
  while (!ended) {
    rss = Math.max(rss, await rssOf(child.pid ?? 0))
    processor = Math.max(processor, processorTime(child.pid ?? 0))
    await Promise.race([code, sleep(200)])
  }
  if ((await code) === 2) throw new Error(`mingtang ${args[0]} 没有运行：${complaint}`)
  if (into) await writeFile(into, out)
  return { seconds: (performance.now() - begun) / 1000, rss, processor }
}

async function rssOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
