import { loadavg } from 'node:os'

export type Print = (name: string, value: string) => void

/** A share of the values lies below it: 0.5 the median, 0.95 the p95. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

export const milliseconds = (value: number): string =>
  value < 10 ? value.toFixed(1) : String(Math.round(value))

export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`

/** Figures of a busy machine mean less: said beside each. */
export const load = (): string => `负载 ${loadavg()[0]?.toFixed(1)}`
