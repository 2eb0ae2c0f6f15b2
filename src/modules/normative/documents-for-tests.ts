import { publishArchive } from '#modules/publications'
import type { Publishing } from '../../../test/make/publishing.ts'

/** Normative documents of an older time, as an import makes them. @returns in their order. */
export function makeOldDocuments(
  house: Publishing,
  documents: readonly {
    title: string
    docNo?: string | null
    signedOn?: string
    validUntil?: string | null
    organId?: string
  }[],
) {
  return publishArchive(
    house.system,
    documents.map(({ title, docNo = null, signedOn = '2024-03-01', validUntil = null, organId }, index) => ({
      kind: 'normative-document',
      organId: organId ?? house.at.department.id,
      siteId: house.at.site.id,
      columnIds: [house.at.columns.get('policies/normative') ?? ''],
      text: {
        title,
        docNo,
        signedOn,
        validUntil,
        effectiveFrom: signedOn,
        issuers: ['云溪县水利局'],
        bodyHtml: `<p>${title}</p>`,
        summary: '',
        keywords: '',
        source: '旧网站',
        author: '',
        theme: null,
        genre: '办法',
        changeNote: null,
        fields: {},
      },
      relations: { links: [], effects: [] },
      origin: {
        archive: true,
        sourcePublishedOn: signedOn,
        sourceUrl: null,
        formerIndexNo: null,
        importKey: `${title} ${docNo} ${signedOn} ${index}`,
      },
      files: [],
      movedFrom: [],
    })),
    { kind: 'archive-import', run: '测试', source: '旧网站' },
  )
}
