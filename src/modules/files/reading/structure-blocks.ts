import type { Block } from './blocks.ts'
import {
  isAddressee,
  isAttachmentStart,
  isDateLine,
  numberingOf,
  signersOf,
  splitSignedLine,
} from './official-lines.ts'
import { outlineOf } from './outline.ts'

/** Sets blocks as the HTML body of an official document. Their own `html` is trusted to be safe. */
export function structureBlocks(blocks: Block[]): string {
  const outline = outlineOf()
  const signatures = signatureLines(blocks)
  const html: string[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]
    if (!block) continue
    const next = blocks[i + 1]
    if (block.kind === 'raw') {
      html.push(block.html)
    } else if (signatures.has(i) || (block.align === 'right' && !numberingOf(block.text))) {
      html.push(`<p class="signature">${block.html}</p>`)
    } else if (i < 3 && isAddressee(block.text)) {
      html.push(`<p class="addressee">${block.html}</p>`)
    } else if (isAttachmentStart(block.text)) {
      const named = next?.kind === 'line' && isShortTitle(next) && !numberingOf(next.text)
      const title = named && next ? `${block.html.replace(/[：:]$/, '')}　${next.html}` : block.html
      html.push(outline.heading('document', title, ' class="attachment"'))
      if (named) i++
    } else if (/^附\s*件\s*[：:]/.test(block.text)) {
      const list = attachmentList(blocks, i)
      html.push(list.html)
      i += list.lines - 1
    } else if (signatures.has(lastLineBefore(blocks, i)) && isAttachedTitle(block)) {
      // After the signature a new document begins: the plan or measures which the notice passes on.
      html.push(outline.heading('document', block.html, ' class="document-title"'))
    } else {
      html.push(numbered(block, outline) ?? paragraph(block))
    }
  }
  return html.join('\n')
}

function numbered(block: Block, outline: ReturnType<typeof outlineOf>): string | null {
  const numbering = numberingOf(block.text)
  if (!numbering) return null
  if (numbering.kind === 'article') {
    const html = block.html.replace(numbering.mark, `<strong>${numbering.mark}</strong>`)
    return `<p id="${outline.article(numbering.mark)}">${html}</p>`
  }
  const chapter = numbering.kind === 'part' || numbering.kind === 'chapter' || numbering.kind === 'section'
  if (chapter ? block.text.length <= 50 && !/[。；;]/.test(block.text) : isHeadingLine(block.text)) {
    // A heading is bold by itself.
    return outline.heading(numbering.kind, block.html.replace(/^<strong>([^<]*)<\/strong>$/, '$1'))
  }
  return `<p id="${outline.paragraph(numbering.kind)}">${withLeadIn(block)}</p>`
}

/** `一、加强领导` alone on its line is a heading; a sentence, or the item of an enumeration, is not. */
function isHeadingLine(text: string): boolean {
  return text.length <= 45 && !/[。；;：:，,、！？]$/.test(text) && !/[。；;！？]/.test(text)
}

/** `（一）加强领导。各单位要……`: the first sentence is the title and the text goes on behind it. */
function withLeadIn(block: Block): string {
  const match = /^[^。；;：:，,！？<&]{4,34}。(?=.)/.exec(block.text)
  if (!match || !block.html.startsWith(match[0])) return block.html
  return `<strong>${match[0]}</strong>${block.html.slice(match[0].length)}`
}

function paragraph(block: Block): string {
  return block.align === 'center' ? `<p class="align-center">${block.html}</p>` : `<p>${block.html}</p>`
}

/** Date lines with the organs right above them (S-GWG-15). */
function signatureLines(blocks: Block[]): Set<number> {
  const found = new Set<number>()
  for (const [i, block] of blocks.entries()) {
    if (block.kind !== 'line') continue
    if (splitSignedLine(block.text)) found.add(i)
    if (!isDateLine(block.text) || i === 0) continue
    found.add(i)
    for (let above = i - 1; above >= 0 && i - above <= 12; above--) {
      const line = blocks[above]
      if (line?.kind !== 'line' || signersOf(line.text).length === 0) break
      found.add(above)
    }
  }
  return found
}

/** `附件：1.…` and the numbered lines after it (S-GWG-14). One attachment stays a paragraph. */
function attachmentList(blocks: Block[], from: number): { html: string; lines: number } {
  const first = blocks[from]?.html.replace(/^附\s*件\s*[：:]\s*/, '') ?? ''
  const items = first === '' ? [] : [first]
  let lines = 1
  for (; from + lines < blocks.length; lines++) {
    const block = blocks[from + lines]
    if (block?.kind !== 'line' || !new RegExp(`^${items.length + 1}\\s*[.．、]`).test(block.text)) break
    items.push(block.html)
  }
  if (items.length < 2) return { html: `<p class="attachments">附件：${items[0] ?? ''}</p>`, lines }
  const bare = items.map(item => `<li>${item.replace(/^[0-9]+\s*[.．、]\s*/, '')}</li>`)
  return { html: `<p class="attachments">附件：</p>\n<ol class="attachments">${bare.join('')}</ol>`, lines }
}

function lastLineBefore(blocks: Block[], at: number): number {
  const before = at - 1
  // 附注 such as （此件公开发布） stands between the date and what follows (S-GWG-16).
  return /^[（(][^）)]{2,20}[）)]$/.test(blocks[before]?.text ?? '') ? before - 1 : before
}

function isShortTitle(block: Block): boolean {
  return block.text.length <= 80 && !/[。；;：:，,！？]$/.test(block.text) && !/[。；;！？]/.test(block.text)
}

function isAttachedTitle(block: Block): boolean {
  return (
    isShortTitle(block) &&
    block.text.length >= 4 &&
    !numberingOf(block.text) &&
    !/^[（(]|^抄送|印发$/.test(block.text)
  )
}
