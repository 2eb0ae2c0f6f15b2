import type { ComponentChildren } from 'preact'

/** Results with their filters beside them; on a phone the results come first, with a link down to the filters. */
export function ListColumns({
  filters,
  children,
}: {
  filters: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <div class="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_15rem]">
      <section aria-label="结果" class="min-w-0">
        <p class="mb-2 text-sm lg:hidden">
          <a href="#filters">按条件筛选 ↓</a>
        </p>
        {children}
      </section>
      <aside id="filters" aria-label="筛选条件">
        {filters}
      </aside>
    </div>
  )
}
