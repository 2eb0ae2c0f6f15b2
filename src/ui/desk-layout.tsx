import { type ComponentChildren, Fragment } from 'preact'
import { Crumbs } from './components/crumbs.tsx'
import { SkipLink } from './components/skip-link.tsx'
import type { LayoutPage } from './layout/frame.ts'
import { documentTitle } from './layout/page-tags.ts'
import { Scripts } from './layout/scripts.tsx'

export interface DeskMenuEntry {
  /** The heading it stands under; lines of one heading follow each other, `''` has none. */
  group: string
  label: string
  href: string
  current: boolean
  /** How much waits there. */
  count?: number | undefined
  /** The count is red: some of it is late. */
  late?: boolean | undefined
}

export interface DeskFrame {
  /** `明堂` */
  product: string
  user: { name: string; organ: string }
  menu: readonly DeskMenuEntry[]
  /** In whose place the user acts, one sentence each: `代 李敏 行使签发人职责，至 2026年12月1日`. */
  deputyFor?: readonly string[] | undefined
  /** The public site in the reader's eyes. */
  publicHref?: string | undefined
  accountHref: string
  /** Takes a POST. */
  logoutHref: string
  assets: (name: string) => string
}

export interface DeskLayoutProps {
  frame: DeskFrame
  page: LayoutPage
}

/** The whole document of a page of the desk; the doctype goes before it. */
export function DeskLayout({ frame, page }: DeskLayoutProps) {
  return (
    <DeskDocument name={`${frame.product}工作台`} page={page} assets={frame.assets}>
      <div class="desk">
        <header class="rail">
          <a class="rail-name" href="/">
            {frame.product} · 工作台
          </a>
          <nav class="rail-wide" aria-label="工作台菜单">
            <Menu entries={frame.menu} />
          </nav>
          <details class="rail-narrow">
            <summary>菜单</summary>
            <nav aria-label="工作台菜单">
              <Menu entries={frame.menu} />
            </nav>
          </details>
          <div class="rail-user">
            <p>
              <a href={frame.accountHref}>{frame.user.name}</a>
              <span>{frame.user.organ}</span>
            </p>
            <form method="post" action={frame.logoutHref}>
              <button type="submit">退出</button>
            </form>
            {frame.publicHref && <a href={frame.publicHref}>看公开网站</a>}
          </div>
        </header>
        <main id="main" class="desk-main" tabIndex={-1}>
          {frame.deputyFor && frame.deputyFor.length > 0 && (
            <div class="notice notice-warning">
              {frame.deputyFor.map(sentence => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          )}
          <Crumbs items={page.crumbs ?? []} />
          {page.body}
        </main>
      </div>
    </DeskDocument>
  )
}

export interface PlainDeskLayoutProps {
  frame: { product: string; organ?: string | undefined; assets: (name: string) => string }
  page: LayoutPage
}

/** For people who are not logged in: login, second factor, a forgotten password, errors. */
export function PlainDeskLayout({ frame, page }: PlainDeskLayoutProps) {
  return (
    <DeskDocument name={`${frame.product}工作台`} page={page} assets={frame.assets}>
      <div class="desk-plain">
        <header>
          <p class="rail-name">{frame.product} · 工作台</p>
          {frame.organ && <p>{frame.organ}</p>}
        </header>
        <main id="main" class="sheet" tabIndex={-1}>
          <div class="sheet-body">{page.body}</div>
        </main>
      </div>
    </DeskDocument>
  )
}

function DeskDocument(props: {
  name: string
  page: LayoutPage
  assets: (name: string) => string
  children: ComponentChildren
}) {
  const { name, page, assets, children } = props
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{documentTitle(name, page)}</title>
        <link rel="stylesheet" href={assets('desk.css')} />
        <Scripts first="forms" rest={page.scripts ?? []} assets={assets} />
      </head>
      <body>
        <SkipLink />
        {children}
      </body>
    </html>
  )
}

function Menu({ entries }: { entries: readonly DeskMenuEntry[] }) {
  return [...Map.groupBy(entries, entry => entry.group)].map(([group, lines]) => (
    <Fragment key={group}>
      {group !== '' && (
        <p class="rail-group" aria-hidden="true">
          {group}
        </p>
      )}
      <ul aria-label={group || undefined}>
        {lines.map(entry => (
          <li key={entry.href}>
            <a href={entry.href} aria-current={entry.current ? 'page' : undefined}>
              {entry.label}
              {entry.count !== undefined && entry.count > 0 && (
                <span class={entry.late ? 'rail-count rail-late' : 'rail-count'}>
                  {entry.count}
                  <span class="sr-only">{entry.late ? ' 件，有超期的' : ' 件待办'}</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </Fragment>
  ))
}
