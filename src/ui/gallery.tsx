import type { VNode } from 'preact'
import { ArticleBody } from './components/article-body.tsx'
import { ArticleLayout } from './components/article-layout.tsx'
import { Card } from './components/card.tsx'
import { Crumbs } from './components/crumbs.tsx'
import { DataTable } from './components/data-table.tsx'
import { DefinitionList } from './components/definition-list.tsx'
import { Diff } from './components/diff.tsx'
import { Doors } from './components/doors.tsx'
import { EmptyState } from './components/empty-state.tsx'
import { ErrorPageContent } from './components/error-page-content.tsx'
import { Figures } from './components/figures.tsx'
import { FilterPanel } from './components/filter-panel.tsx'
import { Hero } from './components/hero.tsx'
import { LeavingNotice } from './components/leaving-notice.tsx'
import { LogPicture } from './components/log-picture.tsx'
import { LogVerifier } from './components/log-verifier.tsx'
import { Notice } from './components/notice.tsx'
import { PageHead } from './components/page-head.tsx'
import { Pager } from './components/pager.tsx'
import { PrintButton } from './components/print-button.tsx'
import { ProgressBar } from './components/progress-bar.tsx'
import { PublicationList } from './components/publication-list.tsx'
import { QrCode } from './components/qr-code.tsx'
import { ReadAloudButton } from './components/read-aloud-button.tsx'
import { ReadingPreferences } from './components/reading-preferences.tsx'
import { SearchForm } from './components/search-form.tsx'
import { SectionHead } from './components/section-head.tsx'
import { ShareBox } from './components/share-box.tsx'
import { Sheet } from './components/sheet.tsx'
import { SkipLink } from './components/skip-link.tsx'
import { StateTag } from './components/state-tag.tsx'
import { TableOfContents } from './components/table-of-contents.tsx'
import { Tabs } from './components/tabs.tsx'
import { Timeline } from './components/timeline.tsx'
import { ValidityTag } from './components/validity-tag.tsx'
import {
  Actions,
  CheckboxField,
  CheckboxList,
  DangerAct,
  DateField,
  DateTimeField,
  FieldGroup,
  FileField,
  Form,
  HiddenField,
  LinkButton,
  PostButton,
  RadioList,
  SelectField,
  TextArea,
  TextField,
} from './forms.tsx'

const bodyHtml = `<h2 id="s1">第一章　总则</h2><p>第一条　为了让农村居民长期喝上放心水，明确水源、水厂、管网和入户各段的管护责任，结合本县实际，制定本办法。</p>
<p>第二条　本办法适用于本县行政区域内农村集中供水工程和分散供水设施的运行、维护、收费和监督。</p>
<p>第三条　县水利局主管全县农村饮水安全工作；县卫生健康局负责水质监测，每季度公布一次结果；各乡镇人民政府对本辖区供水设施的日常管护负责。</p>
<h2 id="s2">第二章　水源与水质</h2><p>第四条　日供水二十吨以上的水源应当划定保护范围，设立标志，并在县政府网站公布名录和责任人。</p>
<table><thead><tr><th>指标</th><th>频次</th></tr></thead><tbody><tr><td>菌落总数</td><td>每季度</td></tr></tbody></table>`

const diffParagraphs = [
  [{ text: '第五条　县水利局主管全县农村供水。' }],
  [
    { text: '第六条　供水单位应当' },
    { text: '每半年', removed: true },
    { text: '每季度', added: true },
    { text: '公布一次水质检测结果。' },
  ],
  [{ text: '第七条　水费按月收取。', removed: true }],
  ...['第八条　', '第九条　', '第十条　', '第十一条　'].map(text => [{ text }]),
]

const organs = [
  { id: 1, name: '县水利局', met: 312, late: 0 },
  { id: 2, name: '县教育局', met: 97, late: 2 },
]

/** Every component once, by file name, with the given words where a text stands: looked at by people and by tests. */
export function gallery(words: string): Record<string, VNode> {
  return {
    'skip-link': <SkipLink />,
    crumbs: <Crumbs items={[{ label: '首页', href: '/' }, { label: words }]} />,
    hero: (
      <Hero
        title="想查什么、想问什么，从这里开始"
        action="/search"
        hint="政策名称、文号（如 云政发〔2026〕12号）或一句话"
        hot={[
          { label: '稳岗补贴', href: '/search?q=1' },
          { label: words, href: '/search?q=2' },
        ]}
      />
    ),
    doors: (
      <Doors
        items={[
          { label: '申请政府信息', text: '三步提交，当场知道答复日', href: '/a' },
          { label: '给草案提意见', text: '3 件正在征集，最近 4 天后截止', href: '/b' },
          { label: '问政策', text: words, href: '/c' },
          { label: '办事指南', text: '412 项，218 项可全程网办', href: '/d' },
        ]}
      />
    ),
    'page-head': (
      <PageHead title={words} note="共 12 件" actions={<LinkButton href="/new">新建</LinkButton>} />
    ),
    notice: (
      <>
        <Notice tone="warning" title="2026年12月1日起施行。">
          现行有效的是 <a href="/p">云政办发〔2021〕18号</a>，届时废止。
        </Notice>
        <Notice tone="info">{words}</Notice>
        <Notice tone="success" title="已保存" />
        <Notice tone="error" title="没有保存">
          请稍后再试，您的文字还在下面。
        </Notice>
      </>
    ),
    'state-tag': (
      <p>
        <StateTag state="met">已办结</StateTag> <StateTag state="soon">今天</StateTag>{' '}
        <StateTag state="late">超 3 个工作日</StateTag> <StateTag state="off">已撤回</StateTag>{' '}
        <StateTag state="info">{words}</StateTag>
      </p>
    ),
    'validity-tag': (
      <p>
        <ValidityTag validity="in-force" /> <ValidityTag validity="not-yet" from="2026-12-01" />{' '}
        <ValidityTag validity="not-yet" /> <ValidityTag validity="amended" />{' '}
        <ValidityTag validity="partly-lapsed" /> <ValidityTag validity="repealed" />{' '}
        <ValidityTag validity="expired" />
      </p>
    ),
    'section-head': <SectionHead title={words} more={{ label: '政策文件库', href: '/policies' }} />,
    'publication-list': (
      <PublicationList
        items={[
          {
            href: '/policies/1',
            title: '关于进一步支持个体工商户稳定经营的若干措施',
            date: '2026-11-20',
            meta: '云政发〔2026〕12号 · 县人民政府',
            validity: 'in-force',
            links: [
              { href: '/i/1', label: '图解' },
              { href: '/i/2', label: '文字解读' },
            ],
          },
          {
            href: '/policies/2',
            title: '云溪县农村饮水安全运行管理办法',
            date: '2026-11-17',
            meta: '云政办规〔2026〕3号 · 县政府办公室',
            validity: 'not-yet',
            effectiveFrom: '2026-12-01',
            note: <>2026年12月1日起将被《新的办法》修改</>,
            excerpt: (
              <>
                ……日供水二十吨以上的<mark>水源</mark>应当划定保护范围……
              </>
            ),
          },
          { href: '/policies/3', title: words, date: '2026-11-06', validity: 'expired' },
        ]}
      />
    ),
    card: (
      <Card title="下载">
        <ul>
          <li>
            <a href="/p.docx">Word 版（32 KB）</a>
          </li>
          <li>{words}</li>
        </ul>
      </Card>
    ),
    figures: (
      <Figures
        items={[
          { value: '97.4%', label: '按时完成', href: '/duties' },
          { value: 312, label: words },
          { value: 8, label: '超期，均已说明', late: true },
        ]}
      />
    ),
    'progress-bar': <ProgressBar label={words} value={26} max={36} />,
    tabs: (
      <Tabs
        label="状态"
        items={[
          { label: '全部', href: '?s=all', current: true, count: 128 },
          { label: words, href: '?s=draft', count: 7 },
        ]}
      />
    ),
    'data-table': (
      <DataTable
        caption={words}
        columns={[
          { key: 'name', head: '机关', cell: row => <a href={`/organs/${row.id}`}>{row.name}</a> },
          { key: 'met', head: '已履行', figures: true },
          { key: 'late', head: '超期', figures: true },
          { key: 'act', head: '', cell: () => <LinkButton href="/x" small>{`看 ${words}`}</LinkButton> },
        ]}
        rows={organs}
        rowKey={row => row.id}
      />
    ),
    pager: <Pager page={{ total: 236, page: 5, pageSize: 20 }} href={page => `?page=${page}`} />,
    'empty-state': <EmptyState title="还没有征集意见的草案">{words}</EmptyState>,
    'definition-list': (
      <DefinitionList
        items={[
          { term: '文号', value: '云政办规〔2026〕3号' },
          { term: '索引号', value: '119900000000000018/202611-00007' },
          { term: '发文机关', value: <a href="/organs/1">县人民政府办公室</a> },
          { term: '主题分类', value: words },
          { term: '成文日期', value: '2026年11月14日' },
          { term: '发布日期', value: '2026-11-17 10:02' },
          { term: '有效性', value: <ValidityTag validity="not-yet" /> },
          { term: '废止日期', value: null },
        ]}
      />
    ),
    'table-of-contents': (
      <TableOfContents
        items={[
          { href: '#s1', label: '第一章 总则' },
          { href: '#s2', label: '第二章 水源与水质' },
          { href: '#s3', label: words, level: 2 },
        ]}
      />
    ),
    'article-layout': (
      <ArticleLayout side={<Card title="解读">{words}</Card>}>
        <h2>云溪县农村饮水安全运行管理办法</h2>
      </ArticleLayout>
    ),
    'article-body': <ArticleBody html={bodyHtml} />,
    'filter-panel': (
      <FilterPanel
        action="/search"
        hidden={{ q: words }}
        clearHref="/search"
        groups={[
          {
            name: 'validity',
            label: '有效性',
            options: [
              { value: 'in-force', label: '现行有效', count: 82, href: '?v=1', chosen: true },
              { value: 'expired', label: words, count: 9, href: '?v=2' },
            ],
          },
          {
            name: 'year',
            label: '年份',
            options: Array.from({ length: 11 }, (_, index) => ({
              value: String(2026 - index),
              label: `${2026 - index}年`,
              count: index,
            })),
          },
        ]}
      />
    ),
    timeline: (
      <Timeline
        steps={[
          { title: '提交申请', at: '9月21日 22:40', text: words, state: 'done' },
          { title: '检索、审查中', text: '县水利局水政科办理', state: 'now' },
          { title: '答复并送达', state: 'ahead' },
        ]}
      />
    ),
    diff: (
      <>
        <Diff
          paragraphs={[...diffParagraphs, [{ text: words, added: true }]]}
          before="2021年版"
          after="2026年版"
          links={{ inline: '?d=inline', sides: '?d=sides' }}
        />
        <Diff paragraphs={diffParagraphs} before="2021年版" after="2026年版" view="sides" coarse />
      </>
    ),
    'search-form': <SearchForm action="/search" value={words} id="gallery-q" />,
    'log-picture': <LogPicture />,
    'log-verifier': <LogVerifier verifier="www.yunxi.example/log+1a2b3c4d+Aa" />,
    'qr-code': <QrCode text="https://www.yunxi.example/policies/abcdefghjk" label="本页地址的二维码" />,
    'share-box': <ShareBox address="https://www.yunxi.example/policies/abcdefghjk" />,
    'print-button': <PrintButton label={words} />,
    'read-aloud-button': <ReadAloudButton />,
    'error-page-content': (
      <ErrorPageContent status={404} message={words} kept="草稿已保存。" reference="7f3a" base="" />
    ),
    'leaving-notice': <LeavingNotice siteName={words} to="https://example.org/a?b=1" back="/" />,
    'reading-preferences': <ReadingPreferences base="" />,
    sheet: (
      <Sheet title={words} tone="late" count={2}>
        <DataTable
          caption="已超期"
          captionHidden
          columns={[
            { key: 'name', head: '该做什么' },
            { key: 'late', head: '超期', cell: () => <StateTag state="late">超 3 个工作日</StateTag> },
          ]}
          rows={organs}
          rowKey={row => row.id}
        />
      </Sheet>
    ),
    forms: <FormSample words={words} />,
  }
}

/** A form that came back: everything typed is there, every error is linked. */
function FormSample({ words }: { words: string }) {
  return (
    <>
      <Form
        action="/people/new"
        values={{ name: words, about: words, roles: ['drafter'], kind: 'b', gender: 'f', on: '2026-11-23' }}
        errors={{ name: '请填写姓名，不超过五十字', roles: '起草人不能兼任签发人' }}
        labels={{ name: '姓名', roles: '角色' }}
        formKey="0190a0b0-0000-7000-8000-000000000000"
        uploads
      >
        <TextField name="name" label="姓名" hint="与身份证一致" required maxLength={50} width="short" />
        <SelectField
          name="kind"
          label="类别"
          options={[
            { value: 'a', label: '通知' },
            { value: 'b', label: words },
          ]}
        />
        <RadioList
          name="gender"
          label="公开属性"
          required
          options={[
            { value: 'm', label: '主动公开' },
            { value: 'f', label: '依申请公开', hint: words },
          ]}
        />
        <CheckboxList
          name="roles"
          label="角色"
          options={[
            { value: 'drafter', label: '起草人' },
            { value: 'signer', label: '签发人' },
          ]}
        />
        <CheckboxField name="agree" label={words} />
        <DateField name="on" label="成文日期" />
        <DateTimeField name="at" label="定时发布" hint="不填就立即发布" />
        <TextArea name="about" label="说明" maxLength={200} />
        <FileField name="file" label="附件" accept=".docx,.pdf" maxBytes={20 * 1024 * 1024} multiple />
        <FieldGroup legend="联系方式" hint="至少填一项">
          <TextField name="phone" label="电话" type="tel" width="short" />
          <TextField name="email" label="电子邮箱" type="email" />
        </FieldGroup>
        <HiddenField name="revision" value={words} />
        <Actions primary="保存" cancel={{ label: '返回', href: '/people' }} />
      </Form>
      <Form id="filter" method="get" action="/audit" label="筛选" values={{ name: words }}>
        <TextField name="name" label="人员" width="short" />
        <DateField name="from" label="从" />
        <CheckboxField name="late" label="只看超期" />
        <Actions primary="筛选" />
      </Form>
      <div class="actions">
        <PostButton action="/x" label="恢复" hidden={{ id: words }} />
        <DangerAct
          label="撤下"
          warning={words}
          action="/withdraw"
          confirm="确认撤下"
          errors={{ reason: '请写明原因' }}
        >
          <TextArea name="reason" label="原因" required rows={3} />
        </DangerAct>
      </div>
    </>
  )
}
