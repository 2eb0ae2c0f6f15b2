import type { PublicFrame } from './frame.ts'

/** S-ID-02, in this order on every page; what is not configured is left out, nothing is invented (S-ID-05). */
export function SiteFooter({ frame }: { frame: PublicFrame }) {
  const { site, footerLinks = [] } = frame
  const { footer } = site
  const host = footer.host || site.name
  return (
    <footer class="site-footer">
      <div class="wrap">
        <p class="footer-links">
          <a href={`${site.base}/site-map`}>网站地图</a>
          {footerLinks.map(link => (
            <a key={link.href} href={link.href}>
              {link.label}
            </a>
          ))}
          <a href={`${site.base}/reading`}>无障碍浏览</a>
          {footer.findErrorUrl && <a href={footer.findErrorUrl}>我为政府网站找错</a>}
          {footer.badgeUrl && <a href={footer.badgeUrl}>党政机关网站标识</a>}
        </p>
        <p class="footer-facts">
          <span>主办：{host}</span>
          {footer.contactPhone && (
            <span>
              联系电话：
              <a href={`tel:${footer.contactPhone.replace(/[^\d+]/g, '')}`}>{footer.contactPhone}</a>
            </span>
          )}
          {footer.contactEmail && (
            <span>
              电子邮箱：<a href={`mailto:${footer.contactEmail}`}>{footer.contactEmail}</a>
            </span>
          )}
          {footer.address && <span>地址：{footer.address}</span>}
        </p>
        <p class="footer-facts">
          <span>网站标识码 {site.siteCode}</span>
          {footer.icp && <span>{footer.icp}</span>}
          {footer.police && <span>{footer.police}</span>}
          {footer.technicalSupport && <span>技术支持：{footer.technicalSupport}</span>}
          {footer.supportsIpv6 && <span>本网站支持IPv6</span>}
        </p>
      </div>
    </footer>
  )
}
