import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { editorRoutes } from '#modules/publications'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { publications } from '../../src/modules/publications/module.ts'
import { deskVisit } from './desk-visit.ts'
import { makePublishing, type Publishing } from './publishing.ts'

/** The publishing pages of the desk, with people before them. */
export interface PublishingDesk extends ReturnType<typeof deskVisit> {
  house: Publishing
  person(name: string, roles: readonly Role[], organ?: { id: string }): DeskContext
  /** Two drafters of the department, a reviewer, and its head. */
  drafter: DeskContext
  colleague: DeskContext
  reviewer: DeskContext
  head: DeskContext
  leave(): Promise<void>
}

export async function makePublishingDesk(): Promise<PublishingDesk> {
  const house = await makePublishing()
  const dataDir = await mkdtemp(join(tmpdir(), 'mingtang-desk-'))
  const person: PublishingDesk['person'] = (name, roles, organ) => {
    const { actor, ...rest } = house.as(roles, name, organ)
    if (actor.kind !== 'staff') throw new Error('not a member of staff')
    return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
  }
  return {
    ...deskVisit([...(publications.deskRoutes ?? []), ...editorRoutes(openStorage(dataDir))]),
    house,
    person,
    drafter: person('林晓', ['drafter']),
    colleague: person('陈立', ['drafter']),
    reviewer: person('何敏', ['secrecy-reviewer']),
    head: person('周正', ['department-head']),
    async leave() {
      await house.leave()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
