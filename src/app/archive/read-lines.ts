import { createReadStream } from 'node:fs'
import { type NumberedLine, RecordFault } from '#platform/record'

const longestLine = 64 * 1024 * 1024
const most = { lines: 200, bytes: 4 * 1024 * 1024 }

/**
 * The lines of a file in batches of a bounded size, never the file as a whole.
 * @throws RecordFault for a line that is no JSON object, or without end
 */
export async function* readLines(path: string): AsyncGenerator<NumberedLine[]> {
  let batch: NumberedLine[] = []
  let bytes = 0
  let number = 0
  for await (const text of textLines(path)) {
    number += 1
    batch.push({ number, value: objectIn(text, number) })
    bytes += text.length
    if (batch.length < most.lines && bytes < most.bytes) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

async function* textLines(path: string): AsyncGenerator<string> {
  let begun: Buffer[] = []
  let length = 0
  let number = 1
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString('utf8')
      begun = []
      length = 0
      number += 1
      from = end + 1
    }
    begun.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > longestLine) throw new RecordFault(number, '这一行太长，不是导出文件里的一行。')
  }
  if (length > 0) throw new RecordFault(number, '最后一行没有结束：文件被截断了。')
}

function objectIn(text: string, number: number): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new RecordFault(number, '这一行不是完整的 JSON。')
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new RecordFault(number, '这一行应是一个 JSON 对象。')
  return value as Record<string, unknown>
}
