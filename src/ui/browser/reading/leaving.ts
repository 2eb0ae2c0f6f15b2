/** Links to other sites lead to `/leaving?to=…`; where scripts run, the question is asked on the spot (S-ID-04). */
export function askBeforeLeaving() {
  const path = document.body.dataset.leaving
  // The page that asks the question is left by its own buttons
  if (path === undefined || location.pathname === path) return
  document.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href]')
    if (!link || link.origin !== location.origin || link.pathname !== path) return
    const to = new URLSearchParams(link.search).get('to')
    if (to === null || !/^https?:\/\//.test(to)) return
    event.preventDefault()
    ask(to)
  })
}

function ask(to: string) {
  const siteName = document.querySelector<HTMLMetaElement>('meta[name=SiteName]')?.content ?? ''
  const dialog = document.createElement('dialog')
  dialog.className = 'leaving-dialog'
  dialog.setAttribute('aria-labelledby', 'leaving-question')

  const question = document.createElement('h2')
  question.id = 'leaving-question'
  question.textContent = `您访问的链接即将离开“${siteName}”门户网站，是否继续？`
  const address = document.createElement('p')
  address.className = 'leaving-address'
  address.textContent = to

  const onward = document.createElement('a')
  onward.className = 'btn btn-primary'
  onward.href = to
  onward.rel = 'noreferrer noopener'
  onward.textContent = '继续访问'
  const stay = document.createElement('button')
  stay.className = 'btn btn-outline btn-primary'
  stay.type = 'button'
  stay.textContent = '留在本站'
  stay.addEventListener('click', () => dialog.close())

  const actions = document.createElement('div')
  actions.className = 'actions'
  actions.append(onward, stay)
  dialog.append(question, address, actions)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
