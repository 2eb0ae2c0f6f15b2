import { randomInt } from 'node:crypto'

const shortestPassword = 10
export const longestPassword = 128
/** How many of the last passwords may not come back. */
export const rememberedPasswords = 5

export const passwordAdvice = `至少${shortestPassword}个字符，大写字母、小写字母、数字、符号中至少有三种；不要含用户名，不要用常见的密码或最近${rememberedPasswords}次用过的密码。一句自己记得住的话最好。`

/** What is wrong with a password, in words that say what to do; null when it is good (S-SEC-01). */
export function passwordFault(password: string, username: string): string | null {
  if (password.length < shortestPassword) return `密码太短：至少要${shortestPassword}个字符。`
  if (password.length > longestPassword) return `密码太长：最多${longestPassword}个字符。`
  if (kindsOf(password) < 3) return '密码太简单：请至少混用大写字母、小写字母、数字、符号中的三种。'
  const plain = password.toLowerCase()
  if (plain.includes(username.toLowerCase())) return '密码里不能有用户名。'
  if (isCommon(plain)) return '这个密码太常见，很容易被猜到。请换一个。'
  return null
}

/** Writing without case, such as Chinese, counts as a symbol. */
function kindsOf(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter(kind => kind.test(password)).length
}

/** The hearts of the passwords that head every list of leaked ones, here and abroad. */
const commonWords = [
  'password', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'pa$$w0rd', 'mima', 'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl',
  'zxcvbn', 'zxcvbnm', 'qazwsx', '1qaz2wsx', '1q2w3e4r', '1q2w3e', 'admin', 'administrator', 'adm1n', 'root', 'guest',
  'welcome', 'iloveyou', 'woaini', 'woaini1314', '5201314', '1314520', 'letmein', 'monkey', 'dragon', 'abc', 'abcd', 'abcdef', 'test',
  'huawei', 'lenovo', 'taobao', 'zhongguo', 'china', 'beijing', 'zhengwu', 'gongkai', 'mingtang', 'system', 'changeme', 'default',
] // biome-ignore format: a list of words

/** A common word with nothing around it but figures and marks in a row is as good as the word alone. */
function isCommon(plain: string): boolean {
  if (hasLongRun(plain)) return true
  const heart = plain.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const whole = plain.replace(/^[\W_]+|[\W_]+$/g, '')
  return (
    commonWords.includes(heart) ||
    commonWords.includes(whole) ||
    commonWords.some(word => whole === word + word)
  )
}

/** `aaaaaa`, `123456`, `fedcba`: six in a row. */
function hasLongRun(plain: string): boolean {
  for (const step of [0, 1, -1]) {
    let run = 1
    for (let at = 1; at < plain.length; at++) {
      run = plain.charCodeAt(at) - plain.charCodeAt(at - 1) === step ? run + 1 : 1
      if (run >= 6) return true
    }
  }
  return false
}

const letters = { lower: 'abcdefghjkmnpqrstuvwxyz', upper: 'ABCDEFGHJKMNPQRSTUVWXYZ', figures: '23456789' }

/** A password to be printed once: `Kwt4-pMz8-rBq3-uHn6`, about 75 bits, easy to type from paper. */
export function oneTimePassword(): string {
  const group = () => {
    const { lower, upper, figures } = letters
    const one = (from: string) => from[randomInt(from.length)] ?? ''
    return shuffled([one(lower), one(lower + upper), one(upper), one(figures)]).join('')
  }
  return [group(), group(), group(), group()].join('-')
}

function shuffled(parts: string[]): string[] {
  for (let last = parts.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    ;[parts[last], parts[other]] = [parts[other] ?? '', parts[last] ?? '']
  }
  return parts
}
