import { type CheerioAPI, load } from 'cheerio'

/** Somebody who works at the desk without a browser: quick enough to be interrupted in the middle of an act. */
export type Clerk = {
  open(path: string): Promise<CheerioAPI>
  /** What the form of a page would send if it were sent as it stands. */
  formAt(path: string): Promise<Record<string, string>>
  /** @returns where the act led to. @throws when it was not done. */
  send(path: string, form: Record<string, string>): Promise<string>
}

/** @param deskUrl asked each time, as the desk comes back on another port */
export async function clerkAt(
  deskUrl: () => string,
  person: { username: string; password: string },
): Promise<Clerk> {
  const post = (path: string, form: Record<string, string>, cookie = '') =>
    fetch(deskUrl() + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { cookie, origin: deskUrl() },
      redirect: 'manual',
    })
  const { username, password } = person
  const login = await post('/login', { username, password })
  const cookie = login.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  async function open(path: string) {
    const answer = await fetch(deskUrl() + path, { headers: { cookie } })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    return load(await answer.text())
  }
  return {
    open,
    async formAt(path) {
      const page = await open(path)
      const fields = page('main form').last().serializeArray()
      return Object.fromEntries(fields.map(({ name, value }) => [name, value]))
    },
    async send(path, form) {
      const answer = await post(path, form, cookie)
      if (answer.status !== 303) throw new Error(`${path}: ${answer.status}\n${await answer.text()}`)
      return answer.headers.get('location') ?? ''
    },
  }
}
