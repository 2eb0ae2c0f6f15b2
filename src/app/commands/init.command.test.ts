import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listOrgans, listSites } from '#modules/organisations'
import { listColumns, registerKinds } from '#modules/publications'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { systemContext } from '../../../test/make/government.ts'
import { testDatabase } from '../../../test/make/test-database.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { kinds } from '../kinds.ts'
import { initCommand } from './init.command.ts'
import { sampleCommand } from './sample.command.ts'
import { usualColumns } from './usual-columns.ts'

let connection: Connection
let drop: () => Promise<void>
let said: string[]
const out = { print: (line: string) => void said.push(line), error: (line: string) => void said.push(line) }

beforeEach(async () => {
  registerKinds(kinds)
  const database = await testDatabase()
  drop = database.drop
  connection = connect(database.url, { role: applicationRole })
  said = []
})

afterEach(async () => {
  await connection.close()
  await drop()
})

const government = {
  organs: [
    {
      key: 'qinghe',
      name: '清河县人民政府',
      shortName: '清河县政府',
      type: 'government',
      level: 'county',
      docCodes: [],
    },
  ],
  sites: [
    {
      key: 'portal',
      organ: 'qinghe',
      name: '清河县人民政府',
      shortName: '清河',
      tagline: '',
      domain: 'www.qinghe.example',
      siteCode: '9990010001',
      host: '县政府办公室',
      contactPhone: '0991-5550000',
      columns: usualColumns,
    },
  ],
  staff: [
    { username: 'wangyi', name: '王一', organ: 'qinghe', roles: ['system-administrator'] },
    { username: 'lier', name: '李二', organ: 'qinghe', roles: ['security-administrator'] },
    { username: 'zhangsan', name: '张三', organ: 'qinghe', roles: ['audit-administrator'] },
  ],
}

async function init(file: unknown): Promise<number> {
  const path = join(await makeTestFolder(), 'government.json')
  await writeFile(path, JSON.stringify(file))
  return initCommand.run(systemContext(connection.db), [path], out)
}

describe('mingtang init', () => {
  it('founds a real government with nothing of the sample in it, once', async () => {
    expect(await init(government)).toBe(0)
    const [site] = await listSites(connection.db)
    expect((await listOrgans(connection.db)).map(organ => organ.name)).toEqual(['清河县人民政府'])
    expect(site?.isDefault).toBe(true)
    expect(await listColumns(connection.db, site?.id ?? '')).toHaveLength(usualColumns.length)
    const accounts = await connection.db.selectFrom('staff').select('mustChangePassword').execute()
    expect(accounts.map(account => account.mustChangePassword)).toEqual([true, true, true])
    expect(said.join('\n')).not.toContain('云溪')
    expect(await init(government)).toBe(2)
    expect(said.join('\n')).toContain('已经建立了政府')
  })

  it('founds all of it or nothing', async () => {
    const [one] = government.staff
    const twoHats = {
      ...government,
      staff: [{ ...one, roles: ['system-administrator', 'audit-administrator'] }],
    }
    await expect(init(twoHats)).rejects.toThrow()
    expect(await listOrgans(connection.db)).toEqual([])
    expect(await connection.db.selectFrom('installation').selectAll().execute()).toEqual([])
  })
})

describe('mingtang sample remove', () => {
  it('leaves a real government alone', async () => {
    await init(government)
    expect(await sampleCommand.run(systemContext(connection.db), ['remove', '--yes'], out)).toBe(2)
    expect(await listOrgans(connection.db)).toHaveLength(1)
  })
})
