import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { whyNotRead } from './why-not-read.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'why-not-read-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('refuses a file of 300 MB without reading a byte of it', async () => {
  const path = join(folder, '大.pdf')
  const file = await open(path, 'w')
  await file.truncate(300 * 1024 * 1024)
  await file.close()
  expect(await whyNotRead(path)).toMatch(/有 300 MB，超过单个文档 200 MB 的上限，没有读取，原文件未动/)
})

it('takes what can be read, and says of other formats how to convert them', async () => {
  await writeFile(join(folder, '甲.docx'), 'x')
  expect(await whyNotRead(join(folder, '甲.docx'))).toBeNull()
  await writeFile(join(folder, '甲.rtf'), 'x')
  expect(await whyNotRead(join(folder, '甲.rtf'))).toContain('另存为 .docx')
})
