import { encode } from 'uqr'

interface Drawn {
  size: number
  path: string
}

/**
 * Drawing one takes longer than the rest of a page, and a page shows its own twice (beside the text and in print).
 * Only addresses are kept: a code may also hold the secret of somebody's authenticator.
 */
const drawn = new Map<string, Drawn>()
const mostKept = 200

/** One path: black runs of modules, row by row. */
function draw(text: string): Drawn {
  const known = drawn.get(text)
  if (known) return known
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      let run = 1
      while (row[x + run]) run++
      path += `M${x} ${y}h${run}v1h-${run}z`
      x += run
    }
  }
  if (/^https?:/.test(text)) {
    if (drawn.size >= mostKept) drawn.clear()
    drawn.set(text, { size, path })
  }
  return { size, path }
}

/** An address as a QR code. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = draw(text)
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}
