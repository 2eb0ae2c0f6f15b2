import { Crumbs } from './components/crumbs.tsx'
import { QrCode } from './components/qr-code.tsx'
import { SkipLink } from './components/skip-link.tsx'
import { Tabs } from './components/tabs.tsx'
import type { LayoutPage, PublicFrame } from './layout/frame.ts'
import { canonicalUrl, documentTitle, jsonForScript, pageTags } from './layout/page-tags.ts'
import { Scripts } from './layout/scripts.tsx'
import { SiteFooter } from './layout/site-footer.tsx'
import { MainNavigation, SiteHeader } from './layout/site-header.tsx'
import { UtilityBar, ViewNotice } from './layout/utility-bar.tsx'
import { viewAttributes } from './view.tsx'

export type { FooterFacts, FrameSite, LayoutPage, PublicFrame } from './layout/frame.ts'

export interface PublicLayoutProps {
  frame: PublicFrame
  page: LayoutPage
}

/** The whole document of a public page; the doctype goes before it. */
export function PublicLayout({ frame, page }: PublicLayoutProps) {
  const { site, assets } = frame
  return (
    <html lang="zh-CN" {...viewAttributes(frame.view)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{documentTitle(site.name, page)}</title>
        {pageTags(frame, page).map(([name, content]) => (
          <meta key={name} name={name} content={content} />
        ))}
        <link rel="canonical" href={canonicalUrl(frame, page)} />
        {[...(frame.feeds ?? []), ...(page.feeds ?? [])].map(feed => (
          <link
            key={feed.href}
            rel="alternate"
            type="application/atom+xml"
            title={feed.title}
            href={feed.href}
          />
        ))}
        <link rel="stylesheet" href={assets('main.css')} />
        <Scripts first="reading" rest={['suggestions', ...(page.scripts ?? [])]} assets={assets} />
        {page.jsonLd && (
          <script
            type="application/ld+json"
            // JSON with every `<` escaped
            dangerouslySetInnerHTML={{ __html: jsonForScript(page.jsonLd) }}
          />
        )}
      </head>
      <body data-leaving={`${site.base}/leaving`}>
        <SkipLink />
        <UtilityBar frame={frame} />
        <ViewNotice frame={frame} />
        <SiteHeader frame={frame} />
        <MainNavigation frame={frame} />
        <main id="main" class="wrap" tabIndex={-1}>
          <Crumbs items={page.crumbs ?? []} />
          {frame.sections && frame.sections.length > 1 ? (
            <Tabs label="本栏目" items={frame.sections} />
          ) : null}
          {page.body}
        </main>
        {page.content && <PrintSource frame={frame} page={page} />}
        <SiteFooter frame={frame} />
      </body>
    </html>
  )
}

/** On paper only: where this came from and the way back to it. */
function PrintSource({ frame, page }: PublicLayoutProps) {
  const address = canonicalUrl(frame, page)
  return (
    <div class="print-source">
      <QrCode text={address} label="本页地址的二维码" />
      <p>
        {frame.site.name}网站
        <br />
        {address}
        {page.content && (
          <>
            <br />
            网上发布时间 {page.content.pubDate}
          </>
        )}
      </p>
    </div>
  )
}
