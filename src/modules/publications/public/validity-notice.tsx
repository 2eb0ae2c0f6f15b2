import { inChinese } from '#lib/beijing-time'
import { inTitleMarks } from '#lib/title-marks'
import { Notice } from '#ui/components/notice'
import type { PublicView, WorkRef } from '../public-view.ts'

/** The sentence above the text when a document does not simply count: what it is worth today, because of what. */
export function ValidityNotice({ view, base, today }: { view: PublicView; base: string; today: string }) {
  const began = view.effectsOnIt.filter(effect => (effect.effectiveFrom ?? '') <= today)
  const coming = view.effectsOnIt.filter(effect => (effect.effectiveFrom ?? '') > today)
  const by = (type: string) => began.filter(effect => effect.type === type)
  return (
    <>
      {view.validity === 'not-yet' && view.effectiveFrom ? (
        <Notice tone="warning" title={`${inChinese(view.effectiveFrom)}起施行。`}>
          <Works
            words="届时废止"
            works={view.effects.filter(effect => effect.type === 'repeals')}
            base={base}
          />
        </Notice>
      ) : null}
      {view.validity === 'expired' && view.validUntil ? (
        <Notice tone="warning" title={`有效期已于 ${inChinese(view.validUntil)}届满。`}>
          供查阅，不再作为办理依据。
        </Notice>
      ) : null}
      {view.validity === 'repealed' ? (
        <Notice tone="warning" title="这份文件已经废止。">
          <Works words="依据" works={by('repeals')} base={base} />
        </Notice>
      ) : null}
      {view.validity === 'amended' || view.validity === 'partly-lapsed' ? (
        <Notice
          tone="warning"
          title={view.validity === 'amended' ? '这份文件已有修改。' : '这份文件的一部分已经失效。'}
        >
          <Works words="依据" works={[...by('amends'), ...by('partly-repeals')]} base={base} />
        </Notice>
      ) : null}
      {coming.map(effect => (
        <Notice
          tone="info"
          title={`${inChinese(effect.effectiveFrom ?? '')}起将被${effect.type === 'repeals' ? '废止' : '修改'}。`}
        >
          <Works words="依据" works={[effect]} base={base} />
        </Notice>
      ))}
    </>
  )
}

function Works({ words, works, base }: { words: string; works: readonly WorkRef[]; base: string }) {
  if (works.length === 0) return null
  return (
    <p>
      {words}：
      {works.map((work, index) => (
        <>
          {index > 0 ? '；' : ''}
          <WorkLink work={work} base={base} />
        </>
      ))}
    </p>
  )
}

/** A work by title and number, as a link once it is in the library. */
export function WorkLink({ work, base }: { work: WorkRef; base: string }) {
  const name =
    work.title === work.docNo
      ? work.title
      : `${inTitleMarks(work.title)}${work.docNo ? `（${work.docNo}）` : ''}`
  return work.address ? <a href={base + work.address}>{name}</a> : <span>{name}</span>
}
