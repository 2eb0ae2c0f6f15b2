import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Strict by default: nothing inline, nothing from elsewhere. HSTS and the upgrade of addresses are said only where the site
 * itself is served by https, or plain http beyond loopback would break.
 */
export async function addSecurityHeaders(server: FastifyInstance, origin: () => string): Promise<void> {
  const https = origin().startsWith('https:')
  await server.register(helmet, {
    global: true,
    hsts: https,
    crossOriginEmbedderPolicy: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
  })
}
