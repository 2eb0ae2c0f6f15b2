import { Fragment } from 'preact'
import { inChinese, type PlainDate } from '#lib/beijing-time'
import { Notice } from '#ui/components/notice'
import { beganOn, effectsOn, type PublicView } from '../public-view.ts'
import { type Period, periodOn, periodsOf, validities } from '../validity.ts'
import { WorkLinks } from './work-link.tsx'

/** The sentence above the text when a document does not simply count: what it is worth today, because of what. */
export function ValidityNotice({ view, base, today }: { view: PublicView; base: string; today: PlainDate }) {
  if (view.validity === null) return null
  const { now } = periodOn(periodsOf(view, effectsOn(view)), today)
  const willRepeal = view.effects.filter(effect => effect.type === 'repeals')
  const coming = effectsOn(view).filter(effect => effect.effectiveFrom > today)
  if (!now) return null
  return (
    <>
      {now.validity === 'in-force' ? null : (
        <Notice tone="warning" title={`${headings[now.validity]}。`}>
          <PeriodWords view={view} base={base} period={now} day={today} />。
          {now.validity === 'not-yet' && willRepeal.length > 0 ? (
            <>
              届时废止：
              <WorkLinks works={willRepeal} base={base} />。
            </>
          ) : null}
          {now.validity === 'repealed' || now.validity === 'expired' ? '供查阅，不再作为办理依据。' : null}
        </Notice>
      )}
      {coming.map(effect => (
        <Notice
          key={`${effect.type}-${effect.title}`}
          tone="info"
          title={`${inChinese(effect.effectiveFrom)}起将被${verbs[effect.type]}。`}
        >
          依据：
          <WorkLinks works={[effect]} base={base} />
        </Notice>
      ))}
    </>
  )
}

const headings = {
  'in-force': '',
  'not-yet': '还没有施行',
  amended: '这份文件已有修改',
  'partly-lapsed': '这份文件的一部分已经失效',
  repealed: '这份文件已经废止',
  expired: '有效期已经届满',
}

const verbs = { repeals: '废止', amends: '修改', 'partly-repeals': '部分废止' }

/** What an item was worth on the day that was asked about, why, until when; and that this is not today's page. */
export function DayNotice(props: { view: PublicView; base: string; day: PlainDate; today: PlainDate }) {
  const { view, base, day, today } = props
  const began = beganOn(view)
  const existed = began === null || began <= day
  const { now, next } = periodOn(periodsOf(view, effectsOn(view)), day)
  const word = existed
    ? view.validity
      ? validities[view.validity]
      : '原件没有写明日期，无法判断'
    : '还不存在'
  return (
    <Notice tone="warning" title={`${inChinese(day)}：${word}。`}>
      {existed ? (
        view.validity && now ? (
          <p>
            <PeriodWords view={view} base={base} period={now} day={day} />
            {next ? (
              <>
                ；
                <PeriodWords view={view} base={base} period={next} day={next.from ?? day} />
              </>
            ) : null}
            。
          </p>
        ) : null
      ) : (
        <p>这份文件{view.signedOn ? `${inChinese(view.signedOn)}才成文` : `${inChinese(began)}才公布`}。</p>
      )}
      {day > today ? <p>按目前公开的文件推算，以后公开的文件可能改变它。</p> : null}
      <p>
        {day === today ? '这是今天的情况。' : `您看的是${day < today ? '过去' : '以后'}某一天的情况。`}
        <a href={base + view.address}>看今天的页面</a>
      </p>
    </Notice>
  )
}

/** Why it is worth what it is worth: `2024年1月1日起被《…》废止`. */
function PeriodWords(props: { view: PublicView; base: string; period: Period; day: PlainDate }) {
  const { view, base, period, day } = props
  const begins = view.effectiveFrom ?? view.signedOn
  switch (period.validity) {
    case 'repealed':
      // Only the first repeal ends it: what repeals it again changes nothing
      return <Doings view={view} base={base} type="repeals" until={period.from ?? day} />
    case 'amended':
      return <Doings view={view} base={base} type="amends" until={day} />
    case 'partly-lapsed':
      return <Doings view={view} base={base} type="partly-repeals" until={day} />
    case 'expired':
      return <>有效期至{inChinese(view.validUntil ?? '')}</>
    case 'not-yet':
      return <>{begins ? `${inChinese(begins)}起施行` : '还没有到施行的日子'}</>
    case 'in-force':
      return view.effectiveFrom ? (
        <>{inChinese(view.effectiveFrom)}起施行</>
      ) : (
        <>没有写明施行日期，自成文之日{view.signedOn ? `（${inChinese(view.signedOn)}）` : ''}起算</>
      )
  }
}

/** What others did to it until a day, each act with its own day. */
function Doings(props: {
  view: PublicView
  base: string
  type: 'repeals' | 'amends' | 'partly-repeals'
  until: PlainDate
}) {
  const { view, base, type, until } = props
  const effects = effectsOn(view).filter(effect => effect.type === type && effect.effectiveFrom <= until)
  const byDay = [...Map.groupBy(effects, effect => effect.effectiveFrom)]
  return (
    <>
      {byDay.map(([day, works], index) => (
        <Fragment key={day}>
          {index > 0 ? '，' : ''}
          {inChinese(day)}起被
          <WorkLinks works={works} base={base} />
          {verbs[type]}
        </Fragment>
      ))}
    </>
  )
}
