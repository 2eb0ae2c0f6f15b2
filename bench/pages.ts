import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { type RunningSite, startSite } from './site.ts'

type Print = (name: string, value: string) => void

const rounds = 3
const seconds = 4
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Cached pages beside a bare server in the same run, turn by turn; uncached pages; the weight of a first visit. */
export async function benchPages(site: RunningSite, print: Print): Promise<void> {
  const policy = await firstPolicy(site.publicUrl)
  for (const [name, path] of [
    ['首页', '/'],
    ['政策页', policy],
    ['政策文件库', '/policies'],
  ] as const) {
    const { ratio, cached, bare } = await besideBare(`${site.publicUrl}${path}`)
    print(`缓存页 ${name}`, `${cached} 次/秒；同样字节的裸 node:http ${bare} 次/秒；比值 ${ratio.toFixed(2)}`)
  }
  const uncached = await startSite({ env: { PAGE_CACHE_MB: '0' } })
  try {
    const path = await firstPolicy(uncached.publicUrl)
    for (const [name, at] of [
      ['首页', '/'],
      ['政策页', path],
      ['政策文件库', '/policies'],
      ['搜索', '/search?q=%E9%A5%AE%E6%B0%B4'],
    ] as const) {
      const result = await autocannon({
        url: `${uncached.publicUrl}${at}`,
        connections: 10,
        duration: seconds,
      })
      print(
        `不缓存 ${name}（10 连接）`,
        `${Math.round(result.requests.average)} 次/秒，p50 ${result.latency.p50} ms，p97.5 ${result.latency.p97_5} ms${result.non2xx ? `；${result.non2xx} 次没有答` : ''}`,
      )
    }
  } finally {
    await uncached.stop({ forget: true })
  }
  print('首次访问重量（首页，br）', `${Math.round((await firstVisit(site.publicUrl)) / 1024)} KB`)
}

async function firstPolicy(url: string): Promise<string> {
  const html = await (await fetch(`${url}/policies`)).text()
  const found = /href="(\/policies\/[2-9a-z]{10})"/.exec(html)?.[1]
  if (!found) throw new Error('政策文件库里没有政策。')
  return found
}

/** Alternating rounds, so that a slow moment of the machine meets both. */
async function besideBare(url: string) {
  const { body, headers } = await rawGet(url)
  const folder = mkdtempSync(join(tmpdir(), 'mingtang-bare-'))
  const file = join(folder, 'page')
  writeFileSync(file, body)
  writeFileSync(`${file}.json`, JSON.stringify(headers))
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = (await once(bare.stdout, 'data')) as [Buffer]
  const bareUrl = `http://127.0.0.1:${String(port).trim()}/`
  try {
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await speedOf(url))
      theirs.push(await speedOf(bareUrl))
    }
    const ratios = ours.map((value, index) => value / (theirs[index] ?? 1))
    return { cached: Math.round(median(ours)), bare: Math.round(median(theirs)), ratio: median(ratios) }
  } finally {
    bare.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function speedOf(url: string): Promise<number> {
  const result = await autocannon({
    url,
    connections: 50,
    duration: seconds,
    headers: { 'accept-encoding': 'br' },
  })
  return result.requests.average
}

/** The bytes as they come over the wire, still compressed. */
function rawGet(url: string): Promise<{ body: Buffer; headers: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'br' } }, response => {
      const pieces: Buffer[] = []
      response.on('data', piece => pieces.push(piece))
      response.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, ...headers } = response.headers
        resolve({ body: Buffer.concat(pieces), headers: headers as Record<string, string> })
      })
    })
      .on('error', reject)
      .end()
  })
}

/** Bytes of the page and of everything it names, as transferred. */
async function firstVisit(url: string): Promise<number> {
  const page = await rawGet(`${url}/`)
  const html = await (await fetch(`${url}/`)).text()
  const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(match => match[1] ?? '')
  const sizes = await Promise.all(
    [...new Set(assets)].map(async path => (await rawGet(url + path)).body.length),
  )
  return page.body.length + sizes.reduce((sum, size) => sum + size, 0)
}
