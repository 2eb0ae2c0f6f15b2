/** Reads the article of the page by the browser's own voice (S-ACC-04): the button starts, the button stops. */
export function offerReadingAloud() {
  const button = document.querySelector<HTMLButtonElement>('[data-read-aloud-button]')
  const article = document.querySelector<HTMLElement>('[data-read-aloud]')
  if (!button || !article || !('speechSynthesis' in window)) return
  button.hidden = false
  let reading = false

  const stop = () => {
    reading = false
    speechSynthesis.cancel()
    button.textContent = '朗读'
    button.setAttribute('aria-pressed', 'false')
  }

  button.addEventListener('click', () => {
    if (reading) return stop()
    const pieces = piecesOf(article)
    const last = pieces.at(-1)
    if (!last) return
    reading = true
    button.textContent = '停止朗读'
    button.setAttribute('aria-pressed', 'true')
    for (const piece of pieces) {
      const speech = new SpeechSynthesisUtterance(piece)
      speech.lang = 'zh-CN'
      speech.addEventListener('error', stop)
      if (piece === last) speech.addEventListener('end', stop)
      speechSynthesis.speak(speech)
    }
  })
  addEventListener('pagehide', () => speechSynthesis.cancel())
}

/** A paragraph at a time: voices break off in long texts. Buttons and the like are left out. */
function piecesOf(article: HTMLElement): string[] {
  const pieces: string[] = []
  for (const part of article.querySelectorAll<HTMLElement>('h1,h2,h3,h4,p,li,dt,dd,th,td')) {
    if (part.closest('button,form,.actions') || part.querySelector('p,li')) continue
    const text = part.innerText.trim()
    if (text !== '') pieces.push(text)
  }
  return pieces
}
