const inFile = 0x04034b50
const inDirectory = 0x02014b50
const end = 0x06054b50
/** 1 January 1980, the first day that a zip can name. */
const firstDay = 0x21

/** The same zip, its entries without the moment at which they were packed: the same parts make the same bytes. */
export function withoutTimes(zip: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(zip)
  const view = new DataView(bytes.buffer)
  let last = bytes.length - 22
  while (last > 0 && view.getUint32(last, true) !== end) last--
  let at = view.getUint32(last + 16, true)
  for (let left = view.getUint16(last + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== inDirectory)
      throw new Error('the directory of the zip is not where it says')
    setTime(view, at + 12)
    const file = view.getUint32(at + 42, true)
    if (view.getUint32(file, true) !== inFile)
      throw new Error('a file of the zip is not where its directory says')
    setTime(view, file + 10)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return bytes
}

function setTime(view: DataView, at: number): void {
  view.setUint16(at, 0, true)
  view.setUint16(at + 2, firstDay, true)
}
