import { setTimeout as sleep } from 'node:timers/promises'
import { type Clerk, clerkAt } from '../test/journeys/clerk.ts'
import type { RunningSite } from './site.ts'

const times = 10

/** From the reviewer's “publish” until the page and its column's list show it, as a reader sees it. Milliseconds. */
export async function benchPublishing(
  site: RunningSite,
  print: (name: string, value: string) => void,
): Promise<void> {
  const clerk = (username: string) => {
    const account = site.accounts.find(one => one.username === username)
    if (!account) throw new Error(`没有样例账号 ${username}`)
    return clerkAt(() => site.deskUrl, account)
  }
  const [drafter, reviewer] = await Promise.all([clerk('shenxiaolan'), clerk('pengzhiwen')])
  const form = await noticeForm(drafter)
  const acts: number[] = []
  const waits: number[] = []
  for (let serial = 1; serial <= times; serial++) {
    const title = `测速用的第${serial}号公告`
    const drafted = await drafter.send('/publications/new', {
      ...form,
      title,
      bodyHtml: `<p>${title}的正文。</p>`,
      formKey: crypto.randomUUID(),
    })
    const id = drafted.split(/[/?]/)[2] ?? ''
    const address = `/publications/${id}/review`
    const decision = {
      decision: 'publish',
      openness: 'proactive',
      secrecyChecked: 'yes',
      opinion: '同意公开。',
    }
    const review = { ...(await reviewer.formAt(address)), ...decision }
    // The list is in the cache before, so that its leaving is measured too
    await fetch(`${site.publicUrl}/columns/notices`)
    const begun = performance.now()
    await reviewer.send(address, review)
    acts.push(performance.now() - begun)
    while (
      !(await shows(`${site.publicUrl}/columns/notices`, title)) ||
      !(await shows(`${site.publicUrl}/notices/${id}`, title))
    )
      await sleep(2)
    waits.push(performance.now() - begun)
  }
  const median = (values: number[]) =>
    Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
  print('发布这一步（中位数）', `${median(acts)} ms`)
  print('从点发布到页面和列表都看到', `中位数 ${median(waits)} ms，最慢 ${Math.round(Math.max(...waits))} ms`)
}

async function shows(url: string, title: string): Promise<boolean> {
  const answer = await fetch(url)
  return answer.status === 200 && (await answer.text()).includes(title)
}

/** The form of a new notice of 县水利局, filled in but for its text. */
async function noticeForm(drafter: Clerk): Promise<Record<string, string>> {
  const choice = await drafter.open('/publications/new')
  const option = (name: string, label: string) =>
    choice(`select[name=${name}] option`)
      .filter((_, one) => choice(one).text() === label)
      .attr('value') ?? ''
  const place = {
    kind: 'notice',
    organ: option('organ', '云溪县水利局'),
    site: option('site', '云溪县人民政府'),
  }
  const address = `/publications/new?${new URLSearchParams(place)}`
  const page = await drafter.open(address)
  const notices = page('select[name=mainColumn] option').filter((_, one) => page(one).text() === '通知公告')
  return { ...(await drafter.formAt(address)), mainColumn: notices.attr('value') ?? '', next: 'submit' }
}
