import { SearchForm } from './search-form.tsx'

export interface HeroProps {
  title: string
  /** `${base}/search` */
  action: string
  hint?: string | undefined
  /** What many look for. */
  hot?: readonly { label: string; href: string }[] | undefined
}

/** Search first: the top of the home page. */
export function Hero({ title, action, hint, hot = [] }: HeroProps) {
  return (
    <section class="hero-search">
      <h1>{title}</h1>
      <SearchForm action={action} label="全站搜索" hint={hint} large id="hero-q" />
      {hot.length > 0 && (
        <p class="hero-hot">
          近期政策关键词：
          {hot.map(item => (
            <a key={item.href} href={item.href}>
              {item.label}
            </a>
          ))}
        </p>
      )}
    </section>
  )
}
