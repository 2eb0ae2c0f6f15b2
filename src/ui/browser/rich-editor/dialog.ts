import { button, element } from './elements.ts'

export interface Asked {
  title: string
  /** What is asked, built of `inputField` and the like. */
  fields: HTMLElement[]
  confirm: string
  /** Further choices, such as taking a link away. */
  more?: { label: string; act: () => void }[]
  /** Does what was asked for; a text it answers is a fault, shown in the dialog, which stays open. */
  act: () => string | null | Promise<string | null>
  /** Where the focus goes when it is over. */
  after: () => void
}

/** Asks in a dialog of the browser's own kind: focus stays inside, Escape closes, the page behind is out of reach. */
export function ask(asked: Asked): void {
  const fault = element('p', { class: 'editor-dialog-fault', role: 'alert' })
  const heading = element('h2', { id: `editor-dialog-${Date.now()}` }, asked.title)
  const confirm = element(
    'button',
    { type: 'submit', class: 'editor-button editor-button-primary' },
    asked.confirm,
  )
  const form = element(
    'form',
    { class: 'editor-dialog-form', novalidate: true },
    heading,
    fault,
    ...asked.fields,
  )
  const dialog = element('dialog', { class: 'editor-dialog', 'aria-labelledby': heading.id }, form)
  // At once, not when the browser says `close`: who types on without a pause loses no letter.
  function leave() {
    if (!dialog.isConnected) return
    dialog.close()
    dialog.remove()
    asked.after()
  }
  const acts = element('div', { class: 'editor-dialog-acts' }, confirm)
  for (const { label, act } of asked.more ?? [])
    acts.append(
      button(
        label,
        () => {
          act()
          leave()
        },
        { class: 'editor-button' },
      ),
    )
  acts.append(button('取消', leave, { class: 'editor-button' }))
  form.append(acts)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    event.stopPropagation()
    confirm.disabled = true
    fault.textContent = ''
    const wrong = await asked.act()
    confirm.disabled = false
    if (wrong === null) leave()
    else fault.textContent = wrong
  })
  dialog.addEventListener('close', leave)
  document.body.append(dialog)
  dialog.showModal()
}

let made = 0

/** A labelled control for a dialog, with a hint that is read out with it. */
export function labelled<Control extends HTMLElement>(
  label: string,
  control: Control,
  hint?: string,
): HTMLDivElement {
  control.id = `editor-field-${made++}`
  const field = element('div', { class: 'editor-field' }, element('label', { for: control.id }, label))
  if (hint) {
    const said = element('p', { class: 'editor-hint', id: `${control.id}-hint` }, hint)
    control.setAttribute('aria-describedby', said.id)
    field.append(said)
  }
  field.append(control)
  return field
}

export function ticked(label: string, box: HTMLInputElement): HTMLDivElement {
  box.id = `editor-field-${made++}`
  return element('div', { class: 'editor-tick' }, box, element('label', { for: box.id }, label))
}
