import { sizeInWords } from '#modules/files'
import type { Said } from '../draft-facts.ts'
import type { Attachment, PublicView, WorkRef } from '../public-view.ts'

/** An edition as a reader has it, in the form in which two are compared. */
export function saidOf(view: PublicView): Said {
  const line = ({ docNo, title, effectiveFrom }: WorkRef) => ({
    docNo,
    title,
    from: effectiveFrom ?? null,
    publicId: null,
  })
  return {
    text: view,
    shownUntil: null,
    relations: {
      links: view.links.map(work => ({ type: work.type, line: line(work) })),
      effects: view.effects.map(work => ({ type: work.type, line: line(work) })),
    },
    columns: [],
    attachments: view.attachments.map(nameOf),
  }
}

/** With its size, so that a file that was exchanged under the same title shows. */
const nameOf = (file: Attachment) => `${file.title}（${sizeInWords(file.size)}）`
