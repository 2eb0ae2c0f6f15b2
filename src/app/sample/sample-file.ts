/** A text of the sample: `key: value` lines between two lines of `---`, then the body as plain text. */
export interface SampleFile {
  key: string
  facts: Record<string, string>
  body: string
}

/** @throws Error naming the file and the line. */
export function readSampleFile(name: string, text: string): SampleFile {
  const found = /^---\n(.*?)\n---\n(.*)$/s.exec(text.replaceAll('\r\n', '\n'))
  if (!found) throw new Error(`样例 ${name} 缺少开头的 --- 说明。`)
  const facts: Record<string, string> = {}
  for (const line of (found[1] ?? '').split('\n')) {
    const at = line.indexOf(':')
    if (at < 0) throw new Error(`样例 ${name} 有一行不是“名称: 内容”：${line}`)
    const key = line.slice(0, at).trim()
    const value = line.slice(at + 1).trim()
    // A fact may repeat (several documents are repealed): one a line
    facts[key] = facts[key] === undefined ? value : `${facts[key]}\n${value}`
  }
  return { key: name.replace(/\.txt$/, ''), facts, body: (found[2] ?? '').trim() }
}
