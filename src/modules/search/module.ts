import type { Module } from '#platform/module'
import { learnWordsJob } from './jobs/learn-words.job.ts'

export const search: Module = { name: 'search', jobs: [learnWordsJob] }
