import type { Organ } from './organ.ts'

/** What the footer must say (S-ID-02). Badges are addresses issued for the unit; none is invented (S-ID-05). */
export interface SiteFooter {
  /** 主办单位 */
  host: string
  contactPhone: string
  contactEmail: string
  address: string
  /** ICP备案编号 */
  icp: string
  /** 公安机关备案号 */
  police: string
  /** “我为政府网站找错” entry */
  findErrorUrl: string | null
  /** 党政机关网站标识: the issuer's check page for this site code */
  badgeUrl: string | null
  supportsIpv6: boolean
  technicalSupport: string
}

export interface SiteRow {
  id: string
  /** Stands in addresses (`/s/shuili`), so it never changes (S-DOM-04). */
  key: string
  organId: string
  name: string
  shortName: string
  tagline: string
  /** Host name only, for SiteDomain (S-META-01). */
  domain: string
  /** Host names under which the site answers without `/s/{key}`. */
  hosts: string[]
  isDefault: boolean
  /** 网站标识码 (S-ID-01) */
  siteCode: string
  footer: SiteFooter
  revision: number
  changedBy: string
  changedAt: Date
}

export const emptyFooter: SiteFooter = {
  host: '',
  contactPhone: '',
  contactEmail: '',
  address: '',
  icp: '',
  police: '',
  findErrorUrl: null,
  badgeUrl: null,
  supportsIpv6: false,
  technicalSupport: '',
}

export const siteCodePattern = /^(bm\d{8}|\d{10})$/
export const siteCodeMessage =
  '网站标识码是10位：地方网站为6位行政区划代码加4位顺序号（如 9900000001），部委网站为 bm 加8位数字。'

/** What a checker would find missing or odd; saved all the same, since a site may be set up before it is filed. */
export function siteWarnings(
  site: Pick<SiteRow, 'domain' | 'footer'>,
  organ: Pick<Organ, 'type' | 'name'>,
): string[] {
  const { footer } = site
  const warnings: string[] = []
  // S-DOM-01
  if (!/\.gov\.cn$/.test(site.domain)) warnings.push('政府网站的域名应当以 .gov.cn 结尾。')
  // S-DOM-02
  if (organ.type === 'township' || organ.type === 'village')
    warnings.push('乡镇、街道和村（社区）一般不单独开设网站，应当在上级政府门户网站开设网页。')
  // S-ID-02
  const missing = [
    footer.host === '' && '主办单位',
    footer.contactPhone === '' && footer.contactEmail === '' && '联系方式',
    footer.icp === '' && 'ICP备案编号',
    footer.police === '' && '公安机关备案号',
    footer.badgeUrl === null && '党政机关网站标识',
    footer.findErrorUrl === null && '“我为政府网站找错”入口',
  ].filter(item => item !== false)
  if (missing.length > 0) warnings.push(`页脚还缺：${missing.join('、')}。`)
  return warnings
}
