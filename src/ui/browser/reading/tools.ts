/** Buttons that only make sense where scripts run; they are hidden until then. */
export function offerCopyAndPrint() {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const words = button.textContent
    button.hidden = false
    button.setAttribute('aria-live', 'polite')
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy ?? location.href)
        button.textContent = '已复制'
      } catch {
        button.textContent = '复制不了，请手动选取'
      }
      setTimeout(() => {
        button.textContent = words
      }, 2500)
    })
  }
}
