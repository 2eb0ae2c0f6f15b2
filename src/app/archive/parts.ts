import type { RecordPart } from '#platform/record'
import type { FileStorage } from '#platform/storage/storage'
import { modulesWith } from '../modules.ts'

/** What every module has to say of the public record, in the order in which it is written and read. */
export function recordParts(storage: FileStorage): RecordPart[] {
  return modulesWith({ storage, mayRead: async () => false })
    .flatMap(module => module.record ?? [])
    .toSorted((a, b) => a.order - b.order)
}
