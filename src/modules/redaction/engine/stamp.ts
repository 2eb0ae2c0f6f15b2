import { type Bitmap, PdfFile } from './pdfium.ts'
import { typeset } from './typst.ts'

const program = `
#let data = json(bytes(sys.inputs.data))
#set page(width: auto, height: auto, margin: 1pt, fill: black)
#set text(font: "Noto Sans SC", size: data.size * 1pt, fill: white, lang: "zh", fallback: false, top-edge: 0.88em, bottom-edge: -0.12em)
#data.label
`
const made = new Map<string, Bitmap>()

/** The label of a ground, white on black, in so many points; known before any document is. */
async function labelIn(label: string, size: number, scale: number): Promise<Bitmap> {
  const key = `${label} ${size} ${scale}`
  const known = made.get(key)
  if (known) return known
  const pdf = await PdfFile.open(await typeset(program, { label, size }))
  try {
    const page = pdf.size(1)
    const bitmap = pdf.picture(1, Math.ceil(page.width * scale), Math.ceil(page.height * scale))
    if (made.size > 500) made.clear()
    made.set(key, bitmap)
    return bitmap
  } finally {
    pdf.close()
  }
}

/** What stands on a burnt place of so many pixels: black, and the label in its middle when it fits. */
export async function stampOf(label: string, width: number, height: number, scale: number): Promise<Bitmap> {
  const stamp: Bitmap = { width, height, rgb: new Uint8Array(width * height * 3) }
  const largest = Math.min(11, Math.floor((height / scale - 2) * 0.9))
  for (let size = largest; size >= 6; size--) {
    const words = await labelIn(label, size, scale)
    if (words.width > width - 2 || words.height > height) continue
    const left = Math.floor((width - words.width) / 2)
    const top = Math.floor((height - words.height) / 2)
    for (let y = 0; y < words.height; y++)
      stamp.rgb.set(
        words.rgb.subarray(y * words.width * 3, (y + 1) * words.width * 3),
        ((top + y) * width + left) * 3,
      )
    break
  }
  return stamp
}

/** The pixels that a place touches, as whole ones. */
export function pixelsUnder(
  rect: { left: number; top: number; width: number; height: number },
  scale: number,
  of: { width: number; height: number },
): { x: number; y: number; width: number; height: number } {
  const x = Math.max(0, Math.floor(rect.left * scale))
  const y = Math.max(0, Math.floor(rect.top * scale))
  return {
    x,
    y,
    width: Math.max(0, Math.min(of.width, Math.ceil((rect.left + rect.width) * scale)) - x),
    height: Math.max(0, Math.min(of.height, Math.ceil((rect.top + rect.height) * scale)) - y),
  }
}
