import { pageBlocks } from './page-blocks.ts'
import { pageFrame } from './page-frame.ts'
import { pageGrid } from './page-grid.ts'
import { pageHead } from './page-head.ts'

/**
 * The page of an official document as a Typst program (GB/T 9704-2012). It reads the document as data, so that nothing in a text
 * can act on the page.
 */
export const pageProgram = `
#let doc = json(bytes(sys.inputs.document))
#let faces = json(bytes(sys.inputs.faces))
${pageGrid}
${pageFrame}
${pageHead}
${pageBlocks}
#head
#title-block(doc.titleLines)
#blank(1)
#for it in doc.blocks { block-of(it) }
#imprint
`
