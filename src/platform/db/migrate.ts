import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { applicationRole } from '#platform/db/database'
import { root } from '#platform/root'

const folder = join(root, 'db', 'migrations')
const readerRole = 'mingtang_reader'

/**
 * Brings the database to the newest state: each file of `db/migrations` once, in order, each in its own transaction,
 * by the owner of the database. Two processes that start together wait for one another.
 */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('mingtang.migrate'))")
    await createRoles(client)
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from schema_migrations')).rows.map(r => r.name),
    )
    const files = (await readdir(folder)).filter(file => file.endsWith('.sql')).sort()
    for (const file of files) {
      if (!done.has(file)) await apply(client, file)
    }
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, file: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8')
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into schema_migrations (name) values ($1)', [file])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`数据库升级在 ${file} 处失败，数据没有改变：${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Roles belong to the whole server, so another installation may have made them already, even this moment. */
async function createRoles(client: pg.Client): Promise<void> {
  for (const role of [applicationRole, readerRole]) {
    await client.query(`
      do $$ begin
        create role ${role} nologin;
      exception when duplicate_object or unique_violation then null;
      end $$`)
    await client.query(`grant ${role} to current_user`)
  }
  await client.query(`grant usage on schema public to ${applicationRole}, ${readerRole}`)
  await client.query(
    `alter default privileges in schema public grant select, insert, update, delete on tables to ${applicationRole}`,
  )
  await client.query(
    `alter default privileges in schema public grant usage, select on sequences to ${applicationRole}`,
  )
}
