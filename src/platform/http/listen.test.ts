import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { incomingOf, queryText } from './incoming.ts'
import { listen } from './listen.ts'

describe('listening', () => {
  it('takes the next free port where the default is taken, and says so where a port that was asked for is', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = (other.address() as AddressInfo).port
    const [first, second] = [fastify(), fastify()]
    try {
      expect(await listen(first, '127.0.0.1', null, taken)).toBeGreaterThan(taken)
      await expect(listen(second, '127.0.0.1', taken, 3000)).rejects.toThrow(`端口 ${taken} 已被占用`)
    } finally {
      await Promise.all([first.close(), second.close()])
      other.close()
    }
  })
})

describe('a request as plain data', () => {
  it('has one text for a query that should not repeat, of a sensible length', async () => {
    const server = fastify()
    server.get('/:id', async request => {
      const incoming = incomingOf(request)
      return { params: incoming.params, q: queryText(incoming, 'q') ?? null, form: incoming.form }
    })
    const ask = async (url: string) => (await server.inject(url)).json()
    expect(await ask('/a?q=%20水%20&q=x')).toEqual({ params: { id: 'a' }, q: '水', form: {} })
    expect((await ask('/a?q=%20')).q).toBeNull()
    expect((await ask(`/a?q=${'x'.repeat(500)}`)).q).toHaveLength(200)
    await server.close()
  })
})
