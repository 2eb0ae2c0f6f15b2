import { inChinese, isPlainDate } from '#lib/beijing-time'
import { playedExtensions } from '#modules/files'
import { headingsOf, type PublicView } from '#modules/publications'
import { DefinitionList } from '#ui/components/definition-list'
import { checklistOf, elementNames, elements } from '../checklist.ts'
import { formWord, isPlayed } from '../forms.ts'
import { questionsIn } from '../questions.ts'
import { interpreterInWords, interpreterOf } from '../who.ts'

/** What stands above the text of an interpretation: who speaks, where it was held, what can be played, what it explains. */
export function InterpretationHead({ view }: { view: PublicView }) {
  const { fields } = view
  const words = [
    formWord(fields.form) ?? '解读',
    `解读人：${interpreterInWords(fields, view.organName)}`,
    ...(interpreterOf(fields).isLeader ? ['单位主要负责人解读'] : []),
  ]
  return (
    <>
      <p class="page-note">{words.join(' · ')}</p>
      <Held fields={fields} />
      {isPlayed(fields.form) ? <Player view={view} /> : null}
      {fields.form === 'qa' ? <Questions bodyHtml={view.bodyHtml} /> : <Explained view={view} />}
      {isPlayed(fields.form) ? <p class="mt-4 font-bold">文字版</p> : null}
    </>
  )
}

/** A press conference or an interview: when, where, who. */
function Held({ fields }: { fields: Record<string, unknown> }) {
  const { heldOn, heldAt, speakers } = fields
  const names = Array.isArray(speakers) ? speakers.map(String) : []
  if (!heldOn && !heldAt && names.length === 0) return null
  return (
    <DefinitionList
      items={[
        {
          term: '举行日期',
          value: typeof heldOn === 'string' && isPlainDate(heldOn) ? inChinese(heldOn) : null,
        },
        { term: '地点', value: typeof heldAt === 'string' ? heldAt : null },
        {
          term: fields.form === 'interview' ? '受访人' : '发布人',
          value: names.join('；') || null,
          wide: true,
        },
      ]}
    />
  )
}

const endsWith = (href: string | null, extensions: readonly string[]): href is string =>
  href !== null && extensions.some(extension => href.toLowerCase().endsWith(`.${extension}`))

const sounds = ['mp3', 'm4a']
const pictures = ['jpg', 'jpeg', 'png', 'webp']

/** Plays on the page what lies here; what lies elsewhere is only linked: nothing of others is loaded. */
function Player({ view }: { view: PublicView }) {
  const { attachments, fields, title } = view
  const files = attachments.filter(file => endsWith(file.href, playedExtensions))
  const poster = attachments.find(file => endsWith(file.href, pictures))?.href
  const address = typeof fields.mediaAddress === 'string' ? fields.mediaAddress : null
  return (
    <>
      {files.map(file =>
        endsWith(file.href, sounds) ? (
          // biome-ignore lint/a11y/useMediaCaption: the words stand below as text (S-ACC)
          <audio
            key={file.href}
            class="mt-4 w-full"
            controls
            preload="metadata"
            src={file.href}
            aria-label={file.title}
          />
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: the words stand below as text (S-ACC)
          <video
            key={file.href}
            class="mt-4 w-full"
            controls
            preload="metadata"
            src={file.href ?? undefined}
            poster={poster ?? undefined}
            aria-label={file.title || title}
          />
        ),
      )}
      {address ? (
        <p class="mt-4">
          <a
            href={`${view.ownBase}/leaving?to=${encodeURIComponent(address)}`}
            data-leaving={address}
            rel="noopener"
          >
            到发布平台播放《{title}》
          </a>
        </p>
      ) : null}
    </>
  )
}

/** What is asked, on one look. */
function Questions({ bodyHtml }: { bodyHtml: string }) {
  const questions = questionsIn(bodyHtml)
  if (questions.length < 2) return null
  const headings = headingsOf(bodyHtml)
  return (
    <details class="mt-3">
      <summary>本文回答 {questions.length} 个问题</summary>
      <ol class="list-decimal pl-6">
        {questions.map(({ question }) => {
          const heading = headings.find(one => one.text.includes(question))
          return <li key={question}>{heading ? <a href={`#${heading.id}`}>{question}</a> : question}</li>
        })}
      </ol>
    </details>
  )
}

/** Which parts explain what (R-INT-04); quietly, and only what is there. */
function Explained({ view }: { view: PublicView }) {
  const list = checklistOf(view)
  const parts = elementNames.flatMap(name => {
    const found = list[name]
    return found.how === 'heading' ? [{ label: elements[name].label, id: found.id }] : []
  })
  if (parts.length < 2) return null
  return (
    <p class="mt-3 mb-4 text-sm text-soft">
      这篇解读说明：
      {parts.map((part, index) => (
        <>
          {index > 0 ? '、' : ''}
          <a class="underline" href={`#${part.id}`}>
            {part.label}
          </a>
        </>
      ))}
    </p>
  )
}
