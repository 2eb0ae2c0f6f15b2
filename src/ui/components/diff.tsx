export interface DiffPart {
  text: string
  added?: boolean | undefined
  removed?: boolean | undefined
}

export interface DiffProps {
  parts: readonly DiffPart[]
  before: string
  after: string
  /** One text with the changes in it, or the two beside one another. */
  view?: 'inline' | 'sides' | undefined
  /** Addresses of the two views. */
  links?: { inline: string; sides: string } | undefined
}

/** What changed between two texts. Underlined and struck through as well as coloured; both are said to the ear. */
export function Diff({ parts, before, after, view = 'inline', links }: DiffProps) {
  const changed = parts.some(part => part.added || part.removed)
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
      <p class="diff-key">
        <del>{before}</del>有、{after}没有的内容；<ins>{after}</ins>新增的内容
      </p>
      {!changed && <p>两个文本的内容完全一样。</p>}
      {view === 'inline' ? (
        <div class="diff-text">
          <Parts parts={parts} />
        </div>
      ) : (
        <Sides parts={parts} before={before} after={after} />
      )}
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

function Sides({ parts, before, after }: Pick<DiffProps, 'parts' | 'before' | 'after'>) {
  return (
    <table class="diff-sides">
      <caption class="sr-only">左右对照</caption>
      <thead>
        <tr>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(parts).map((row, index) => (
          <tr key={`${index}-${row.before.length}-${row.after.length}`}>
            <td>
              <Parts parts={row.before} />
            </td>
            <td>
              <Parts parts={row.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A row ends where both texts end a line, so that what belongs together stays side by side. */
export function rowsOf(parts: readonly DiffPart[]): { before: DiffPart[]; after: DiffPart[] }[] {
  const rows: { before: DiffPart[]; after: DiffPart[] }[] = []
  let row = { before: [] as DiffPart[], after: [] as DiffPart[] }
  for (const part of parts) {
    if (part.removed) row.before.push(part)
    else if (part.added) row.after.push(part)
    else {
      const lines = part.text.split('\n')
      for (const [index, text] of lines.entries()) {
        if (index > 0) {
          rows.push(row)
          row = { before: [], after: [] }
        }
        if (text !== '') {
          row.before.push({ text })
          row.after.push({ text })
        }
      }
    }
  }
  rows.push(row)
  return rows.filter(each => each.before.length > 0 || each.after.length > 0)
}
