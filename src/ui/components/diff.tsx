import { Fragment } from 'preact'

export interface DiffPart {
  text: string
  added?: boolean | undefined
  removed?: boolean | undefined
}

export interface DiffProps {
  /** Paragraph by paragraph, the two texts laid over each other. */
  paragraphs: readonly (readonly DiffPart[])[]
  before: string
  after: string
  /** One text with the changes in it, or the two beside one another. */
  view?: 'inline' | 'sides' | undefined
  /** Addresses of the two views. */
  links?: { inline: string; sides: string } | undefined
  /** The texts were too long to compare closely. */
  coarse?: boolean | undefined
}

/** What stays the same is folded away but for this many paragraphs before and after a change. */
const around = 2
/** Folded text that is longer is left out, or the page of two long texts would weigh as much as both. */
const mostFolded = 100_000

/** What changed between two texts. Underlined and struck through as well as coloured; both are said to the ear. */
export function Diff(props: DiffProps) {
  const { paragraphs, before, after, view = 'inline', links, coarse } = props
  const changed = paragraphs.some(hasChanged)
  const Paragraphs = view === 'inline' ? Inline : Sides
  const runs = runsOf(paragraphs)
  const folded = runs.reduce((sum, run) => sum + (run.folded ? lettersIn(run.paragraphs) : 0), 0)
  return (
    <div class="diff-block">
      {links && (
        <nav class="tabs" aria-label="对照方式">
          <a href={links.inline} aria-current={view === 'inline' ? 'true' : undefined}>
            合在一起看
          </a>
          <a href={links.sides} aria-current={view === 'sides' ? 'true' : undefined}>
            左右对照
          </a>
        </nav>
      )}
      {changed ? (
        <p class="diff-key">
          <del>{before}</del>有、{after}没有的内容；<ins>{after}</ins>新增的内容
        </p>
      ) : (
        <p>两个文本的内容完全一样。</p>
      )}
      {coarse && <p class="diff-key">文字太长，有的段落没有逐词对照，整段标为删去和新增。</p>}
      {changed &&
        runs.map((run, index) => (
          <Fragment key={index}>
            {!run.folded ? (
              <Paragraphs paragraphs={run.paragraphs} before={before} after={after} />
            ) : folded > mostFolded ? (
              <p class="diff-same">相同的 {run.paragraphs.length} 段略去</p>
            ) : (
              <details class="diff-same">
                <summary>相同的 {run.paragraphs.length} 段</summary>
                <Inline paragraphs={run.paragraphs} />
              </details>
            )}
          </Fragment>
        ))}
    </div>
  )
}

type Paragraphs = readonly (readonly DiffPart[])[]

const hasChanged = (parts: readonly DiffPart[]) => parts.some(part => part.added || part.removed)
const lettersIn = (paragraphs: Paragraphs) =>
  paragraphs.reduce((sum, parts) => sum + parts.reduce((letters, part) => letters + part.text.length, 0), 0)

/** Stretches that are shown and stretches that are folded, in their order. */
export function runsOf(paragraphs: Paragraphs): { folded: boolean; paragraphs: Paragraphs }[] {
  const near = new Array<boolean>(paragraphs.length).fill(false)
  paragraphs.forEach((parts, at) => {
    if (hasChanged(parts)) near.fill(true, Math.max(0, at - around), at + around + 1)
  })
  const runs: { folded: boolean; paragraphs: (readonly DiffPart[])[] }[] = []
  paragraphs.forEach((parts, at) => {
    const folded = !near[at]
    const last = runs.at(-1)
    if (last?.folded === folded) last.paragraphs.push(parts)
    else runs.push({ folded, paragraphs: [parts] })
  })
  // A single paragraph is shown as quickly as a line that it was folded
  return runs.map(run => (run.folded && run.paragraphs.length < 2 ? { ...run, folded: false } : run))
}

function Inline({ paragraphs }: { paragraphs: Paragraphs }) {
  return (
    <div class="diff-text">
      {paragraphs.map((parts, index) => (
        <p key={index}>
          <Parts parts={parts} />
        </p>
      ))}
    </div>
  )
}

function Parts({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <>
      {parts.map((part, index) => {
        const key = `${index}-${part.text.length}`
        if (part.removed)
          return (
            <del key={key}>
              <span class="sr-only">［删去：</span>
              {part.text}
              <span class="sr-only">］</span>
            </del>
          )
        if (part.added)
          return (
            <ins key={key}>
              <span class="sr-only">［新增：</span>
              {part.text}
              <span class="sr-only">］</span>
            </ins>
          )
        return <span key={key}>{part.text}</span>
      })}
    </>
  )
}

/** On a phone the two stand one below the other, each with its name before it; what did not change stands once. */
function Sides(props: { paragraphs: Paragraphs; before: string; after: string }) {
  const { paragraphs, before, after } = props
  return (
    <table class="diff-sides">
      <caption class="sr-only">
        左边{before}，右边{after}
      </caption>
      <thead>
        <tr>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {paragraphs.map((parts, index) => (
          <tr key={index} class={hasChanged(parts) ? undefined : 'diff-row-same'}>
            <Side parts={parts.filter(part => !part.added)} name={before} />
            <Side parts={parts.filter(part => !part.removed)} name={after} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Side({ parts, name }: { parts: readonly DiffPart[]; name: string }) {
  if (parts.length === 0)
    return (
      <td class="diff-none">
        <span class="sr-only">（没有这一段）</span>
      </td>
    )
  return (
    <td data-head={name}>
      <Parts parts={parts} />
    </td>
  )
}
