import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FileToRead, PreparedFile } from './prepare.ts'
import { type Answer, answerTask, type Task } from './read-task.ts'

/** Several files may wait in a thread, so that it never waits for us. */
const queueLength = 3
/** A file for which this is not enough is no document that people wrote. */
const heapMegabytes = 1024
const longestSeconds = 120

interface Asked {
  id: number
  task: Task
  done(answer: Answer): void
}

/** Threads that read files. One that dies over a file takes only that file with it. */
export class WorkerPool {
  private readonly threads: Thread[]
  private readonly waiting: Asked[] = []
  private asked = 0

  /** @param threads 0: a few small files are read sooner here than a thread begins */
  constructor(threads = Math.min(8, Math.max(1, availableParallelism())), megabytes = heapMegabytes) {
    this.threads = Array.from({ length: threads }, () => new Thread(() => this.handOut(), megabytes))
  }

  async read(path: string, file: FileToRead): Promise<PreparedFile | { why: string }> {
    const answer = await this.ask({ kind: 'read', path, file })
    if ('value' in answer) return answer.value as PreparedFile
    if ('why' in answer) return answer
    if (/^(?:EACCES|EPERM)$/.test(answer.code ?? '')) return { why: `“${file.name}”没有读取权限，没有导入。` }
    if (answer.code === 'ENOENT') return { why: `“${file.name}”在导入途中被移走了，没有导入。` }
    if (answer.code === 'ERR_WORKER_OUT_OF_MEMORY')
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
    await Promise.all(this.threads.map(thread => thread.stop()))
  }

  private ask(task: Task): Promise<Answer> {
    if (this.threads.length === 0) return answerTask(task)
    return new Promise(done => {
      this.waiting.push({ id: ++this.asked, task, done })
      this.handOut()
    })
  }

  private handOut(): void {
    for (;;) {
      const thread = this.threads.reduce((one, other) => (other.load < one.load ? other : one))
      if (thread.load >= queueLength) return
      const next = this.waiting.shift()
      if (!next) return
      thread.take(next)
    }
  }
}

class Thread {
  private worker: Worker | undefined
  /** In the order in which they are worked on: a thread that dies dies over the first. */
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
    this.worker.postMessage({ id: asked.id, task: asked.task })
    if (this.queue.length === 1) this.watch()
  }

  async stop(): Promise<void> {
    clearTimeout(this.clock)
    await this.worker?.terminate()
  }

  private start(): Worker {
    const worker = new Worker(program, {
      resourceLimits: { maxOldGenerationSizeMb: this.megabytes, maxYoungGenerationSizeMb: 96 },
    })
    worker.unref()
    worker.on('message', ({ id, ...answer }: Answer & { id: number }) => {
      const at = this.queue.findIndex(one => one.id === id)
      const [asked] = at < 0 ? [] : this.queue.splice(at, 1)
      this.watch()
      asked?.done(answer)
      this.freed()
    })
    worker.on('error', (error: NodeJS.ErrnoException) =>
      this.died(worker, { code: error.code, error: error.message }),
    )
    worker.on('exit', code => this.died(worker, { code: undefined, error: `读取它的线程退出了（${code}）` }))
    return worker
  }

  private died(worker: Worker, answer: Answer): void {
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
      worker?.unref()
      return
    }
    worker.ref()
    this.clock = setTimeout(() => {
      this.died(worker, { code: 'TOO_LONG', error: '' })
      void worker.terminate()
    }, longestSeconds * 1000)
  }
}

/** Beside the bundle it is an entry point of its own. */
const program = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'import-worker.ts' : 'import-worker.js',
)
