import { SearchForm } from '../components/search-form.tsx'
import type { PublicFrame } from './frame.ts'

export function SiteHeader({ frame }: { frame: PublicFrame }) {
  const { site } = frame
  return (
    <header class="masthead">
      <div class="wrap">
        <a class="site-name" href={`${site.base}/`}>
          {site.name}
          {site.tagline && <small>{site.tagline}</small>}
        </a>
        {frame.search !== false && (
          <SearchForm
            action={`${site.base}/search`}
            label="全站搜索"
            hint="搜索政策、文号、事项"
            id="site-q"
          />
        )}
      </div>
    </header>
  )
}

export function MainNavigation({ frame }: { frame: PublicFrame }) {
  return (
    <nav class="main-nav" aria-label="主导航">
      <ul class="wrap">
        {frame.doors.map(door => (
          <li key={door.href}>
            <a href={door.href} aria-current={door.current ? 'page' : undefined}>
              {door.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
