import type { PlainDate } from '#lib/beijing-time'

/** 登记编号 `20261124-001`: a series for each site and day, at least three digits and as many as the day needs (R-LET-02). */
export function requestNumber(day: PlainDate, serial: number): string {
  return `${day.replaceAll('-', '')}-${String(serial).padStart(3, '0')}`
}

export const requestNumberPattern = /^\d{8}-\d{3,}$/

/** What somebody types who copies a number from paper: full-width figures, other dashes, spaces. */
export function asNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[‐‑‒–—―−_]/g, '-')
}

/** 文号 of a letter: `云公开告〔2026〕12号`, without 第 and without leading zeros (R-LET-01). */
export const letterNumber = (code: string, year: number, serial: number): string =>
  `${code}〔${year}〕${serial}号`
