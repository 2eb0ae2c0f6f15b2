import { parentPort } from 'node:worker_threads'
import { type WriteTask, writeTask } from './write-task.ts'

/** An entry point of its own: writes pages one after the other, so that readers who only read do not wait for it. */
parentPort?.on('message', async ({ id, task }: { id: number; task: WriteTask }) => {
  parentPort?.postMessage({ id, written: await writeTask(task) })
})
