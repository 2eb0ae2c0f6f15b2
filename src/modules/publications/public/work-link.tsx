import { Fragment } from 'preact'
import { inTitleMarks } from '#lib/title-marks'
import type { WorkRef } from '../public-view.ts'

/** A work by title and number, as a link once it is in the library. */
export function WorkLink({ work, base }: { work: WorkRef; base: string }) {
  const name =
    work.title === work.docNo
      ? work.title
      : `${inTitleMarks(work.title)}${work.docNo ? `（${work.docNo}）` : ''}`
  return work.address ? <a href={base + work.address}>{name}</a> : <span>{name}</span>
}

/** Several works in one sentence. */
export function WorkLinks({ works, base }: { works: readonly WorkRef[]; base: string }) {
  return (
    <>
      {works.map((work, index) => (
        <Fragment key={`${work.address}-${work.title}`}>
          {index > 0 ? '、' : ''}
          <WorkLink work={work} base={base} />
        </Fragment>
      ))}
    </>
  )
}
