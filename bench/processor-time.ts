import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ticks of the processor are a hundredth of a second on every Linux we know. */
const tick = 10

/** Milliseconds of processor time that a process has used; unlike the clock, they hardly change on a busy machine. */
export function processorTime(pid: number): number {
  return timesOf(pid).own * tick
}

/** The same of a database server with all that it has started, those that have ended included; null where it is not ours. */
export function serverTime(dataDir: string): number | null {
  try {
    const postmaster = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
    const { own, ended } = timesOf(postmaster)
    const living = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => timesOf(Number(name)))
      .filter(one => one.parent === postmaster)
    return (own + ended + living.reduce((sum, one) => sum + one.own, 0)) * tick
  } catch {
    return null
  }
}

function timesOf(pid: number): { parent: number; own: number; ended: number } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Behind the name, which may hold blanks and brackets
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [, parent = 0] = fields
    const at = (index: number) => fields[index] ?? 0
    return { parent, own: at(11) + at(12), ended: at(13) + at(14) }
  } catch {
    return { parent: 0, own: 0, ended: 0 }
  }
}
