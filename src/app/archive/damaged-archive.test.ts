import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { loadSample } from '../sample/load-sample.ts'
import {
  exportTo,
  happenings,
  type Installation,
  install,
  type Line,
  restoreInto,
  stage,
} from './archive-for-tests.ts'

describe('a folder that is not what was exported', () => {
  let third: Installation
  beforeAll(async () => {
    stage.folder = await makeTestFolder()
    const first = await install()
    await loadSample(first.ctx, () => {})
    await happenings(first)
    await exportTo(first, 'first')
    await first.leave()
    third = await install()
  }, 240_000)
  afterAll(() => third.leave())

  let copies = 0
  async function damaged(change: (at: string) => Promise<void>, reseal = false): Promise<string> {
    const name = `damaged-${++copies}`
    await cp(join(stage.folder, 'first'), join(stage.folder, name), { recursive: true })
    await change(join(stage.folder, name))
    if (reseal) await sealAgain(join(stage.folder, name))
    return name
  }
  /** As somebody would who knows how: the fingerprints fit again. */
  async function sealAgain(at: string): Promise<void> {
    const manifest = JSON.parse(await readFile(join(at, 'manifest.json'), 'utf8'))
    for (const [name, listed] of Object.entries(manifest.files as Record<string, { sha256: string }>))
      listed.sha256 = createHash('sha256')
        .update(await readFile(join(at, name)))
        .digest('hex')
    await writeFile(join(at, 'manifest.json'), JSON.stringify(manifest))
  }
  const edit = (file: string, change: (text: string) => string) => async (at: string) =>
    writeFile(join(at, file), change(await readFile(join(at, file), 'utf8')))
  const line = (file: string, number: number, change: (value: Line) => void) =>
    edit(file, text => {
      const lines = text.split('\n')
      const value = JSON.parse(lines[number - 1] ?? '')
      change(value)
      lines[number - 1] = JSON.stringify(value)
      return lines.join('\n')
    })
  const isEmpty = async () => {
    const { rows } = await sql<{
      n: number
    }>`select (select count(*) from organs)::int + (select count(*) from publications)::int
      + (select count(*) from clearances)::int + (select count(*) from files)::int + (select count(*) from staff)::int as n`.execute(
      third.ctx.db,
    )
    return rows[0]?.n === 0
  }

  it.each<[string, (at: string) => Promise<void>, boolean, RegExp]>([
    [
      'changed byte',
      edit('organs.jsonl', text => text.replace('云溪', '云涧')),
      false,
      /organs\.jsonl：.*SHA-256/,
    ],
    [
      'cut off',
      edit('publications.jsonl', text => text.slice(0, -200)),
      false,
      /publications\.jsonl：.*SHA-256/,
    ],
    [
      'cut off, sealed again',
      edit('publications.jsonl', text => text.slice(0, -200)),
      true,
      /publications\.jsonl 第 \d+ 行：.*截断/,
    ],
    [
      'no JSON',
      edit('columns.jsonl', text => text.replace('{', '[')),
      true,
      /columns\.jsonl 第 1 行：.*JSON/,
    ],
    ['no object', edit('columns.jsonl', text => `[]\n${text}`), true, /columns\.jsonl 第 1 行：.*JSON 对象/],
    [
      'newer version',
      edit('manifest.json', text => text.replace('"version": 1', '"version": 2')),
      false,
      /manifest\.json：.*第 2 版.*升级/,
    ],
    [
      'other thing',
      edit('manifest.json', text => text.replace('mingtang-record', 'else')),
      false,
      /manifest\.json/,
    ],
    ['no manifest', async at => rm(join(at, 'manifest.json')), false, /缺少 manifest\.json/],
    ['missing file', async at => rm(join(at, 'columns.jsonl')), false, /缺少 columns\.jsonl/],
    [
      'path out',
      edit('manifest.json', text => text.replace('"columns.jsonl"', '"../columns.jsonl"')),
      false,
      /manifest\.json/,
    ],
    [
      'unknown file',
      edit('manifest.json', text => text.replace('"columns.jsonl"', '"other.jsonl"')),
      false,
      /other\.jsonl/,
    ],
    [
      'link that leads out',
      async at => {
        await rm(join(at, 'columns.jsonl'))
        await symlink('/etc/hostname', join(at, 'columns.jsonl'))
      },
      false,
      /columns\.jsonl 不是普通文件/,
    ],
    [
      'path in a fingerprint',
      line('files.jsonl', 1, file => Object.assign(file, { sha256: `../../${'a'.repeat(58)}` })),
      true,
      /files\.jsonl 第 1 行：.*sha256/,
    ],
    [
      'bytes of another',
      async at => {
        const [two = ''] = await readdir(join(at, 'files'))
        const [name = ''] = await readdir(join(at, 'files', two))
        await writeFile(join(at, 'files', two, name), 'other')
      },
      false,
      /files\.jsonl 第 1 行：files\//,
    ],
    [
      'changed text',
      line('publications.jsonl', 3, item =>
        Object.assign(item.editions[0] ?? {}, { links: [], effects: [], summary: '改过' }),
      ),
      true,
      /publications\.jsonl 第 3 行：.*摘要/,
    ],
    [
      'script in a text',
      line('publications.jsonl', 3, item =>
        Object.assign(item.editions[0] ?? {}, { bodyHtml: '<p onclick="x()">a</p><script>x()</script>' }),
      ),
      true,
      /publications\.jsonl 第 3 行：.*脚本/,
    ],
    [
      'unknown column',
      line('publications.jsonl', 2, item => Object.assign(item, { isSecret: true })),
      true,
      /publications\.jsonl 第 2 行：.*isSecret/,
    ],
    [
      'unknown kind',
      line('publications.jsonl', 2, item => Object.assign(item, { kind: 'spell' })),
      true,
      /publications\.jsonl 第 2 行：.*spell/,
    ],
    [
      'unknown organ',
      line('publications.jsonl', 2, item => Object.assign(item.organ, { key: 'nobody' })),
      true,
      /publications\.jsonl 第 2 行：.*nobody/,
    ],
    [
      'missing part',
      line('publications.jsonl', 2, item => Object.assign(item, { editions: [] })),
      true,
      /publications\.jsonl 第 2 行：.*editions/,
    ],
    [
      'same address twice',
      edit('publications.jsonl', text =>
        text.replaceAll(/"id":"[^"]{10}","address"/g, '"id":"2222222222","address"'),
      ),
      true,
      /publications\.jsonl 第 \d/,
    ],
    [
      'a value of another type',
      line('organs.jsonl', 1, organ => Object.assign(organ, { sortOrder: 'first' })),
      true,
      /organs\.jsonl 第 1/,
    ],
    [
      'an organ below nobody',
      line('organs.jsonl', 2, organ => Object.assign(organ, { parent: 'nobody' })),
      true,
      /organs\.jsonl 第 2 行：.*nobody/,
    ],
  ])('%s: is refused with file and line, and nothing is there', async (_, change, reseal, message) => {
    const name = await damaged(change, reseal)
    await expect(restoreInto(third, name)).rejects.toThrow(message)
    expect(await isEmpty()).toBe(true)
    const left = await readdir(join(third.house.config.dataDir, 'files'), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => [])
    expect(left.filter(entry => entry.isFile())).toEqual([])
  })
})
