import { blocksOfText } from './blocks.ts'
import { structureBlocks } from './structure-blocks.ts'

/**
 * Plain text of an official document → safe HTML body: headings by the levels of S-GWG-13 with ids to cite,
 * paragraphs, `| a | b |` tables, attachment list, addressee (S-GWG-12) and signature (S-GWG-15).
 * The text is the body; the page prints title and number itself.
 */
export function structureText(text: string): string {
  return structureBlocks(blocksOfText(text))
}
