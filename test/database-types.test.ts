import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tablesFile, tablesOf } from '../bin/tables-of.ts'
import { type TestDatabase, testDatabase } from './make/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

it('the types of the tables are those of the migrations (else: npm run types)', async () => {
  expect(readFileSync(tablesFile, 'utf8')).toBe(await tablesOf(database.url))
})
