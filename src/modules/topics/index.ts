/** Topics (专题): what is public about one matter, gathered. */
export { closeTopic } from './actions/close-topic.ts'
export { openTopic } from './actions/open-topic.ts'
export { pickPublication } from './actions/pick-publication.ts'
export { saveSection, saveSectionInput } from './actions/save-section.ts'
export { saveTopic, saveTopicInput } from './actions/save-topic.ts'
export { topicItems, topicsOf } from './gather.ts'
export { findTopic, listTopics } from './queries.ts'
export { addressOfTopic, type Topic, type TopicState } from './topic.ts'
