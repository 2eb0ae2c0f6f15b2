import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compound, docx, pdf, wordParagraph, zip } from './documents.ts'

/** A short notice as a clerk keeps it; `number` as it is printed. */
const noticeText = (title: string, number: string, more = '') =>
  `云溪县人民政府办公室${title}\n${number}\n各乡镇人民政府，县直各单位：\n为做好今冬防火工作，现将有关事项通知如下：\n一、落实责任。各单位要明确责任人，每日巡查。\n二、备足物资。风力灭火机等物资于11月底前备齐。\n${more}云溪县人民政府办公室\n2023年11月6日\n`

/** Brackets in which people put the year, where none other than 〔〕 should stand (S-GWG-08). */
export const bracketKinds = [
  '〔〕',
  '[]',
  '【】',
  '（）',
  '()',
  '［］',
  '﹝﹞',
  '〖〗',
  '「」',
  '〈〉',
  '<>',
  '{}',
] as const

/** Good files among those that cannot be imported, each made by hand; name → what its message says (empty: it goes in). */
export async function writeWrongFiles(folder: string): Promise<ReadonlyMap<string, RegExp | null>> {
  const expected = new Map<string, RegExp | null>()
  const put = async (name: string, bytes: string | Uint8Array, message: RegExp | null, size?: number) => {
    expected.set(name, message)
    await writeFile(join(folder, name), bytes)
    if (size !== undefined) await truncate(join(folder, name), size)
  }
  await put('a-good.txt', noticeText('关于做好冬季防火工作的通知', '云政办发〔2023〕51号'), null)
  await put('b-bomb.zip', bomb(), /压缩炸弹|压缩得|倍|异常/)
  await put('c-macros.docx', docx(wordParagraph('正文'), { 'word/vbaProject.bin': 'VBA' }), /宏.*另存/)
  await put('c-macros.docm', docx(wordParagraph('正文')), /宏.*另存/)
  await put('d-scan.pdf', pdf([[], []]), /扫描|没有文字|文字识别|OCR/)
  await put('e-300mb.txt', '云溪县', /300 MB.*上限.*原文件未动/, 300 * 2 ** 20)
  await put('e-300mb.docx', 'PK\x03\x04', /300 MB.*上限.*原文件未动/, 300 * 2 ** 20)
  await put('f-archive.rar', Buffer.from('526172211a0700cf907300000d', 'hex'), /解压.*\.zip/)
  await put('g-old.wps', compound({ WPS: Buffer.alloc(10) }), /WPS.*另存为 \.docx/)
  await put('h-empty.txt', '', /空文件/)
  await put('i-binary.txt', Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 7, 9, 0, 0, 1]), /不是纯文本|二进制/)
  await put('j-broken.docx', docx(wordParagraph('正文')).subarray(0, 300), /损坏|不完整/)
  await put('k-locked.zip', zip([{ name: '通知.txt', bytes: 'x', flags: 0x801 }]), /密码/)
  await put(
    'l-escape.zip',
    zip([{ name: '../../escaped.txt', bytes: noticeText('关于越界的通知', '云政办发〔2023〕52号') }]),
    /路径|文件名|\.\./,
  )
  await put('m-ocr.txt', ocrRubbish, null)
  for (const [at, [open, close]] of bracketKinds.map(pair => [...pair]).entries())
    await put(
      `n-bracket-${String(at).padStart(2, '0')}.txt`,
      noticeText(`关于做好第${at + 1}批防火检查的通知`, `云政办发${open}2023${close}${60 + at}号`),
      null,
    )
  await put('z-good.txt', noticeText('关于做好冬春火灾防控的通知', '云政办发〔2023〕99号'), null)
  return expected
}

/** A hundred megabytes of the same letter in a hundred kilobytes, twice, one in a second archive. */
function bomb(): Buffer {
  const swollen = zip([{ name: '附表.txt', bytes: Buffer.alloc(100 * 2 ** 20, 0x30) }])
  return zip([
    { name: '附表.txt', bytes: Buffer.alloc(100 * 2 ** 20, 0x31) },
    { name: '内层.zip', bytes: swollen, method: 0 },
  ])
}

/** What a bad scan makes of a page: letters for figures, broken words, a seal in the middle. */
const ocrRubbish = `云氵奚县入民政府办公室义件
云政办发〔2O23〕l7号
关于|卬发《云溪县冬李防火工作方寀》的通 矢口
各乡镇入民政府 , 县宜各单位;
《云溪县冬李防火工作方寀》己经县政府同意,现|卬发给你们. ~^%$ 请认真贯彻执彳亍。
■■云■县■■
2O23年ll月6曰
`
