import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/**
 * A bare node:http server that sends the same bytes with the same headers: what no program on this machine can beat.
 * Its own process, as the site is: `node bare-server.ts FILE` with the headers as JSON in FILE.json.
 */
const [file = ''] = process.argv.slice(2)
const body = readFileSync(file)
const headers = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, string>
const server = createServer((_, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : 0)
})
