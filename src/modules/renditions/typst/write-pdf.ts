import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Faces } from '../fonts.ts'
import { type Block, type Cell, grids, type OfficialDocument, textOf } from '../official-document.ts'
import { type Picture, pictureWords } from '../pictures.ts'
import { printable } from '../runs-of-html.ts'
import { tablePoints } from '../table-block.ts'
import { pageProgram } from './page-program.ts'

/** Nothing is read from here: the page and its pictures are handed over. */
const workspace = join(tmpdir(), 'mingtang-pages')

const writers = new WeakMap<Faces, PageWriter>()

/**
 * The document as PDF: the same document, pictures and faces always give the same bytes.
 *
 * Synchronous, up to a second of one core: call it in a worker thread or in a job, not while answering a request.
 *
 * @param pictures by the name that the body gives them (`file` of a picture block); one that is missing is said in words
 * @param faces of `findFonts`; keep the object, the fonts that were read stay with it
 */
export function writePdf(
  document: OfficialDocument,
  pictures: ReadonlyMap<string, Picture>,
  faces: Faces,
): Uint8Array {
  const writer = writers.get(faces) ?? new PageWriter(faces)
  writers.set(faces, writer)
  return writer.write(document, pictures)
}

/** Writes pages, one after the other; keeps its fonts, and of what it has worked out only what the last pages used. */
class PageWriter {
  private readonly compiler: NodeCompiler
  private readonly faces: Faces

  constructor(faces: Faces) {
    this.faces = faces
    this.compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...faces.folders] }] })
  }

  /** PDF/A-2a: tagged, fonts inside. A text with a sign that no font here has becomes a plain tagged PDF. */
  write(document: OfficialDocument, pictures: ReadonlyMap<string, Picture>): Uint8Array {
    try {
      return this.compile(document, pictures)
    } catch (error) {
      // A picture may claim to be what it is not; the page says where it stood
      if (pictures.size === 0) throw error
      return this.compile(document, new Map())
    } finally {
      this.compiler.resetShadow()
      this.compiler.evictCache(4)
    }
  }

  private compile(document: OfficialDocument, pictures: ReadonlyMap<string, Picture>): Uint8Array {
    const paths = new Map<string, string>()
    for (const [file, picture] of pictures) {
      const path = `picture-${paths.size}.${picture.format}`
      this.compiler.mapShadow(join(workspace, path), Buffer.from(picture.bytes))
      paths.set(file, `/${path}`)
    }
    const compiled = this.compiler.compile({
      mainFileContent: pageProgram,
      inputs: {
        document: JSON.stringify(forPage(document, paths), (_, value: unknown) =>
          typeof value === 'string' ? printable(value) : value,
        ),
        faces: JSON.stringify(this.faces.faces),
      },
    })
    const made = compiled.result
    if (!made) {
      const error = compiled.takeError()
      throw new Error(
        `the page was not set: ${JSON.stringify(error && this.compiler.fetchDiagnostics(error)).slice(0, 2000)}`,
      )
    }
    try {
      return this.compiler.pdf(made, { pdfStandard: 'a-2a' })
    } catch {
      return this.compiler.pdf(made, { pdfStandard: '1.7' })
    }
  }
}

/** What the page's program reads. */
function forPage(document: OfficialDocument, paths: ReadonlyMap<string, string>) {
  const at = document.about.madeAt
  return {
    ...document,
    grid: grids[document.print],
    about: {
      author: document.about.author,
      keywords: document.about.keywords.split(/[;；,，、\s]+/).filter(Boolean),
      date: {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth() + 1,
        day: at.getUTCDate(),
        hour: at.getUTCHours(),
        minute: at.getUTCMinutes(),
        second: at.getUTCSeconds(),
      },
    },
    blocks: document.blocks.map(block => blockForPage(block, document.print, paths)),
  }
}

function blockForPage(block: Block, print: OfficialDocument['print'], paths: ReadonlyMap<string, string>) {
  if (block.kind === 'table') {
    const points = tablePoints(block.widths.length) * (print === 'large' ? 1.5 : 1)
    return { ...block, points, cells: block.cells.map(cell => ({ ...cell, long: isLong(cell) })) }
  }
  if (block.kind !== 'picture') return block
  const path = paths.get(block.file)
  return path
    ? { kind: 'picture', path, alt: block.alt }
    : { kind: 'paragraph', align: 'center', runs: [{ text: pictureWords(block.alt) }] }
}

/** Too much to be kept on one page. */
const isLong = (cell: Cell) => cell.lines.length > 8 || cell.lines.map(textOf).join('').length > 160
