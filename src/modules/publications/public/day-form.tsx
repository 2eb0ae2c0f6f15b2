/** Asks what an item was, or will be, on a day; works without scripts. `max`: the last day that can be asked about. */
export function DayForm(props: {
  action: string
  label: string
  typed?: string | undefined
  error?: string | undefined
  max?: string | undefined
}) {
  const { action, label, typed, error, max } = props
  return (
    <form class="day-form" method="get" action={action} aria-label="看某一天">
      <label class="sr-only" for="on">
        {label}
      </label>
      {error ? (
        <p class="field-error" id="on-error">
          {error}
        </p>
      ) : null}
      <input
        class="input"
        type="date"
        id="on"
        name="on"
        value={typed}
        max={max}
        required
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? 'on-error' : undefined}
      />
      <button type="submit" class="btn btn-outline btn-primary btn-sm">
        看这一天
      </button>
    </form>
  )
}
