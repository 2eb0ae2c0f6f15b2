import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { at } from './place.js'
import { say } from './words.js'

const GIVEN_UP_MS = 10_000

/**
 * Two commands given at once must not install or build over one another: the second waits for the first. The holder keeps the
 * lock file young; a process number in it would prove nothing in a container, where numbers start again from 1.
 */
export async function onlyOne(name, work) {
  const file = at('.cache', `${name}.lock`)
  mkdirSync(at('.cache'), { recursive: true })
  for (let waits = 0; !take(file); waits++) {
    if (waits === 5) say('另一个进程正在做同样的准备，请稍候…')
    await sleep(200)
  }
  const heartbeat = setInterval(() => keepYoung(file), 1000)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const lock = statSync(file, { throwIfNoEntry: false })
    if (lock && Date.now() - lock.mtimeMs > GIVEN_UP_MS) rmSync(file, { force: true })
    return false
  }
}

function keepYoung(file) {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {}
}
