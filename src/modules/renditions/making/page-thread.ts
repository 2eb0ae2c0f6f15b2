import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { unavailable } from '#lib/errors'
import type { WriteTask, Written } from './write-task.ts'

const longestSeconds = 60
/** A document for which this is not enough is no document that people wrote. */
const heapMegabytes = 512
/** Fonts and compiler hold some hundred megabytes: nobody printed for so long, so they go. */
const idleSeconds = 300
/** More than these would wait longer than a browser does. */
const mostWaiting = 60

interface Asked {
  id: number
  task: WriteTask
  done(written: Written): void
}

/** One thread that writes pages, one document at a time. It begins with the first, and dies over a document alone. */
export class PageThread {
  private worker: Worker | undefined
  private readonly waiting: Asked[] = []
  private current: Asked | undefined
  private clock: NodeJS.Timeout | undefined
  private asked = 0

  /** @throws unavailable when too many are waiting; `why` when the document could not be written. */
  async write(task: WriteTask): Promise<Uint8Array> {
    if (this.waiting.length >= mostWaiting) throw tooBusy()
    const written = await new Promise<Written>(done => {
      this.waiting.push({ id: ++this.asked, task, done })
      this.next()
    })
    if ('why' in written) throw new NotWritten(written.why)
    return written.bytes
  }

  async stop(): Promise<void> {
    clearTimeout(this.clock)
    const { worker } = this
    this.worker = undefined
    await worker?.terminate()
  }

  private next(): void {
    if (this.current) return
    clearTimeout(this.clock)
    this.current = this.waiting.shift()
    if (!this.current) {
      this.worker?.unref()
      this.clock = setTimeout(() => void this.stop(), idleSeconds * 1000).unref()
      return
    }
    this.worker ??= this.start()
    this.worker.ref()
    this.worker.postMessage({ id: this.current.id, task: this.current.task })
    this.clock = setTimeout(() => {
      void this.worker?.terminate()
      this.ended({ why: `${longestSeconds} 秒没有排完` })
    }, longestSeconds * 1000)
  }

  private start(): Worker {
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } })
    worker.on('message', ({ id, written }: { id: number; written: Written }) => {
      if (this.current?.id === id) this.ended(written, worker)
    })
    worker.on('error', error => this.died(worker, error.message))
    worker.on('exit', code => this.died(worker, `排版的线程退出了（${code}）`))
    return worker
  }

  private died(worker: Worker, why: string): void {
    if (worker === this.worker) this.ended({ why })
  }

  /** @param worker the thread, when it lives on */
  private ended(written: Written, worker?: Worker): void {
    this.worker = worker
    const { current } = this
    this.current = undefined
    current?.done(written)
    this.next()
  }
}

/** What the writer of pages said; for those who look after the site, not for readers. */
class NotWritten extends Error {}

export const tooBusy = () =>
  unavailable('renditions.busy', '正在制作的文件太多，请过一两分钟再下载；网页上的文字现在就可以看。')

/** Beside the bundle it is an entry point of its own. */
const program = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'rendition-worker.ts' : 'rendition-worker.js',
)
