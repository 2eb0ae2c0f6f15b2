/**
 * Saves a form by itself once nothing was typed for a few seconds; what did not reach the server stays in the page and is tried
 * again. It never submits, and stops where somebody else has saved: that is for people to decide.
 */
const rest = 4000

for (const status of document.querySelectorAll<HTMLElement>('[data-autosave]')) watch(status)

function watch(status: HTMLElement): void {
  const form = status.closest('form')
  const address = status.dataset.autosave
  if (!form || !address) return
  let saved = textOf(form)
  let seen = saved
  let stopped = false
  form.addEventListener('submit', () => {
    stopped = true
    setTimeout(() => {
      stopped = false
    }, 8000)
  })
  const look = async () => {
    const now = textOf(form)
    const rests = now === seen
    seen = now
    if (!stopped && rests && now !== saved) await send(form, address, now)
    setTimeout(look, rest)
  }
  setTimeout(look, rest)

  async function send(from: HTMLFormElement, to: string, now: string): Promise<void> {
    try {
      const reply = await fetch(to, { method: 'POST', body: dataOf(from), redirect: 'error' })
      const told = (await reply.json()) as { revision?: number; said?: string; stop?: boolean }
      // a form that is being sent must go with the revision that it was sent with
      if (stopped) return
      status.textContent = told.said ?? ''
      saved = now
      if (told.stop) stopped = true
      const revision = from.querySelector<HTMLInputElement>('input[name="revision"]')
      if (told.revision !== undefined && revision) revision.value = String(told.revision)
    } catch {
      status.textContent = '没有连上服务器，文字暂存在本页，连上以后自动保存'
    }
  }
}

function dataOf(form: HTMLFormElement): FormData {
  const data = new FormData(form)
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name)
  return data
}

function textOf(form: HTMLFormElement): string {
  const data = dataOf(form)
  data.delete('revision')
  return JSON.stringify([...data])
}
