/** What scripts add to forms; without them every form works the same, only with less help while typing. */

document.querySelector<HTMLElement>('[data-error-summary]')?.focus()

for (const count of document.querySelectorAll<HTMLElement>('[data-count-of]')) showCount(count)
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-max-bytes]')) checkSize(input)

/** A second click while the first is under way sends nothing. */
document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  if (form.method !== 'post') return
  if (form.dataset.sent !== undefined) event.preventDefault()
  form.dataset.sent = ''
  // an error of the network, or coming back by the browser's button
  setTimeout(() => delete form.dataset.sent, 8000)
})
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})

function showCount(count: HTMLElement) {
  const form = count.closest('form')
  const area = form?.elements.namedItem(count.dataset.countOf ?? '')
  if (!(area instanceof HTMLTextAreaElement)) return
  const limit = Number(count.dataset.countLimit)
  const show = () => {
    const length = [...area.value].length
    count.textContent = length > limit ? `，已超出 ${length - limit} 字` : `，已写 ${length} 字`
    count.className = length > limit ? 'count-over' : ''
  }
  area.addEventListener('input', show)
  show()
}

/** Says at once that a file is too large, not after the upload. */
function checkSize(input: HTMLInputElement) {
  const larger = (input.dataset.larger ?? '').split(' ')
  const limitOf = ({ name }: File) =>
    Number(
      larger.includes(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
        ? input.dataset.largerBytes
        : input.dataset.maxBytes,
    )
  const warning = document.createElement('div')
  warning.className = 'field-error'
  warning.setAttribute('role', 'alert')
  input.after(warning)
  input.addEventListener('change', () => {
    const large = [...(input.files ?? [])].filter(file => file.size > limitOf(file))
    warning.textContent =
      large.length === 0
        ? ''
        : `${large.map(file => `“${file.name}”`).join('、')}太大，请压缩或拆开后重新选择。`
  })
}
