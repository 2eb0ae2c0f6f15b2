import type { Out } from '#platform/module'

const MANY = 20

/** A line a second on stderr where there are many files; silent where there are few. */
export function openProgress(out: Out): (done: number, total: number) => void {
  const began = performance.now()
  let told = began
  let at: number | undefined
  return (done, total) => {
    // Of a run that goes on only what is done now counts for its pace
    at ??= done
    const now = performance.now()
    if (total <= MANY || (now - told < 1000 && done < total)) return
    told = now
    const left = ((now - began) / Math.max(1, done - at)) * (total - done)
    out.error(
      `已处理 ${done}/${total} 份${done < total && done > at ? `，约剩 ${Math.ceil(left / 1000)} 秒` : ''}`,
    )
  }
}
