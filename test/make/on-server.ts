import { Client } from 'pg'

/** Runs one statement about whole databases on the server that `url` lies on. */
export const onServer = (url: string, statement: string) => onDatabase(withName(url, 'postgres'), statement)

/** Runs one statement on a database, as its owner. */
export async function onDatabase(url: string, statement: string): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

export function nameOf(url: string) {
  return new URL(url).pathname.slice(1)
}

export function withName(url: string, name: string) {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
