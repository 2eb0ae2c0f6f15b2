import { readFileSync } from 'node:fs'
import { fontFolder } from './typst.ts'

/** What of PDFium is needed to lend it a font. */
interface Lends {
  HEAPU8: Uint8Array
  wasmExports: {
    malloc(size: number): number
    __indirect_function_table: WebAssembly.Table
  }
  _FPDF_GetDefaultSystemFontInfo(): number
  _FPDF_SetSystemFontInfo(info: number): void
}

const handle = 1

/**
 * Many files do not bring their Chinese fonts along, and PDFium here knows no system: every font that is missing is set in Noto Sans
 * SC. Without it such a page would be empty. The table of functions
 * cannot grow, so those of the reader's own FPDF_SYSFONTINFO, which would look for fonts on a disk that is not there, are replaced.
 */
export function lendFont(raw: Lends): void {
  let font: Buffer | undefined
  const bytes = () => {
    font ??= readFileSync(`${fontFolder}/NotoSansSC_400Regular.ttf`)
    return font
  }
  // By their place in the structure, behind its version
  const functions: [place: number, count: number, act: (...all: number[]) => number][] = [
    [3, 7, () => handle], // MapFont
    [4, 2, () => handle], // GetFont
    [
      5,
      5,
      (_, _font = 0, table = 0, at = 0, room = 0) => {
        const data = table === 0 ? bytes() : tableOf(bytes(), table >>> 0)
        if (at !== 0 && room >= data.length) raw.HEAPU8.set(data, at)
        return data.length
      },
    ], // GetFontData
    [
      6,
      4,
      (_, _font = 0, at = 0, room = 0) => {
        const name = Buffer.from('Noto Sans SC\0')
        if (at !== 0 && room >= name.length) raw.HEAPU8.set(name, at)
        return name.length
      },
    ], // GetFaceName
    [7, 2, () => 134], // GetFontCharset: GB2312
  ]
  const info = raw._FPDF_GetDefaultSystemFontInfo()
  const fields = new DataView(raw.HEAPU8.buffer, info, 40)
  const table = raw.wasmExports.__indirect_function_table
  for (const [place, count, act] of functions) table.set(fields.getInt32(4 * place, true), asWasm(count, act))
  raw._FPDF_SetSystemFontInfo(info)
}

function tableOf(font: Buffer, tag: number): Buffer {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i
    if (font.readUInt32BE(entry) !== tag) continue
    const at = font.readUInt32BE(entry + 8)
    return font.subarray(at, at + font.readUInt32BE(entry + 12))
  }
  return font.subarray(0, 0)
}

/** A function of JavaScript as WebAssembly calls it: the smallest module that imports it and exports it again. */
function asWasm(count: number, act: (...all: number[]) => number): unknown {
  const i32 = 0x7f
  const type = [0x60, count, ...Array<number>(count).fill(i32), 1, i32]
  const bytes = new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, type.length + 1, 1, ...type],
    ...[2, 7, 1, 1, 0x65, 1, 0x66, 0, 0],
    ...[7, 5, 1, 1, 0x66, 0, 0],
  ])
  const module = new WebAssembly.Module(bytes)
  return new WebAssembly.Instance(module, { e: { f: act } }).exports.f
}
