import { afterAll, describe, expect, it } from 'vitest'
import { Refused } from '#lib/errors'
import {
  compoundBytes,
  docxBytes,
  fileFolder,
  jpegBytes,
  type PackedEntry,
  pdfBytes,
  pngBytes,
  zipBytes,
} from '../../../../test/make/file-bytes.ts'
import type { FileRole } from '../stored-file.ts'
import { inspectFile } from './inspect-file.ts'

const files = await fileFolder()
afterAll(files.remove)

async function inspect(name: string, bytes: Uint8Array | string, role: FileRole = 'attachment') {
  const upload = await files.upload(name, bytes)
  return inspectFile(upload.path, name, role)
}

async function refusal(name: string, bytes: Uint8Array | string, role?: FileRole): Promise<Refused> {
  const error = await inspect(name, bytes, role).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof Refused) return error
  throw error ?? new Error(`${name} was taken`)
}

const megabyte = 1024 * 1024
const ofd: PackedEntry[] = [{ name: 'OFD.xml', content: '<OFD/>' }, { name: 'Doc_0/Document.xml' }]
const workbook: PackedEntry[] = [{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }]

const taggedSound = Buffer.concat([
  Buffer.from('ID3\x03\0\0\0\0\x4e\x10', 'latin1'),
  Buffer.alloc(10_000),
  Buffer.from([0xff, 0xfb, 0x90, 0x00]),
])

describe('what is taken, told by content', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['通知.pdf', pdfBytes(), 'application/pdf'],
    ['办法.ofd', zipBytes(ofd), 'application/ofd'],
    ['办法.docx', docxBytes(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['预算.xlsx', zipBytes(workbook), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    [
      '说明.pptx',
      zipBytes([{ name: '[Content_Types].xml' }, { name: 'ppt/presentation.xml' }]),
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    ['办法.doc', compoundBytes(['Root Entry', 'WordDocument']), 'application/msword'],
    ['办法.wps', compoundBytes(['Root Entry', 'WordDocument']), 'application/wps-office.wps'],
    ['预算.xls', compoundBytes(['Root Entry', 'Workbook']), 'application/vnd.ms-excel'],
    ['预算.et', compoundBytes(['Root Entry', 'Workbook']), 'application/wps-office.et'],
    ['资料.zip', zipBytes([{ name: '表/一.xlsx', content: 'x' }]), 'application/zip'],
    ['名单.csv', '序号,名称\n1,云溪县\n', 'text/csv'],
    ['说明.txt', Buffer.from('\ufeff云溪县', 'utf16le'), 'text/plain'],
    ['说明.txt', Buffer.from([0xd4, 0xc6, 0xcf, 0xaa, 0xcf, 0xd8]), 'text/plain'],
    // how a video, a sound and one behind the tags of a program begin (R-INT-05)
    ['解读.mp4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), 'video/mp4'],
    ['解读.m4a', Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42', 'latin1'), 'audio/mp4'],
    ['解读.mp3', taggedSound, 'audio/mpeg'],
    // a text that begins like another format is still a text
    ['清单.txt', 'BM 编码表\nMZ\n', 'text/plain'],
  ])('%s', async (name, bytes, mediaType) => {
    expect(await inspect(name, bytes)).toMatchObject({ mediaType, width: null })
  })

  it('reads the size of pictures', async () => {
    expect(await inspect('图.png', pngBytes(3, 5), 'picture')).toEqual({
      mediaType: 'image/png',
      width: 3,
      height: 5,
    })
    expect(await inspect('图.jpeg', jpegBytes(), 'picture')).toEqual({
      mediaType: 'image/jpeg',
      width: 640,
      height: 480,
    })
    const gif = Buffer.from('GIF89a\x0a\0\x14\0\0\0\0;', 'latin1')
    expect(await inspect('图.gif', gif, 'picture')).toMatchObject({ width: 10, height: 20 })
    const webp = Buffer.alloc(40)
    webp.write('RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0', 'latin1')
    webp.writeUIntLE(799, 24, 3)
    webp.writeUIntLE(599, 27, 3)
    expect(await inspect('图.webp', webp, 'picture')).toMatchObject({ width: 800, height: 600 })
  })
})

describe('what is refused, with the remedy', () => {
  it.each<[string, Uint8Array | string, string, RegExp]>([
    ['报告.pdf', pngBytes(), 'files.wrong-extension', /内容却是PNG 图片.*“报告\.png”/],
    ['照片.jpg', pngBytes(), 'files.wrong-extension', /照片\.png/],
    ['办法.docx', compoundBytes(['WordDocument']), 'files.wrong-extension', /“办法\.doc”/],
    ['说明.txt', pdfBytes(), 'files.wrong-extension', /PDF/],
    ['说明.txt', '{\\rtf1 abc}', 'files.not-text', /RTF/],
    ['说明.txt', '<!DOCTYPE html><script>alert(1)</script>', 'files.not-text', /纯文本/],
    ['名单.csv', Buffer.from([0x31, 0x00, 0x32]), 'files.not-text', /编码/],
    ['图.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'files.format-not-taken', /PNG/],
    ['程序.exe', 'MZ', 'files.format-not-taken', /\.exe.*pdf、ofd/],
    ['通知', pdfBytes(), 'files.format-not-taken', /没有扩展名/],
    ['通知.pdf', 'Rar!\x1a\x07\x00 \x00', 'files.unknown-content', /RAR/],
    ['空.pdf', '', 'files.empty', /空文件/],
    ['图.png', pngBytes().subarray(0, 20), 'files.broken-picture', /损坏/],
    ['图.png', pngBytes(2, 2, { width: 60000, height: 60000 }), 'files.picture-too-large', /60000/],
    ['照片.jpg', jpegBytes(true), 'files.picture-states-place', /GPS/],
    ['加密.docx', compoundBytes(['EncryptedPackage']), 'files.encrypted', /密码/],
    [
      '断了.zip',
      zipBytes([{ name: 'a.txt', content: 'abc' }]).subarray(0, 40),
      'files.broken-package',
      /损坏/,
    ],
  ])('%s: %#', async (name, bytes, code, words) => {
    const error = await refusal(name, bytes)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(words)
  })

  it('a document as a picture', async () => {
    expect((await refusal('通知.pdf', pdfBytes(), 'picture')).code).toBe('files.format-not-taken')
  })

  it('macros: by name, by what lies in the package, in old formats and in embedded form', async () => {
    const macro = [{ name: 'word/vbaProject.bin', content: 'x' }]
    expect((await refusal('表.docm', docxBytes(macro))).code).toBe('files.macros')
    expect((await refusal('表.docx', docxBytes(macro))).code).toBe('files.macros')
    expect((await refusal('表.docx', docxBytes(macro))).message).toMatch(/宏.*另存为/)
    expect((await refusal('表.doc', compoundBytes(['WordDocument', 'Macros', 'VBA']))).code).toBe(
      'files.macros',
    )
    expect((await refusal('表.xls', compoundBytes(['Workbook', '_VBA_PROJECT_CUR']))).code).toBe(
      'files.macros',
    )
    expect((await refusal('包.zip', zipBytes([{ name: '里/表.xlsm' }]))).message).toMatch(/带宏/)
  })
})

describe('packages are hostile until shown otherwise (S-OFD-03)', () => {
  it.each<[string, PackedEntry[], RegExp]>([
    ['a bomb by ratio', [{ name: 'a.txt', content: 'x', statedSize: 400 * megabyte }], /膨胀/],
    [
      'a bomb of many gigabytes',
      Array.from({ length: 16 }, (_, i) => ({ name: `${i}.txt`, statedSize: 0xfffffff0 })),
      /膨胀/,
    ],
    ['entries that share their bytes', [{ name: 'a.txt', content: 'x', statedPacked: 9 * megabyte }], /膨胀/],
    ['a path that leads out', [{ name: '../../a.txt' }], /包外/],
    ['a path of Windows that leads out', [{ name: 'x\\..\\..\\a.txt' }], /包外/],
    ['an absolute path', [{ name: '/etc/a.txt' }], /包外/],
    ['a drive letter', [{ name: 'C:a.txt' }], /包外/],
    ['a password', [{ name: 'a.txt', encrypted: true }], /密码/],
    ['a package in the package', [{ name: '里/再.zip' }], /套着压缩包（再\.zip）/],
    ['a program', [{ name: '安装.exe' }], /安装\.exe/],
    ['nothing', [], /空的/],
    ['too many files', Array.from({ length: 5001 }, (_, i) => ({ name: `${i}.txt` })), /5000 个/],
  ])('%s', async (_, entries, words) => {
    const error = await refusal('资料.zip', zipBytes(entries))
    expect(error.code).toBe('files.package-refused')
    expect(error.message).toMatch(words)
  })

  it('a bomb dressed as a document is found as well', async () => {
    const error = await refusal(
      '办法.docx',
      docxBytes([{ name: 'word/x.xml', content: 'x', statedSize: 900 * megabyte }]),
    )
    expect(error.code).toBe('files.package-refused')
  })

  it('reads names in GBK, in which a sign may hold the byte of a backslash', async () => {
    // “乗..” in GBK: 0x81 0x5C is one Chinese sign, no path
    const name = Buffer.from([0x81, 0x5c, 0x2e, 0x2e, 0x2e, 0x74, 0x78, 0x74])
    expect(await inspect('资料.zip', zipBytes([{ name, content: 'x' }]))).toMatchObject({
      mediaType: 'application/zip',
    })
  })
})
