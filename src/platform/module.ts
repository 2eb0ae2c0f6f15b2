import type { z } from 'zod'
import type { Staff } from '#platform/actor'
import type { Context, PublicContext } from '#platform/context'
import type { DeskRoute, PublicRoute } from '#platform/http/route'
import type { RecordPart } from '#platform/record'

/** What a module adds to the house. Only `app` reads it. */
export interface Module {
  name: string
  publicRoutes?: readonly PublicRoute[]
  deskRoutes?: readonly DeskRoute[]
  doors?: readonly Door[]
  menu?: readonly MenuEntry[]
  jobs?: readonly Job[]
  commands?: readonly Command[]
  /** What of its tables belongs to the public record: the bulk export and its way back. */
  record?: readonly RecordPart[]
}

/** A door of the public site's navigation; it is shown only when something stands behind it. */
export interface Door {
  key: string
  label: string
  href: string
  order: number
  opens(ctx: PublicContext): Promise<boolean>
}

/** A line of the desk's rail, shown to those who may use it. */
export interface MenuEntry {
  label: string
  href: string
  order: number
  may: (actor: Staff) => boolean
}

/** Something that happens later; delivered at least once, so it must be repeatable. */
export interface Job<Payload = unknown> {
  name: string
  payload: z.ZodType<Payload>
  /** Cron expression in Beijing time, for jobs that come round. */
  schedule?: string
  run(ctx: Context, payload: Payload): Promise<void>
}

/** `./bin/mingtang NAME …`: prints for people, one JSON document with `--json`; 0 done, 1 found faults, 2 could not run. */
export interface Command {
  name: string
  usage: string
  summary: string
  run(ctx: Context, args: readonly string[], out: Out): Promise<0 | 1 | 2>
}

export interface Out {
  print(line: string): void
  error(line: string): void
}
