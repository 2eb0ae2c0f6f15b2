import { choiceNames, type ListChoice } from './list-choice.ts'

/** The box that asks within a list; what was chosen beside it stays chosen. */
export function ListSearch(props: {
  path: string
  choice: ListChoice
  label: string
  hint?: string
  /** Also offers the days between which things were published, and the day for which validity is told. */
  days?: boolean
  /** Where the box asks for suggestions while somebody types. */
  suggestions?: string
}) {
  const { path, choice, label, hint, days, suggestions } = props
  const asked = days ? ['q', 'from', 'to', 'on'] : ['q']
  const kept = choiceNames.filter(name => !asked.includes(name) && choice[name] !== undefined)
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is younger than the oldest browser served
    <form class="my-4 max-w-3xl" role="search" method="get" action={path} aria-label={label}>
      {kept.map(name => (
        <input key={name} type="hidden" name={name} value={choice[name]} />
      ))}
      <div class="search-form">
        <label class="sr-only" for="list-q">
          {label}
        </label>
        <input
          class="input"
          type="search"
          id="list-q"
          name="q"
          value={choice.q}
          placeholder={hint}
          maxLength={200}
          autocomplete="off"
          data-suggestions={suggestions}
        />
        <button type="submit" class="btn btn-primary">
          查找
        </button>
      </div>
      {days ? (
        <details class="mt-2" open={[choice.from, choice.to, choice.on].some(day => day !== undefined)}>
          <summary class="text-sm text-blue">限定发布日期，或者看某一天的有效性</summary>
          <div class="form-row">
            <DayField id="list-from" name="from" label="发布日期从" value={choice.from} />
            <DayField id="list-to" name="to" label="到（含当天）" value={choice.to} />
            <DayField id="list-on" name="on" label="有效性按哪一天" value={choice.on} />
          </div>
        </details>
      ) : null}
    </form>
  )
}

function DayField(props: { id: string; name: string; label: string; value: string | undefined }) {
  return (
    <div class="field field-date">
      <label class="field-label" for={props.id}>
        {props.label}
      </label>
      <input class="input" type="date" id={props.id} name={props.name} value={props.value} />
    </div>
  )
}
