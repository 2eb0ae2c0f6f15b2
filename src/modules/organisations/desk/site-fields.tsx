import { CheckboxField, FieldGroup, SelectField, TextField } from '#ui/forms'

export const siteFieldLabels: Record<string, string> = {
  key: '代码',
  organId: '主办机构',
  name: '网站名称',
  shortName: '网站简称',
  tagline: '标语',
  domain: '主域名',
  hosts: '主机名',
  isDefault: '默认站点',
  siteCode: '网站标识码',
  footer: '页脚',
  'footer.host': '主办单位',
  'footer.contactPhone': '联系电话',
  'footer.contactEmail': '联系邮箱',
  'footer.address': '地址',
  'footer.icp': 'ICP备案编号',
  'footer.police': '公安机关备案号',
  'footer.findErrorUrl': '“我为政府网站找错”入口',
  'footer.badgeUrl': '党政机关网站标识',
  'footer.supportsIpv6': '支持IPv6',
  'footer.technicalSupport': '技术支持',
}

const label = (name: string) => siteFieldLabels[name] ?? name

/** The settings of a site, for the pages that make and change one. */
export function SiteFields(props: { organs: readonly { value: string; label: string }[]; isNew: boolean }) {
  return (
    <>
      <FieldGroup legend="名称">
        <TextField
          name="name"
          label={label('name')}
          hint="如“云溪县人民政府”"
          required
          maxLength={100}
          width="full"
        />
        <TextField name="shortName" label={label('shortName')} required maxLength={40} />
        <TextField
          name="tagline"
          label={label('tagline')}
          hint="刊头名称下面的一行小字，可以留空"
          maxLength={100}
          width="full"
        />
        {props.isNew && (
          <TextField
            name="key"
            label={label('key')}
            hint="用在网址里，如 /s/shuili；小写字母、数字和短横线，定了以后不能改"
            required
            maxLength={40}
            width="short"
          />
        )}
        <SelectField name="organId" label={label('organId')} required options={[...props.organs]} />
      </FieldGroup>
      <FieldGroup legend="域名和标识">
        <TextField
          name="domain"
          label={label('domain')}
          hint="写进每个网页的站点标签，如 www.yunxi.gov.cn，不带 http://"
          required
          maxLength={253}
        />
        <TextField
          name="hosts"
          label={label('hosts')}
          hint="用哪些主机名打开本站，几个用空格隔开；留空的，用 /s/代码 打开"
          maxLength={2000}
          width="full"
        />
        <TextField
          name="siteCode"
          label={label('siteCode')}
          hint="10位：地方网站是6位行政区划代码加4位顺序号，部委网站是 bm 加8位数字"
          required
          maxLength={10}
          width="short"
        />
        <CheckboxField name="isDefault" label="默认站点：没有指明站点的访问都到这里" />
      </FieldGroup>
      <FieldGroup
        legend="页脚"
        hint="至少要有主办单位、联系方式、两项备案号、党政机关标识和找错入口。标识和入口用为本单位核发的网址，不要自制图片。"
      >
        <TextField name="footer.host" label={label('footer.host')} maxLength={200} width="full" />
        <TextField
          name="footer.contactPhone"
          label={label('footer.contactPhone')}
          type="tel"
          maxLength={200}
        />
        <TextField
          name="footer.contactEmail"
          label={label('footer.contactEmail')}
          type="email"
          maxLength={100}
        />
        <TextField name="footer.address" label={label('footer.address')} maxLength={200} width="full" />
        <TextField name="footer.icp" label={label('footer.icp')} maxLength={200} />
        <TextField name="footer.police" label={label('footer.police')} maxLength={200} />
        <TextField
          name="footer.badgeUrl"
          label={label('footer.badgeUrl')}
          hint="核发机关给出的查验网址"
          type="url"
          width="full"
        />
        <TextField
          name="footer.findErrorUrl"
          label={label('footer.findErrorUrl')}
          hint="核发的网址"
          type="url"
          width="full"
        />
        <TextField name="footer.technicalSupport" label={label('footer.technicalSupport')} maxLength={200} />
        <CheckboxField name="footer.supportsIpv6" label="本网站支持IPv6" />
      </FieldGroup>
    </>
  )
}
