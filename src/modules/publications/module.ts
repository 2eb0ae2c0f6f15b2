import type { Module } from '#platform/module'

export const publications: Module = { name: 'publications' }
