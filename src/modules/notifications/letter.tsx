import { renderToString } from 'preact-render-to-string'
import { inChinese, type PlainDate } from '#lib/beijing-time'
import { oneLine } from './notification.ts'

/** A line of a mail. */
export interface LetterItem {
  id: string
  title: string
  sentence: string
  urgent: boolean
}

export interface WrittenLetter {
  subject: string
  bodyText: string
  bodyHtml: string
}

const mostShown = 50

/**
 * What a person is told by mail, as text and as simple HTML.
 * @param deskUrl scheme and host of the desk; empty when this process does not know it: then the mail names no addresses
 */
export function writeLetter(parts: {
  kind: 'at-once' | 'digest'
  name: string
  items: readonly LetterItem[]
  on: PlainDate
  deskUrl: string
}): WrittenLetter {
  const { items, deskUrl } = parts
  const shown = items.slice(0, mostShown)
  const rest = items.length - shown.length
  const addressOf = (item: LetterItem) => (deskUrl ? `${deskUrl}/notifications/${item.id}` : '')
  const greeting = `${parts.name}，您好：`
  const closing = deskUrl
    ? `全部通知：${deskUrl}/notifications　怎样收邮件：${deskUrl}/notifications/settings`
    : '请登录工作台，在“通知”里办理；怎样收邮件也在那里设置。'
  const more = rest > 0 ? `还有 ${rest} 条，请到工作台的“通知”里看。` : ''
  const bodyText = [
    greeting,
    ...shown.map((item, index) =>
      [`${index + 1}. ${marked(item)}`, `   ${item.sentence}`, addressOf(item) && `   ${addressOf(item)}`]
        .filter(Boolean)
        .join('\n'),
    ),
    more,
    `${closing}\n这封邮件由政务公开工作台自动发出，请不要回复。`,
  ]
    .filter(Boolean)
    .join('\n\n')
  const bodyHtml = `<!doctype html>${renderToString(
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
      </head>
      <body>
        <p>{greeting}</p>
        <ol>
          {shown.map(item => (
            <li key={item.id}>
              <p>
                {addressOf(item) ? <a href={addressOf(item)}>{marked(item)}</a> : <b>{marked(item)}</b>}
                <br />
                {item.sentence}
              </p>
            </li>
          ))}
        </ol>
        {more && <p>{more}</p>}
        {deskUrl ? (
          <p>
            <a href={`${deskUrl}/notifications`}>全部通知</a>　
            <a href={`${deskUrl}/notifications/settings`}>怎样收邮件</a>
          </p>
        ) : (
          <p>{closing}</p>
        )}
        <p>这封邮件由政务公开工作台自动发出，请不要回复。</p>
      </body>
    </html>,
  )}`
  return { subject: subjectOf(parts), bodyText, bodyHtml }
}

const marked = (item: LetterItem) => (item.urgent ? `【紧急】${item.title}` : item.title)

function subjectOf(parts: Parameters<typeof writeLetter>[0]): string {
  const { items, kind, on } = parts
  const [first] = items
  if (kind === 'digest') return `每日汇总：${items.length} 条通知（${inChinese(on)}）`
  const title = first ? oneLine(marked(first)) : '通知'
  return items.length > 1 ? `${title} 等 ${items.length} 条通知` : title
}
