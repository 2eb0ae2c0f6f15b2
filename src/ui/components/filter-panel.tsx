export interface FilterOption {
  value: string
  label: string
  count?: number | undefined
  /** With an address the option is a link: one click, shareable. Without, a box of the form. */
  href?: string | undefined
  chosen?: boolean | undefined
}

export interface FilterGroup {
  name: string
  label: string
  options: readonly FilterOption[]
}

export interface FilterPanelProps {
  action: string
  groups: readonly FilterGroup[]
  /** What the form must not forget, such as the words searched for. */
  hidden?: Readonly<Record<string, string>> | undefined
  /** Address without any filter; offered when one is chosen. */
  clearHref?: string | undefined
}

/** More than this unfold: a reader should see the results, not the filters. */
const atOnce = 8

export function FilterPanel({ action, groups, hidden = {}, clearHref }: FilterPanelProps) {
  const asked = groups.filter(group => group.options.length > 0)
  const hasBoxes = asked.some(group => group.options.some(option => option.href === undefined))
  const anyChosen = asked.some(group => group.options.some(option => option.chosen))
  return (
    <form class="filter-panel" method="get" action={action} aria-label="筛选">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {asked.map(group => (
        <Group key={group.name} group={group} />
      ))}
      <div class="actions">
        {hasBoxes && (
          <button type="submit" class="btn btn-primary btn-sm">
            筛选
          </button>
        )}
        {anyChosen && clearHref !== undefined && <a href={clearHref}>清除全部筛选</a>}
      </div>
    </form>
  )
}

function Group({ group }: { group: FilterGroup }) {
  const first = group.options.slice(0, atOnce)
  const rest = group.options.slice(atOnce)
  return (
    <fieldset>
      <legend>{group.label}</legend>
      <ul>
        {first.map(option => (
          <Choice key={option.value} name={group.name} option={option} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details open={rest.some(option => option.chosen)}>
          <summary>更多{group.label}</summary>
          <ul>
            {rest.map(option => (
              <Choice key={option.value} name={group.name} option={option} />
            ))}
          </ul>
        </details>
      )}
    </fieldset>
  )
}

function Choice({ name, option }: { name: string; option: FilterOption }) {
  const count = option.count !== undefined && <span class="filter-count">{option.count}</span>
  if (option.href !== undefined)
    return (
      <li>
        <a href={option.href} aria-current={option.chosen ? 'true' : undefined}>
          {option.label} {count}
        </a>
      </li>
    )
  return (
    <li>
      <label>
        <input class="checkbox" type="checkbox" name={name} value={option.value} checked={option.chosen} />{' '}
        {option.label} {count}
      </label>
    </li>
  )
}
