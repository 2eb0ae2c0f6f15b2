/** Says every half minute that somebody still writes here; who was taken over is told, and his text is handed in at once. */
const beat = 30_000

for (const status of document.querySelectorAll<HTMLElement>('[data-section-lock]')) hold(status)

function hold(status: HTMLElement): void {
  const { sectionLock: address = '', section = '' } = status.dataset
  const form = document.querySelector<HTMLFormElement>('form input[name="section"]')?.closest('form')
  const post = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ section, ...fields })
    const reply = await fetch(address, { method: 'POST', body, redirect: 'error' })
    return (await reply.json()) as Record<string, unknown>
  }
  const timer = setInterval(async () => {
    try {
      const told = await post({ act: 'beat' })
      if (told.held !== false) return
      clearInterval(timer)
      const text = Object.fromEntries(
        [...new FormData(form ?? undefined)].filter(
          (one): one is [string, string] => typeof one[1] === 'string',
        ),
      )
      const kept = await post({ ...text, act: 'hand-in' })
      status.textContent = `${String(told.by)}接管了这一节。您写的文字已存为第 ${String(kept.number)} 次修订，没有丢。`
      status.setAttribute('role', 'alert')
    } catch {
      status.textContent = '没有连上服务器。超过一分半钟，别人就可以写这一节。'
    }
  }, beat)
}
