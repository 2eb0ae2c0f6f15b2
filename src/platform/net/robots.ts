import { type Asking, ask } from './ask.ts'

const robotsLimit = 100_000

/** Whether the host lets programs of this name fetch the path; a host without rules lets everybody. */
export async function robotsOf(
  origin: string,
  agent: string,
  asking: Asking,
): Promise<(path: string) => boolean> {
  const end = AbortSignal.timeout(asking.timeoutMs)
  const question = { method: 'GET', agent, readUpTo: robotsLimit } as const
  try {
    const answer = await ask(new URL('/robots.txt', origin), question, asking.policy, end)
    return answer.status === 200 ? rulesIn(answer.bytes.toString('utf8'), agent) : () => true
  } catch {
    return () => true
  }
}

/** Disallow and Allow of robots.txt for us, or else for all; the longest that fits decides. */
export function rulesIn(text: string, agent: string): (path: string) => boolean {
  const groups: { agents: string[]; lines: { allow: boolean; path: string }[] }[] = []
  let naming = false
  for (const line of text.split(/\r?\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line) ?? []
    const name = field.toLowerCase()
    if (name === 'user-agent') {
      if (!naming) groups.push({ agents: [], lines: [] })
      groups.at(-1)?.agents.push(value.toLowerCase())
      naming = true
    } else if (name === 'allow' || name === 'disallow') {
      naming = false
      if (value !== '')
        groups.at(-1)?.lines.push({ allow: name === 'allow', path: value.replace(/\*.*$/, '') })
    }
  }
  const ours =
    groups.find(group => group.agents.some(one => one !== '*' && agent.toLowerCase().includes(one))) ??
    groups.find(group => group.agents.includes('*'))
  return path => {
    const fitting = (ours?.lines ?? []).filter(line => path.startsWith(line.path))
    const longest = fitting.toSorted((one, other) => other.path.length - one.path.length)[0]
    return longest?.allow ?? true
  }
}
