/**
 * Suggestions under a search box: the combobox pattern of ARIA 1.2 over a plain search form, which works the same without it.
 * A box asks at the address in its `data-suggestions`.
 */
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggestions]')) offer(input)

interface Suggestion {
  text: string
  /** What it is, in a word: 文号, 标题. */
  kind?: string
}

/** A pause in typing that is long enough to ask. */
const pauseMs = 150
const longest = 40

function offer(input: HTMLInputElement) {
  const source = input.dataset.suggestions ?? ''
  const form = input.form
  const list = document.createElement('ul')
  const status = document.createElement('span')
  const known = new Map<string, Suggestion[]>()
  let shown: Suggestion[] = []
  let active = -1
  let typed = input.value
  let timer: ReturnType<typeof setTimeout> | undefined
  let request: AbortController | undefined

  list.id = `${input.id}-suggestions`
  list.className = 'suggestions'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', '搜索建议')
  status.className = 'sr-only'
  status.setAttribute('role', 'status')
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', list.id)
  input.setAttribute('aria-expanded', 'false')
  input.autocomplete = 'off'
  input.parentElement?.append(list, status)

  input.addEventListener('input', event => {
    typed = input.value
    if (!(event as InputEvent).isComposing) askSoon()
  })
  input.addEventListener('compositionend', () => {
    typed = input.value
    askSoon()
  })
  input.addEventListener('keydown', onKey)
  input.addEventListener('blur', close)
  // The box keeps the focus while an entry is pointed at
  list.addEventListener('pointerdown', event => event.preventDefault())
  list.addEventListener('click', event => {
    const option = (event.target as Element).closest('[role=option]')
    const at = option ? [...list.children].indexOf(option) : -1
    if (at >= 0) choose(at)
  })

  function askSoon() {
    clearTimeout(timer)
    timer = setTimeout(ask, pauseMs)
  }

  async function ask() {
    const words = input.value.trim().slice(0, longest)
    request?.abort()
    if (words === '') return close()
    const answer = known.get(words) ?? (await fetchFor(words))
    // Somebody who typed on, or left, no longer wants this answer
    if (!answer || words !== input.value.trim().slice(0, longest) || document.activeElement !== input) return
    show(answer)
  }

  async function fetchFor(words: string): Promise<Suggestion[] | undefined> {
    request = new AbortController()
    try {
      const reply = await fetch(`${source}?q=${encodeURIComponent(words)}`, { signal: request.signal })
      if (!reply.ok) return undefined
      const { suggestions } = (await reply.json()) as { suggestions: Suggestion[] }
      known.set(words, suggestions)
      return suggestions
    } catch {
      return undefined
    }
  }

  function show(found: Suggestion[]) {
    shown = found
    active = -1
    input.removeAttribute('aria-activedescendant')
    list.replaceChildren(...found.map(optionFor))
    list.hidden = found.length === 0
    input.setAttribute('aria-expanded', String(found.length > 0))
    status.textContent = found.length > 0 ? `有 ${found.length} 条建议，按上下键选择` : ''
  }

  function optionFor({ text, kind }: Suggestion, at: number) {
    const option = document.createElement('li')
    option.id = `${list.id}-${at}`
    option.setAttribute('role', 'option')
    option.setAttribute('aria-selected', 'false')
    option.append(text)
    if (kind) {
      const word = document.createElement('span')
      word.className = 'suggestion-kind'
      word.textContent = kind
      option.append(' ', word)
    }
    return option
  }

  function onKey(event: KeyboardEvent) {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (list.hidden) return void ask()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault()
      input.value = typed
      close()
    } else if (event.key === 'Enter' && !list.hidden && active >= 0) {
      event.preventDefault()
      choose(active)
    }
  }

  /** One further, round over what was typed: the box shows what would be asked. */
  function move(by: 1 | -1) {
    const count = shown.length + 1
    active = ((active + 1 + by + count) % count) - 1
    for (const [at, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(at === active))
    const option = list.children[active]
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
    input.value = shown[active]?.text ?? typed
  }

  function choose(at: number) {
    input.value = shown[at]?.text ?? input.value
    close()
    form?.requestSubmit()
  }

  function close() {
    clearTimeout(timer)
    request?.abort()
    list.hidden = true
    active = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
    status.textContent = ''
  }
}
