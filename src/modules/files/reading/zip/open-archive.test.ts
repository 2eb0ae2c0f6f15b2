import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docx, type ZipPart, zip } from '../../../../../test/make/documents.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { openArchive } from './open-archive.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-archive-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Walked = { read: Record<string, string>; refused: Record<string, string> }

async function walk(bytes: Uint8Array): Promise<Walked> {
  const path = join(folder, '打包.zip')
  await writeFile(path, bytes)
  const walked: Walked = { read: {}, refused: {} }
  for await (const entry of openArchive(path)) {
    if ('why' in entry) {
      walked.refused[entry.path] = entry.why
      continue
    }
    try {
      walked.read[entry.path] = Buffer.from(await entry.read()).toString()
    } catch (error) {
      walked.refused[entry.path] = (error as UnreadableFile).message
    }
  }
  return walked
}

const gbk = Buffer.from('cda8d6aa2e747874', 'hex')

describe('openArchive', () => {
  it('reads names in UTF-8 and in GBK, folders, stored and deflated entries', async () => {
    const parts: ZipPart[] = [
      { name: '2024/通知.txt', bytes: '甲' },
      { name: gbk, bytes: '乙', method: 0 },
      { name: '2024/', bytes: '', method: 0 },
      { name: 'a\\b.txt', bytes: '丙' },
    ]
    expect(await walk(zip(parts))).toEqual({
      read: { '2024/通知.txt': '甲', '通知.txt': '乙', 'a/b.txt': '丙' },
      refused: {},
    })
  })

  it('S-OFD-03: refuses paths that lead out or lie, and goes on with the others', async () => {
    const bad = ['../../etc/passwd', '/etc/passwd', 'C:\\a.txt', 'a/../../b.txt', 'a\u202etxt.exe', 'a\0.txt']
    const { read, refused } = await walk(
      zip([...bad.map(name => ({ name, bytes: 'x' })), { name: '好.txt', bytes: '甲' }]),
    )
    expect(read).toEqual({ '好.txt': '甲' })
    expect(Object.keys(refused)).toHaveLength(bad.length)
    expect(refused['../../etc/passwd']).toContain('指向压缩包外面')
  })

  it('S-OFD-03: refuses a bomb, whether it owns up to its size or not', async () => {
    const { read, refused } = await walk(
      zip([
        { name: 'honest.txt', bytes: Buffer.alloc(20 * 1024 * 1024) },
        { name: 'lying.txt', bytes: Buffer.alloc(20 * 1024 * 1024), claims: 1000 },
        { name: '好.txt', bytes: '甲' },
      ]),
    )
    expect(read).toEqual({ '好.txt': '甲' })
    expect(refused['honest.txt']).toContain('压缩炸弹')
    expect(refused['lying.txt']).toContain('已损坏')
  })

  it('refuses an entry with a password or of a rare method, and says so', async () => {
    const { read, refused } = await walk(
      zip([
        { name: '密.txt', bytes: 'x', flags: 0x801 },
        { name: '怪.txt', bytes: 'x', method: 14 },
        { name: '好.txt', bytes: '甲' },
      ]),
    )
    expect(read).toEqual({ '好.txt': '甲' })
    expect(refused['密.txt']).toContain('设有密码')
    expect(refused['怪.txt']).toContain('压缩方法')
  })

  it('walks an archive in the archive, and no deeper', async () => {
    const third = zip([{ name: '三.txt', bytes: '丙' }])
    const second = zip([
      { name: '二.txt', bytes: '乙' },
      { name: '三.zip', bytes: third },
    ])
    const { read, refused } = await walk(
      zip([
        { name: '一.txt', bytes: '甲' },
        { name: '附件/二.zip', bytes: second },
        { name: '坏.zip', bytes: 'PK\x03\x04' },
      ]),
    )
    expect(read).toEqual({ '一.txt': '甲', '附件/二.zip/二.txt': '乙' })
    expect(refused['附件/二.zip/三.zip']).toContain('第三层')
    expect(refused['坏.zip']).toContain('已损坏')
  })

  it('leaves out what macOS and Windows leave behind', async () => {
    const names = ['__MACOSX/a.txt', '.DS_Store', 'b/._a.txt', 'b/Thumbs.db', 'b/a.txt']
    expect((await walk(zip(names.map(name => ({ name, bytes: 'x' }))))).read).toEqual({ 'b/a.txt': 'x' })
  })

  it.each([
    ['cut off', zip([{ name: 'a.txt', bytes: 'x' }]).subarray(0, 40), 'malformed'],
    ['empty', Buffer.alloc(0), 'empty'],
    ['without entries', zip([]), 'empty'],
    ['a document by content', docx(''), 'unsupported'],
  ])('refuses a file that is %s', async (_, bytes, reason) => {
    await expect(walk(bytes)).rejects.toMatchObject({ reason })
    await expect(walk(bytes)).rejects.toBeInstanceOf(UnreadableFile)
  })
})
