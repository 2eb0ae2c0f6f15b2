import { ZodError } from 'zod'
import { invalid, Refused } from '#lib/errors'
import { type NumberedLine, RecordFault } from '#platform/record'

/** What went wrong with a file of an export, with the file and the line, for the person who has it before them. */
export function faultIn(file: string, error: unknown, lines: readonly NumberedLine[]): unknown {
  if (error instanceof RecordFault) return lineFault(file, `第 ${error.line} 行`, error.message)
  const [first] = lines
  const last = lines.at(-1)
  if (!first || !last) return error
  const where =
    first.number === last.number ? `第 ${first.number} 行` : `第 ${first.number}–${last.number} 行之间`
  if (error instanceof ZodError) {
    const issue = error.issues[0]
    return lineFault(file, where, `“${issue?.path.join('.')}”不对：${issue?.message}`)
  }
  if (error instanceof Refused) return lineFault(file, where, error.message)
  if (isDatabaseFault(error)) return lineFault(file, where, `数据库不接受：${error.detail ?? error.message}`)
  return error
}

const lineFault = (file: string, where: string, message: string) =>
  invalid('archive.bad-line', `${file} ${where}：${message}`)

/** Classes 22 (wrong values) and 23 (broken constraints) of SQLSTATE, and what our own triggers raise. */
const isDatabaseFault = (error: unknown): error is Error & { code: string; detail?: string } =>
  error instanceof Error && /^(22|23|P0)\w{3}$/.test(String((error as { code?: unknown }).code))
