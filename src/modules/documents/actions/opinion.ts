import { z } from 'zod'

/** What whoever acts writes down. */
export const opinion = z
  .string()
  .trim()
  .min(2, '请写明意见：它会留在记录里。')
  .max(1000, '意见最多 1000 字。')
