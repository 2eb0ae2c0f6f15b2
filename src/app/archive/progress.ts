import type { Out } from '#platform/module'

/** How far it is, told on a terminal only and not more often than a person reads. */
export function progressOn(out: Out): (file: string, lines: number) => void {
  let told = Date.now()
  return (file, lines) => {
    if (!process.stderr.isTTY || Date.now() - told < 3000) return
    told = Date.now()
    out.error(`  ${file}：${lines} 行`)
  }
}
