import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onDatabase } from '../make/on-server.ts'
import type { TestDatabase } from '../make/test-database.ts'
import { makeTestFolder } from '../make/test-folder.ts'
import { bracketKinds, writeWrongFiles } from '../make/wrong-files.ts'
import { type ImportAnswer, importCommand } from './import-command.ts'
import { sampleDatabase } from './sample-database.ts'

let dataDir: string
let folder: string
let database: TestDatabase
let expected: Awaited<ReturnType<typeof writeWrongFiles>>
let answer: ImportAnswer

beforeAll(async () => {
  ;[dataDir, folder] = await Promise.all([makeTestFolder(), makeTestFolder()])
  database = await sampleDatabase(dataDir)
  expected = await writeWrongFiles(folder)
  const said = await importCommand([folder], { DATABASE_URL: database.url, DATA_DIR: dataDir })
  if (!said) throw new Error('the import was killed')
  answer = said
}, 600_000)

afterAll(async () => {
  await database?.drop()
  for (const one of [dataDir, folder]) await rm(one, { recursive: true, force: true })
})

const whyOf = (name: string) =>
  answer.faults.filter(({ file }) => file.startsWith(join(folder, name))).map(({ why }) => why)
const lineOf = (name: string) => answer.documents.find(({ file }) => basename(file) === name)

describe('a folder of files that nobody can read, and good ones among them', () => {
  it('ends with 1: something was refused', () => {
    expect(answer.code).toBe(1)
  })

  it('tells of each what it is and what to do, and names it', () => {
    for (const [name, message] of expected)
      if (message) {
        const said = whyOf(name).join('\n')
        expect(said, name).toMatch(message)
        // Of an archive, what lies in it is named
        if (!name.endsWith('.zip')) expect(said, name).toContain(name)
      }
  })

  it('imports all the others', () => {
    for (const [name, message] of expected)
      if (!message) {
        expect(whyOf(name), name).toEqual([])
        expect(lineOf(name)?.result, name).toBe('published')
      }
  })

  it('reads the number out of brackets of every kind (S-GWG-08, S-GWG-22)', () => {
    for (const at of bracketKinds.keys()) {
      const name = `n-bracket-${String(at).padStart(2, '0')}.txt`
      expect(lineOf(name)?.docNo, bracketKinds[at]).toBe(`云政办发〔2023〕${60 + at}号`)
    }
  })

  it('takes no date from what a bad scan made of one, and has a doubt about the number it guesses', () => {
    const line = lineOf('m-ocr.txt') as
      | (ImportAnswer['documents'][number] & { signedOn: string | null; doubts: { field: string }[] })
      | undefined
    expect(line).toMatchObject({ signedOn: null })
    expect(line?.doubts.map(doubt => doubt.field)).toEqual(expect.arrayContaining(['docNo', 'signedOn']))
  })

  it('writes nothing outside its folders', async () => {
    for (const place of [join(folder, '..'), join(folder, '..', '..'), dataDir])
      expect(existsSync(join(place, 'escaped.txt'))).toBe(false)
    const rows = await onDatabase(database.url, `select from editions where title like '%越界%'`)
    expect(rows).toEqual([])
  })
})
