/**
 * Keys and places for the pages that go through a plan: what has `data-key` is pressed by that key; the cursor or selection in
 * the document (`data-source`) fills the fields that ask for a place. Without scripts the same buttons and lists are there.
 */
const source = document.querySelector<HTMLElement>('[data-source]')

// Only the document moves to the sentence: the heading of the page stays where it was
const lit = document.querySelector<HTMLElement>('[data-lit]')
if (source && lit) {
  const above = lit.getBoundingClientRect().top - source.getBoundingClientRect().top
  source.scrollTop += above - Math.max(24, (source.clientHeight - lit.offsetHeight) / 3)
}
for (const link of source?.querySelectorAll<HTMLAnchorElement>('a[href$="#lit"]') ?? []) link.hash = ''

document.addEventListener('keydown', event => {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey) return
  // A box to tick takes no letters
  if (target.closest('input:not([type=checkbox]), textarea, select')) return
  const pressed = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  if (!pressed) return
  event.preventDefault()
  const folded = pressed.closest('details')
  if (pressed.tagName === 'SUMMARY' && folded) {
    folded.open = true
    folded.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')?.focus()
  } else pressed.click()
})

/** Place in the document's text of a point of the page; the pieces carry where they begin. */
function placeOf(node: Node | null, offset: number): number | null {
  const element = node instanceof Element ? node : node?.parentElement
  const piece = element?.closest<HTMLElement>('[data-offset]')
  if (!piece || !source?.contains(piece)) return null
  return Number(piece.dataset.offset) + (node?.nodeType === Node.TEXT_NODE ? offset : 0)
}

document.addEventListener('selectionchange', () => {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0) return
  const range = selection.getRangeAt(0)
  const start = placeOf(range.startContainer, range.startOffset)
  const end = placeOf(range.endContainer, range.endOffset)
  if (start === null || end === null) return
  for (const field of document.querySelectorAll<HTMLInputElement>('[data-place]')) {
    if (field.dataset.place === 'at') field.value = String(start)
    else if (start < end) field.value = String(field.dataset.place === 'start' ? start : end)
  }
  for (const shown of document.querySelectorAll<HTMLElement>('[data-selected]'))
    shown.textContent = start < end ? `已选中：${selection.toString().slice(0, 40)}` : '光标已放在文件里。'
})
