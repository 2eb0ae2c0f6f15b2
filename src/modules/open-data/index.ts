/** Open data: feeds, the public history, the API. */
export { problem } from './api/problem.ts'
export { feedOf } from './feeds/feed-of.ts'
