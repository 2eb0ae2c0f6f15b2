import { describe, expect, it } from 'vitest'
import { readDocument } from '#modules/files'
import { recogniseDocument } from '../src/modules/policies/import/recognise.ts'
import { mirrorOf } from './mirror/mirror.ts'

const mirror = mirrorOf({ pages: 60, seed: 3 })
const fileAt = (address: string) =>
  [address, address.replace('?', '@')].map(path => mirror.files.get(mirror.host + path)).find(Boolean)

describe('the old site of the tests', () => {
  it('is the same every time', () => {
    const again = mirrorOf({ pages: 60, seed: 3 })
    expect([...again.files.keys()]).toEqual([...mirror.files.keys()])
    expect(
      [...again.files.values()].every((bytes, at) => bytes.equals([...mirror.files.values()][at] as Buffer)),
    ).toBe(true)
  })

  it('has a file for every address it names, in all three manners and both encodings', () => {
    for (const { addresses, attachments, pictures } of mirror.documents)
      for (const address of [...addresses, ...[...attachments, ...pictures].map(one => one.address)])
        expect(fileAt(address), address).toBeDefined()
    const pages = [...mirror.files.values()].map(bytes => bytes.toString('latin1'))
    for (const manner of ['class="xxgk"', 'class="meta"', 'class="info"', 'gb2312', 'charset=utf-8'])
      expect(
        pages.some(page => page.includes(manner)),
        manner,
      ).toBe(true)
  })

  it('states what its documents state: title, number, issuer and day are read from every page', async () => {
    for (const { addresses, document } of mirror.documents) {
      const [address = ''] = addresses
      const [found] = recogniseDocument(
        address,
        await readDocument('page.html', fileAt(address) ?? Buffer.from('')),
      )
      expect(found, address).toMatchObject({
        title: document.title,
        docNo: document.docNo,
        issuer: document.organ.name,
        signedOn: document.signedOn,
        publishedOn: document.publishedOn,
      })
    }
  })
})
