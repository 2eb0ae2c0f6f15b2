import { parentPort } from 'node:worker_threads'
import { answerTask, type Task } from './read-task.ts'

/** An entry point of its own: reads files, one after the other, so that reading many uses every core. */
parentPort?.on('message', async ({ id, task }: { id: number; task: Task }) => {
  parentPort?.postMessage({ id, ...(await answerTask(task)) })
})
