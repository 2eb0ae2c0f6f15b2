import type { z } from 'zod'
import type { Staff } from '#platform/actor'
import type { Context, DeskContext, PublicContext } from '#platform/context'
import type { ApiRoute, DeskRoute, PublicRoute } from '#platform/http/route'
import type { RecordPart } from '#platform/record'

/** What a module adds to the house. Only `app` reads it. */
export interface Module {
  name: string
  publicRoutes?: readonly PublicRoute[]
  deskRoutes?: readonly DeskRoute[]
  apiRoutes?: readonly ApiRoute[]
  doors?: readonly Door[]
  menu?: readonly MenuEntry[]
  jobs?: readonly Job[]
  commands?: readonly Command[]
  loneCommands?: readonly LoneCommand[]
  /** What of its tables belongs to the public record: the bulk export and its way back. */
  record?: readonly RecordPart[]
}

/**
 * A door of the public site's navigation; it is shown only when something stands behind it. Several with one key share one entry:
 * it leads to the first that is open, and their pages lead to each other by what each is called.
 */
export interface Door {
  key: string
  label: string
  section?: string
  href: string
  order: number
  opens(ctx: PublicContext): Promise<boolean>
}

/** The headings of the desk's rail, in their order; what is one's own stands first, without one. */
export const menuGroups = {
  own: '',
  duties: '义务与督办',
  publishing: '发布与解读',
  site: '网站',
  administration: '设置与管理',
} as const
export type MenuGroup = keyof typeof menuGroups

/** A line of the desk's rail, shown to those who may use it. */
export interface MenuEntry {
  group: MenuGroup
  label: string
  href: string
  order: number
  may: (actor: Staff) => boolean
  /** How much waits there for this person; asked on every page, so it must be quick. */
  waiting?: (ctx: DeskContext) => Promise<{ count: number; late: boolean }>
}

/** Something that happens later; delivered at least once, so it must be repeatable. */
export interface Job<Payload = unknown> {
  name: string
  payload: z.ZodType<Payload>
  /** Cron expression in Beijing time, for jobs that come round. */
  schedule?: string
  /** Also when the worker starts: it may have been down at the hour, and a new installation need not wait for the night. */
  alsoAtStart?: boolean
  run(ctx: Context, payload: Payload): Promise<void>
}

/** `./bin/mingtang NAME …`: prints for people, one JSON document with `--json`; 0 done, 1 found faults, 2 could not run. */
export interface Command {
  name: string
  usage: string
  summary: string
  run(ctx: Context, args: readonly string[], out: Out): Promise<0 | 1 | 2>
}

/** A command that needs nothing but what it is given: no database, no installation. */
export interface LoneCommand {
  name: string
  usage: string
  summary: string
  runAlone(args: readonly string[], out: Out): Promise<0 | 1 | 2>
}

export interface Out {
  print(line: string): void
  error(line: string): void
}
