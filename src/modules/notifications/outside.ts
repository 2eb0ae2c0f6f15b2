import type { PostOffice } from '#platform/mail/post-office'

/** What the module needs of the world; only `app` knows it. */
export interface Outside {
  /** Null: no mail server is set, and nothing is sent. */
  office: PostOffice | null
  /** Scheme and host of the desk; empty while it is not known. */
  deskUrl: () => string
  digestAt: string
}
