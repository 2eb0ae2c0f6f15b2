import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { FileToRead, PreparedFile } from './prepare.ts'
import { type Answer, answerTask, type Task } from './read-task.ts'

/** Several files may wait for a reader, so that it never waits for us. */
const queueLength = 3
/** A file for which this is not enough is no document that people wrote. */
const heapMegabytes = 1024
const longestSeconds = 120

interface Asked {
  id: number
  task: Task
  done(answer: Answer): void
}

/**
 * Processes that read files. One that dies over a file takes only that file with it; a thread that runs out of memory
 * may take the whole program along.
 */
export class WorkerPool {
  private readonly readers: Reader[]
  private readonly waiting: Asked[] = []
  private asked = 0

  /** @param readers 0: a few small files are read sooner here than a process begins */
  constructor(readers = Math.min(8, Math.max(1, availableParallelism())), megabytes = heapMegabytes) {
    this.readers = Array.from({ length: readers }, () => new Reader(() => this.handOut(), megabytes))
  }

  async read(path: string, file: FileToRead): Promise<PreparedFile | { why: string }> {
    const answer = await this.ask({ kind: 'read', path, file })
    if ('value' in answer) return answer.value as PreparedFile
    if ('why' in answer) return answer
    if (/^(?:EACCES|EPERM)$/.test(answer.code ?? '')) return { why: `“${file.name}”没有读取权限，没有导入。` }
    if (answer.code === 'ENOENT') return { why: `“${file.name}”在导入途中被移走了，没有导入。` }
    if (answer.code === 'OUT_OF_MEMORY')
      return { why: `“${file.name}”读取时内存不够，没有导入。请把它拆成几份再导入。` }
    if (answer.code === 'TOO_LONG')
      return { why: `“${file.name}”读了 ${longestSeconds} 秒还没有读完，没有导入。请另存为 .txt 再导入。` }
    return { why: `“${file.name}”没有导入：${answer.error}。请把这份文件和这句话反馈给维护人员。` }
  }

  /** SHA-256 of each file; null for one that cannot be read. */
  async fingerprints(paths: readonly string[]): Promise<(string | null)[]> {
    const answer = await this.ask({ kind: 'fingerprint', paths: [...paths] })
    return 'value' in answer ? (answer.value as (string | null)[]) : paths.map(() => null)
  }

  async close(): Promise<void> {
    await Promise.all(this.readers.map(reader => reader.stop()))
  }

  private ask(task: Task): Promise<Answer> {
    if (this.readers.length === 0) return answerTask(task)
    return new Promise(done => {
      this.waiting.push({ id: ++this.asked, task, done })
      this.handOut()
    })
  }

  private handOut(): void {
    for (;;) {
      const reader = this.readers.reduce((one, other) => (other.load < one.load ? other : one))
      if (reader.load >= queueLength) return
      const next = this.waiting.shift()
      if (!next) return
      reader.take(next)
    }
  }
}

class Reader {
  private worker: ChildProcess | undefined
  /** In the order in which they are worked on: a process that dies dies over the first. */
  private queue: Asked[] = []
  private clock: NodeJS.Timeout | undefined
  private readonly freed: () => void
  private readonly megabytes: number

  constructor(freed: () => void, megabytes: number) {
    this.freed = freed
    this.megabytes = megabytes
  }

  get load(): number {
    return this.queue.length
  }

  take(asked: Asked): void {
    this.queue.push(asked)
    this.worker ??= this.start()
    this.worker.send({ id: asked.id, task: asked.task })
    if (this.queue.length === 1) this.watch()
  }

  async stop(): Promise<void> {
    clearTimeout(this.clock)
    const { worker } = this
    this.worker = undefined
    if (!worker || worker.exitCode !== null || worker.signalCode !== null) return
    const ended = new Promise<void>(done => worker.once('exit', () => done()))
    worker.kill('SIGKILL')
    await ended
  }

  private start(): ChildProcess {
    const worker = fork(program, [], {
      execArgv: [`--max-old-space-size=${this.megabytes}`, '--max-semi-space-size=32'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let lastWords = ''
    worker.stderr?.on('data', (words: Buffer) => {
      lastWords = (lastWords + words.toString('utf8')).slice(-4000)
    })
    leaveAlone(worker)
    worker.on('message', (message: unknown) => {
      const { id, ...answer } = message as Answer & { id: number }
      const at = this.queue.findIndex(one => one.id === id)
      const [asked] = at < 0 ? [] : this.queue.splice(at, 1)
      this.watch()
      asked?.done(answer)
      this.freed()
    })
    worker.on('error', error => this.died(worker, { code: undefined, error: error.message }))
    worker.on('close', (code, signal) =>
      this.died(worker, {
        code: lastWords.includes('heap out of memory') ? 'OUT_OF_MEMORY' : undefined,
        error: `读取它的进程退出了（${signal ?? code}）`,
      }),
    )
    return worker
  }

  private died(worker: ChildProcess, answer: Answer): void {
    if (worker !== this.worker) return
    this.worker = undefined
    const [culprit, ...others] = this.queue
    this.queue = []
    culprit?.done(answer)
    for (const other of others) this.take(other)
    this.watch()
    this.freed()
  }

  private watch(): void {
    clearTimeout(this.clock)
    const worker = this.worker
    if (!worker || this.queue.length === 0) {
      if (worker) leaveAlone(worker)
      return
    }
    worker.ref()
    worker.channel?.ref()
    this.clock = setTimeout(() => {
      this.died(worker, { code: 'TOO_LONG', error: '' })
      worker.kill('SIGKILL')
    }, longestSeconds * 1000)
  }
}

/** Nobody waits for a reader without work: the program may end. */
function leaveAlone(worker: ChildProcess): void {
  worker.unref()
  worker.channel?.unref()
  ;(worker.stderr as { unref?: () => void } | null)?.unref?.()
}

/** Beside the bundle it is an entry point of its own. */
const program = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'import-worker.ts' : 'import-worker.js',
)
