export type DatabaseServer = {
  /** A complete address with user, password and database. */
  url: string
  kind: 'embedded' | 'external'
  /** Major version: 18. */
  version: number
  /** The last process that leaves the embedded server stops it; a server of somebody else is left alone. */
  stop(): Promise<void>
}

export type ServerOptions = {
  databaseUrl?: string | undefined
  /** Absolute; the embedded server keeps its cluster in `postgres` inside it. */
  dataDir: string
  say?: (line: string) => void
  /** False only for tests: no fsync. */
  durable?: boolean
  /** Folder of other server binaries (initdb, pg_ctl, postgres) than those of the npm package. */
  binaries?: string | undefined
}
