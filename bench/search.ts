import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Chance } from './corpus/chance.ts'
import type { Plan } from './corpus/corpus.ts'
import { type Query, type QueryClass, queriesOf, queryClasses } from './corpus/queries.ts'
import { load, milliseconds, type Print, quantile } from './figures.ts'

const connections = 4
const seconds = 5
/** A site that has just started reads what it counts in. */
const warmingSeconds = 45

/** Milliseconds. */
export interface Times {
  p50: number
  p95: number
  /** Processor time of site and database for one answer. */
  processor: number
  count: number
}

/** How long the search page takes for one class of questions. */
export interface ClassFigures {
  name: QueryClass
  /** Nobody asked this before: hits and facets are counted. */
  fresh: Times
  /** The question was asked a moment ago, another page of its hits is wanted: facets are remembered. */
  again: Times
}

/** The site that is asked; `processor`: milliseconds that it and its database have used so far. */
export interface AskedSite {
  publicUrl: string
  processor(): number
}

/**
 * Latency of /search by class of question: four connections that each ask the next question when the last is answered, for some
 * seconds, with the page cache off so that every page is made.
 */
export async function benchSearch(
  site: AskedSite,
  corpus: { plan: Plan; loaded: number },
  print: Print,
): Promise<ClassFigures[]> {
  const queries = queriesOf(corpus.plan, 300, corpus.loaded)
  const chance = new Chance(corpus.plan.seed, corpus.loaded, 5)
  await sleep(warmingSeconds * 1000)
  // Columns and frequent words are read into memory in the background, plans are made, pages of the tables come in
  await askFor(site, () => addressOf(chance.any(chance.any(Object.values(queries)))), 10)
  const found: ClassFigures[] = []
  for (const name of Object.keys(queryClasses) as QueryClass[]) {
    const fresh = await askFor(site, () => addressOf(chance.any(queries[name]), unheard(chance)))
    const few = queries[name].slice(0, 10)
    for (const query of few) await get(site.publicUrl, addressOf(query), agentOf())
    const again = await askFor(site, () => addressOf(chance.any(few), { page: String(chance.between(1, 3)) }))
    found.push({ name, fresh, again })
    print(`搜索 ${queryClasses[name]}`, `分面要算：${told(fresh)}；分面已有：${told(again)}；${load()}`)
  }
  const lists = await askFor(site, () => `/policies?${new URLSearchParams(unheard(chance))}`)
  print('政策文件库第一页（分面要算）', `${told(lists)}；${load()}`)
  return found
}

/** A first day before all documents: it changes no answer, but makes a question that no memory has heard. */
const unheard = (chance: Chance) => ({
  from: `${chance.between(1950, 2010)}-0${chance.between(1, 9)}-${chance.between(10, 28)}`,
})

function addressOf({ words, within, on }: Query, more: Record<string, string> = {}): string {
  const asked = { q: words, ...(within ? { within } : {}), ...(on ? { on } : {}), ...more }
  return `/search?${new URLSearchParams(asked)}`
}

const told = ({ p50, p95, processor, count }: Times) =>
  `p50 ${milliseconds(p50)} ms，p95 ${milliseconds(p95)} ms，处理器 ${milliseconds(processor)} ms（${count} 次）`

const agentOf = () => new Agent({ keepAlive: true, maxSockets: 1 })

async function askFor(site: AskedSite, address: () => string, duration = seconds): Promise<Times> {
  const times: number[] = []
  const before = site.processor()
  const until = performance.now() + duration * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const agent = agentOf()
      while (performance.now() < until) {
        const begun = performance.now()
        await get(site.publicUrl, address(), agent)
        times.push(performance.now() - begun)
      }
      agent.destroy()
    }),
  )
  const processor = (site.processor() - before) / Math.max(1, times.length)
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), processor, count: times.length }
}

/** The site thinks that a proxy stands before it: as many readers as questions, so that no limit for one of them is met. */
let readers = 0
const somebody = () => `10.${(readers >> 16) & 255}.${(readers >> 8) & 255}.${readers++ & 255}`

/** @throws when the page is not there: a quick refusal would look like a quick search. */
function get(url: string, address: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url + address, { agent, headers: { 'x-forwarded-for': somebody() } }, response => {
      response.resume()
      response.on('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`${address} 答 ${response.statusCode}。`))
      })
    })
      .on('error', reject)
      .end()
  })
}
