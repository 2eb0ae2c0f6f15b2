import { betterAuth } from 'better-auth'
import { isAPIError } from 'better-auth/api'
import { twoFactor, username } from 'better-auth/plugins'
import { publicId, uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import type { Cookie } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { loginKey } from './login-key.ts'
import { longestPassword } from './password-rules.ts'

/**
 * The login library over our tables. It is made anew for each transaction (1.2 ms), so that what it writes stands or falls
 * with the act around it; the one for the pool is kept. Sessions are counted by our own clock (`login-rules.ts`): the
 * library's limit lies far behind ours. Its mail addresses we do not have; it is shown the username in their place.
 */
function makeLogin(db: Database, secret: string) {
  return betterAuth({
    // short and Latin: the QR code stays coarse enough for any camera
    appName: 'Mingtang',
    // never asked for: the library's own routes are not served
    baseURL: 'http://desk.invalid',
    secret,
    database: { db, type: 'postgres', transaction: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      database: { generateId: () => uuidv7(), validateSchema: false },
      // whether cookies are sent over HTTPS only is decided where they are sent
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookie }, two_factor: { name: challengeCookie } },
    },
    emailAndPassword: { enabled: true, disableSignUp: true, maxPasswordLength: longestPassword },
    user: { modelName: 'staff', fields: { email: 'loginLabel' } },
    account: { modelName: 'staffLogins', fields: { userId: 'staffId' } },
    verification: { modelName: 'staffLoginChallenges' },
    session: {
      modelName: 'staffSessions',
      fields: { userId: 'staffId' },
      expiresIn: 30 * 24 * 3600,
      disableSessionRefresh: true,
      additionalFields: {
        startedAt: { type: 'date', required: false, input: false },
        lastSeenAt: { type: 'date', required: false, input: false },
        endedAt: { type: 'date', required: false, input: false },
      },
    },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 1,
        maxUsernameLength: 64,
        usernameValidator: () => true,
      }),
      twoFactor({
        twoFactorTable: 'staffSecondFactors',
        schema: { twoFactor: { fields: { userId: 'staffId' } } },
        backupCodeOptions: { customBackupCodesGenerate: makeBackupCodes },
        accountLockout: { maxFailedAttempts: 5, durationSeconds: 15 * 60 },
        twoFactorCookieMaxAge: 10 * 60,
      }),
    ],
  })
}

/** Ten codes for the day the telephone is lost, in letters that can be copied from paper. */
export const makeBackupCodes = () => Array.from({ length: 10 }, () => `${publicId(5)}-${publicId(5)}`)

/** `Secure` and the rest are added by the desk server, for every cookie alike. */
export const sessionCookie = 'mingtang_desk'
export const challengeCookie = 'mingtang_desk_step'

type Login = ReturnType<typeof makeLogin>
const made = new WeakMap<Database, Login>()

export async function loginOver(db: Database): Promise<Login> {
  const secret = await loginKey()
  let login = made.get(db)
  if (!login) {
    login = makeLogin(db, secret)
    made.set(db, login)
  }
  return login
}

/** What the library may see of a request: our two cookies, nothing else. */
export function loginHeaders(cookies: Incoming['cookies']): Headers {
  const sent = [sessionCookie, challengeCookie].flatMap(name => {
    const value = cookies[name]
    return value ? [`${name}=${encodeURIComponent(value)}`] : []
  })
  return new Headers({ cookie: sent.join('; ') })
}

/** The cookies that the library wants set. The session cookie goes with the browser's window, the database knows its end. */
export function loginCookies(headers: Headers): Cookie[] {
  return headers.getSetCookie().flatMap(line => {
    const found = /^([^=;]+)=([^;]*)/.exec(line)
    if (!found?.[1] || (found[1] !== sessionCookie && found[1] !== challengeCookie)) return []
    const value = decodeURIComponent(found[2] ?? '')
    if (value === '') return [{ name: found[1], value, maxAge: 0, path: '/' }]
    return [{ name: found[1], value, path: '/', ...(found[1] === challengeCookie ? { maxAge: 600 } : {}) }]
  })
}

export const endedCookies: Cookie[] = [
  { name: sessionCookie, value: '', maxAge: 0, path: '/' },
  { name: challengeCookie, value: '', maxAge: 0, path: '/' },
]

/** The library's refusals come as errors with a code; any other error is a fault and goes on. */
export async function refusalOf<T>(work: Promise<T>): Promise<{ done: T } | { refused: string }> {
  try {
    return { done: await work }
  } catch (error) {
    if (!isAPIError(error)) throw error
    return { refused: String(error.body?.code ?? error.status) }
  }
}
