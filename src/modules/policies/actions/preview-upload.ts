import { Refused } from '#lib/errors'
import type { Context } from '#platform/context'
import type { FileStorage } from '#platform/storage/storage'
import { claimPreview, findUpload, noteUpload, type Preview } from '../upload-queries.ts'
import { layOut, nameWithin } from '../uploads/lay-out.ts'
import { previewImport, type Teller } from './run-import.ts'

const linesShown = 300
const beat = 2000

/** Reads the files of an upload and says what an import would do. One process at a time; one that died is gone on with anew. */
export async function previewUpload(ctx: Context, id: string, storage: FileStorage): Promise<void> {
  if (!(await claimPreview(ctx.db, id, ctx.clock.now()))) return
  const upload = await findUpload(ctx.db, { id })
  if (!upload) return
  const preview: Preview = { documents: 0, doubtful: 0, refused: 0, skipped: 0, lines: [], faults: [] }
  try {
    const paths = await layOut(upload, storage)
    await previewImport(ctx, upload.choice, { paths }, { report: teller(ctx, id, preview) })
    await noteUpload(ctx.db, id, { state: 'previewed', preview })
  } catch (error) {
    ctx.log.error({ err: error, upload: id }, 'a preview of an import stopped')
    const fault = error instanceof Refused ? error.message : '预览中断了。文件都在，可以重新预览。'
    await noteUpload(ctx.db, id, { state: 'stopped', fault })
  }
}

function teller(ctx: Context, id: string, preview: Preview): Teller {
  let told = 0
  return {
    document(line) {
      preview.documents += 1
      if (line.doubts.length > 0) preview.doubtful += 1
      if (line.result === 'refused') preview.refused += 1
      if (preview.lines.length < linesShown) preview.lines.push({ ...line, file: nameWithin(line.file) })
    },
    fault({ file, why }) {
      preview.refused += 1
      const name = nameWithin(file)
      if (preview.faults.length < linesShown)
        preview.faults.push({ file: name, why: why.replaceAll(file, name) })
    },
    skipped() {
      preview.skipped += 1
    },
    progress(done, total) {
      const now = Date.now()
      if (now - told < beat) return
      told = now
      void noteUpload(ctx.db, id, { done, total, heartbeatAt: ctx.clock.now() }).catch(() => {})
    },
  }
}
