/** What is looked for (S-PII-06). `unread`: a file that cannot be looked into, so that a person has to. */
export const findingKinds = {
  identity: '身份证号',
  'bank-card': '银行卡号',
  mobile: '手机号',
  landline: '固定电话',
  email: '电子邮箱',
  address: '住址',
  plate: '车牌号',
  passport: '护照和通行证号',
  medical: '社保、医保、病历号',
  position: '拍摄地点',
  unread: '机器读不了的文件',
} as const
export type FindingKind = keyof typeof findingKinds

/** sure: proved by a check digit or a fixed form; likely: told by its form and what stands around it. */
export const certainties = { sure: '确定', likely: '很可能' } as const
export type Certainty = keyof typeof certainties

/** A place in one piece of text. `value` never leaves the memory of the process: kept are its salted hash and `masked`. */
export interface Finding {
  kind: FindingKind
  certainty: Certainty
  /** From and to, in the text as it was given. */
  at: number
  end: number
  /** As it is compared: without blanks, in half-width figures and capital letters. */
  value: string
  /** As it may be shown. */
  masked: string
}

/** What stands around a piece of text: the head of its column and the heads of its table. */
export interface Around {
  head?: string | undefined
  heads?: readonly string[] | undefined
  /** Phones, e-mail and address that the organ itself publishes: never findings. */
  own?: ReadonlySet<string> | undefined
}
