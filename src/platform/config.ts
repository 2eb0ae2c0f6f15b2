import { resolve } from 'node:path'
import { z } from 'zod'
import { root } from '#platform/root'

const port = z.coerce.number().int().min(0).max(65535)

/** Everything that is set from outside, with its name in the environment. */
const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.optional(),
  DESK_PORT: port.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().default('data'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DESK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Number of trusted proxies in front; their X-Forwarded-* are believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  PAGE_CACHE_MB: z.coerce.number().int().min(0).max(4096).default(64),
  /** Memory in which a process counts the results of searches; 0: the database counts alone. */
  SEARCH_MEMORY_MB: z.coerce.number().int().min(0).max(65_536).default(512),
  /** The mail server: `smtp://user:password@host:587`, `smtps://…:465`. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Who the mails are from: `gk@yunxi.example` or `云溪县政务公开 <gk@yunxi.example>`. */
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>@\p{Cc}]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
      '应当是一个邮箱地址，或者“名称 <地址>”。',
    )
    .optional(),
  /** When the daily digest goes out, Beijing time. */
  DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应当是时刻，例如 07:30。')
    .default('07:30'),
  /** The name of the transparency log; it holds from the first signed head on. Without it: the host of PUBLIC_URL and `/log`. */
  LOG_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/u, '应当像 www.yunxi.gov.cn/log 的样子，不带空格和加号。')
    .optional(),
  /** 1: the heads of the log carry a second signature, by SM2 with SM3. */
  LOG_SM2: z.enum(['0', '1']).default('0'),
  /** 1: start with no sample government (the same as after `mingtang init`). */
  NO_SAMPLE: z.string().optional(),
})

export type Config = ReturnType<typeof readConfig>

/** @throws Error in plain words that names the setting and what it should be. */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `  ${issue.path.join('.')}：${issue.message}`)
    throw new Error(`环境变量设置有误：\n${faults.join('\n')}`)
  }
  const set = parsed.data
  if ((set.SMTP_URL === undefined) !== (set.MAIL_FROM === undefined))
    throw new Error(
      '环境变量设置有误：\n  SMTP_URL 和 MAIL_FROM 要一起设置：一个是发信服务器，一个是发件人。',
    )
  return {
    host: set.HOST,
    publicPort: set.PORT ?? null,
    deskPort: set.DESK_PORT ?? null,
    databaseUrl: set.DATABASE_URL,
    dataDir: resolve(root, set.DATA_DIR),
    publicUrl: set.PUBLIC_URL?.replace(/\/$/, ''),
    deskUrl: set.DESK_URL?.replace(/\/$/, ''),
    trustProxy: set.TRUST_PROXY,
    logLevel: set.LOG_LEVEL,
    pageCacheBytes: set.PAGE_CACHE_MB * 1024 * 1024,
    searchMemoryMegabytes: set.SEARCH_MEMORY_MB,
    mail:
      set.SMTP_URL !== undefined && set.MAIL_FROM !== undefined
        ? { smtpUrl: set.SMTP_URL, from: set.MAIL_FROM }
        : null,
    digestAt: set.DIGEST_AT,
    logOrigin: set.LOG_ORIGIN,
    logSm2: set.LOG_SM2 === '1',
    sample: set.NO_SAMPLE === undefined,
  }
}
