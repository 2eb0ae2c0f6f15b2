import type { TestProject } from 'vitest/node'
import { makeTemplate } from './make/template-database.ts'
import { openTestServer } from './make/test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the migrated database that every test's own database is cloned from. */
    templateUrl: string
  }
}

/** One server for the whole run, with one migrated template. */
export default async function setup(project: TestProject) {
  const server = await openTestServer()
  const template = await makeTemplate(server.url)
  project.provide('templateUrl', template.url)
  return async () => {
    await template.drop()
    await server.stop()
  }
}
