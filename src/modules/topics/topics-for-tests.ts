import { makePublic } from '../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { openTopic } from './actions/open-topic.ts'
import { type PickPublication, pickPublication } from './actions/pick-publication.ts'
import { saveSection, saveSectionInput } from './actions/save-section.ts'
import { saveTopic, saveTopicInput } from './actions/save-topic.ts'
import { findTopic } from './queries.ts'

/** A government with somebody who makes topics. */
export async function makeTopics() {
  const house = await makePublishing()
  const editor = house.as(['openness-office'], '何敏', house.at.government)
  const seen = async (topicId: string) => ({
    topicId,
    revision: (await findTopic(house.connection.db, { id: topicId }))?.revision ?? 0,
  })
  return {
    house,
    editor,
    db: house.connection.db,
    siteId: house.at.site.id,
    seen,
    topic: (key: string, facts: object = {}) =>
      saveTopic(
        editor,
        { siteId: house.at.site.id },
        saveTopicInput.parse({
          name: `专题 ${key}`,
          key,
          summary: '把一件事的公开内容集中在一起。',
          ...facts,
        }),
      ),
    section: async (topicId: string, facts: object) =>
      saveSection(editor, await seen(topicId), null, saveSectionInput.parse({ title: '板块', ...facts })),
    pick: async (topicId: string, pick: PickPublication) =>
      pickPublication(editor, await seen(topicId), pick),
    open: async (topicId: string) => openTopic(editor, await seen(topicId)),
    notice: (title: string, more: object = {}, publicAt?: Date) =>
      makePublic(house.system, house.at, { title, ...more }, publicAt),
  }
}

export type Topics = Awaited<ReturnType<typeof makeTopics>> & { house: Publishing }
