export interface SearchFormProps {
  /** `${base}/search` */
  action: string
  value?: string | undefined
  /** What it searches, for the ear. */
  label?: string | undefined
  /** An example in the empty box. */
  hint?: string | undefined
  large?: boolean | undefined
  /** Distinguishes two of them on one page. */
  id?: string | undefined
}

export function SearchForm(props: SearchFormProps) {
  const { action, value, label = '站内搜索', hint, large, id = 'q' } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> says nothing to the oldest browsers
    <form
      class={large ? 'search-form search-form-large' : 'search-form'}
      role="search"
      aria-label={label}
      method="get"
      action={action}
    >
      <label class="sr-only" for={id}>
        {label}
      </label>
      <input
        class="input"
        type="search"
        id={id}
        name="q"
        value={value}
        placeholder={hint}
        maxLength={200}
        autocomplete="off"
        data-suggestions={`${action}/suggestions`}
      />
      <button type="submit" class="btn btn-primary">
        搜索
      </button>
    </form>
  )
}
