import { readFileSync } from 'node:fs'
import { UnreadableFile } from '#modules/files'
import { type FileToRead, keyOfBytes, prepareFile } from './prepare.ts'

/** What a reader is asked: fingerprints of files, or one file read. */
export type Task = { kind: 'fingerprint'; paths: string[] } | { kind: 'read'; path: string; file: FileToRead }

export type Answer = { value: unknown } | { why: string } | { code: string | undefined; error: string }

export async function answerTask(task: Task): Promise<Answer> {
  try {
    if (task.kind === 'fingerprint') return { value: task.paths.map(fingerprint) }
    return { value: await prepareFile(task.file, readFileSync(task.path)) }
  } catch (error) {
    if (error instanceof UnreadableFile) return { why: error.message }
    const { code, message } = error as NodeJS.ErrnoException
    return { code, error: message }
  }
}

/** Null: it cannot be read; reading it says why. */
function fingerprint(path: string): string | null {
  try {
    return keyOfBytes(readFileSync(path))
  } catch {
    return null
  }
}
