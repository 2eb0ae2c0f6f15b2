/** Text in the encoding that pages of the time before 2010 were saved in; Node only reads it. */
export function gbkBytes(text: string): Buffer {
  const bytes: number[] = []
  for (const sign of text) {
    const code = codes().get(sign)
    if (code === undefined && sign.codePointAt(0) !== undefined && (sign.codePointAt(0) ?? 0) > 0x7f)
      throw new Error(`GBK has no “${sign}”`)
    if (code === undefined) bytes.push(sign.charCodeAt(0))
    else bytes.push(code >> 8, code & 0xff)
  }
  return Buffer.from(bytes)
}

let table: Map<string, number> | undefined

function codes(): Map<string, number> {
  if (table) return table
  table = new Map()
  const decoder = new TextDecoder('gbk')
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const sign = decoder.decode(Uint8Array.of(high, low))
      if ([...sign].length === 1 && sign !== '\ufffd' && !table.has(sign)) table.set(sign, (high << 8) | low)
    }
  return table
}
