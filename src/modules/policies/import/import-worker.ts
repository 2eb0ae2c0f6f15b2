import { answerTask, type Task } from './read-task.ts'

let before = Promise.resolve()

/** An entry point of its own: reads files, one after the other, so that reading many uses every core. */
process.on('message', ({ id, task }: { id: number; task: Task }) => {
  before = before.then(async () => {
    const answer = await answerTask(task)
    // Sent before the next begins: a file that kills this process takes no finished one with it.
    await new Promise(sent => process.send?.({ id, ...answer }, sent))
  })
})

// A stop from the keyboard reaches the whole group: the one who asked decides what is still read.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())
