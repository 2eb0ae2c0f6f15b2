import type { Out } from '#platform/module'

const MANY = 20

/** A line a second on stderr where there are many files; silent where there are few. */
export function openProgress(out: Out, total: number) {
  const began = performance.now()
  let done = 0
  let told = began
  return {
    step(): void {
      done += 1
      const now = performance.now()
      if (total <= MANY || now - told < 1000) return
      told = now
      const left = ((now - began) / done) * (total - done)
      out.error(`已处理 ${done}/${total} 份，约剩 ${Math.ceil(left / 1000)} 秒`)
    },
    end(): void {
      if (total > MANY) out.error(`已处理 ${done}/${total} 份`)
    },
  }
}
