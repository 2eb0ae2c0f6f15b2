import type { FastifyInstance } from 'fastify'

/**
 * Listens on the port that was asked for, or on the default one; where the default is taken (a second copy is running), on the
 * next free one. @returns the port. @throws in plain words when a port that was asked for is taken.
 */
export async function listen(
  server: FastifyInstance,
  host: string,
  wanted: number | null,
  usual: number,
): Promise<number> {
  let patience = 3
  for (let port = wanted ?? usual; ; port++) {
    try {
      await server.listen({ host, port })
      const address = server.server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // A site that was just stopped lets go of its port a moment later
      if (code === 'EADDRINUSE' && wanted !== 0 && patience-- > 0) {
        await new Promise(resolve => setTimeout(resolve, 300))
        port--
        continue
      }
      if (code === 'EADDRINUSE' && wanted === null && port < usual + 100) continue
      if (code === 'EADDRINUSE')
        throw new Error(`端口 ${port} 已被占用。请换一个端口，或者停掉占用它的程序。`, { cause: error })
      if (code === 'EACCES')
        throw new Error(`没有权限使用端口 ${port}。请换一个 1024 以上的端口。`, { cause: error })
      throw error
    }
  }
}
