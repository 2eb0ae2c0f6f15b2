/**
 * How this reader wants to see the site, kept in the browser and nowhere else. The server sets the same attributes for
 * a page asked for by `?view=`; what is remembered here comes on top.
 */
const key = 'mingtang.reading'
const switches = ['size', 'contrast', 'elder'] as const
type Switch = (typeof switches)[number]
type Preferences = Partial<Record<Switch, string>>

/** What switches off again: the usual size, no contrast, no elder-friendly version. */
const off = new Set(['normal', 'off', ''])

const root = document.documentElement
const now: Preferences = {}

export function applyPreferences() {
  for (const name of switches) {
    const value = remembered()[name] ?? root.dataset[name]
    if (value !== undefined) set(name, value)
  }
}

/** The links of the utility bar and of the page about reading become switches for every page. */
export function takeSwitches() {
  document.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    const link = (event.target as Element).closest?.<HTMLElement>(
      '[data-set-size],[data-set-contrast],[data-set-elder],[data-set-all]',
    )
    if (!link) return
    event.preventDefault()
    if (link.dataset.setAll !== undefined) for (const name of switches) set(name, '')
    else
      for (const name of switches) {
        const wanted = link.dataset[`set${name[0]?.toUpperCase()}${name.slice(1)}`]
        // a switch that is on goes off by a second click; a size is chosen
        if (wanted !== undefined) set(name, name !== 'size' && now[name] === wanted ? '' : wanted)
      }
    remember()
    show()
  })
  show()
}

function set(name: Switch, value: string) {
  if (off.has(value)) {
    delete now[name]
    delete root.dataset[name]
  } else {
    now[name] = value
    root.dataset[name] = value
  }
}

/** Tells eye and ear which switches are on; one that is on says that it leads back. */
function show() {
  for (const name of switches)
    for (const link of document.querySelectorAll<HTMLElement>(`.utility-bar [data-set-${name}]`)) {
      const wanted = link.getAttribute(`data-set-${name}`)
      const on = wanted === (now[name] ?? (name === 'size' ? 'normal' : undefined))
      if (on) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
      const { label } = link.dataset
      if (label !== undefined) link.textContent = on ? `退出${label}` : label
    }
}

function remembered(): Preferences {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}')
  } catch {
    // storage forbidden or spoilt: the usual view
    return {}
  }
}

function remember() {
  try {
    localStorage.setItem(key, JSON.stringify(now))
  } catch {
    // the choice then holds for this page
  }
}
