/** Asks whether an item was, or will be, in force on a day; works without scripts. */
export function DayForm(props: { action: string; typed?: string | undefined; error?: string | undefined }) {
  const { action, typed, error } = props
  return (
    <form class="day-form" method="get" action={action} aria-label="看某一天是否有效">
      <label class="sr-only" for="on">
        看哪一天是否有效
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
