import type { RecordPart } from '#platform/record'
import { columnsPart } from './record/columns-part.ts'
import { erasuresPart } from './record/erasures-part.ts'
import { publicationsPart } from './record/publications-part.ts'
import { serialsPart } from './record/serials-part.ts'

/** Columns, serials and publications with all that was said of them in public: no draft, no schedule, no name of staff. */
export const record: readonly RecordPart[] = [columnsPart, serialsPart, erasuresPart, publicationsPart]
