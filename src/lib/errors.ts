/**
 * The six ways in which an act can be refused. A module makes its own codes (`requests.already-answered`);
 * the message is what a person reads, in Chinese, and names the remedy. Turned into a page in one place.
 */
export type Refusal =
  | 'not-found'
  | 'gone'
  | 'not-allowed'
  | 'invalid'
  | 'conflict'
  | 'too-many'
  | 'unavailable'

const statusOf: Record<Refusal, number> = {
  'not-found': 404,
  gone: 410,
  'not-allowed': 403,
  invalid: 400,
  conflict: 409,
  'too-many': 429,
  unavailable: 503,
}

export class Refused extends Error {
  readonly refusal: Refusal
  readonly code: string
  readonly status: number

  constructor(refusal: Refusal, code: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.refusal = refusal
    this.code = code
    this.status = statusOf[refusal]
  }
}

export const notFound = (code: string, message: string) => new Refused('not-found', code, message)
export const notAllowed = (code: string, message: string) => new Refused('not-allowed', code, message)
export const invalid = (code: string, message: string) => new Refused('invalid', code, message)
export const conflict = (code: string, message: string) => new Refused('conflict', code, message)
export const tooMany = (code: string, message: string) => new Refused('too-many', code, message)
export const unavailable = (code: string, message: string) => new Refused('unavailable', code, message)

/** First beat of every act: may they? Throws the refusal a person reads. */
export function permit(
  may: boolean,
  code: string,
  message = '您没有办理这件事的权限。请联系本单位的系统管理员核对您的角色。',
): void {
  if (!may) throw notAllowed(code, message)
}
