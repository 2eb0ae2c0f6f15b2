import { expect, it } from 'vitest'
import { mergeEdits } from './edit-conflict.ts'

const opened = { phone: '1', address: '旧址', name: '水利局' }

it('takes over what the other changed where I had not touched the field', () => {
  expect(mergeEdits(opened, { ...opened, phone: '2' }, { ...opened, address: '新址' })).toEqual({
    content: { phone: '2', address: '新址', name: '水利局' },
    fields: [{ field: 'phone', keeps: 'theirs' }],
  })
})

it('keeps my words where both changed the field, and says so', () => {
  expect(mergeEdits(opened, { ...opened, phone: '2' }, { ...opened, phone: '3' })).toEqual({
    content: { ...opened, phone: '3' },
    fields: [{ field: 'phone', keeps: 'mine' }],
  })
})

it('has nothing to show where both wrote the same', () => {
  expect(mergeEdits(opened, { ...opened, phone: '2' }, { ...opened, phone: '2' }).fields).toEqual([])
})

it('keeps all my words when it is not known what I had opened', () => {
  const mine = { ...opened, phone: '3' }
  expect(mergeEdits(null, { ...opened, address: '新址' }, mine)).toEqual({
    content: mine,
    fields: [
      { field: 'phone', keeps: 'mine' },
      { field: 'address', keeps: 'mine' },
    ],
  })
})
