import type { ComponentChildren } from 'preact'
import { inChinese, momentInBeijing } from '#lib/beijing-time'
import { organTypes, type Restructuring, restructuringKinds } from '#modules/organisations'
import { listingOf } from '#modules/publications'
import { Card } from '#ui/components/card'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PublicationList } from '#ui/components/publication-list'
import { SectionHead } from '#ui/components/section-head'
import type { OrganFacts } from './organ-facts.ts'

/** An organ as it states itself; what it has not stated is left out. */
export function OrganArticle({ facts, base }: { facts: OrganFacts; base: string }) {
  const { organ, profile, newest } = facts
  return (
    <>
      <h1 class="mt-2 mb-3 font-song text-3xl font-bold">{organ.name}</h1>
      <Abolished facts={facts} base={base} />
      <Contacts facts={facts} />
      {profile && profile.functions.length > 0 ? (
        <Part id="functions" title="主要职责">
          <ol class="list-decimal space-y-1.5 pl-6 pt-3">
            {profile.functions.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </Part>
      ) : null}
      {profile && profile.leaders.length > 0 ? (
        <Part id="leaders" title="领导">
          <DataTable
            caption={`${organ.name}领导`}
            captionHidden
            columns={[
              { key: 'name', head: '姓名', cell: leader => <b>{leader.name}</b> },
              { key: 'post', head: '职务' },
              { key: 'duties', head: '分工' },
            ]}
            rows={profile.leaders}
            rowKey={leader => `${leader.name} ${leader.post}`}
          />
        </Part>
      ) : null}
      {profile && profile.sections.length > 0 ? (
        <Part id="sections" title="内设机构">
          <DataTable
            caption={`${organ.name}内设机构`}
            captionHidden
            columns={[
              { key: 'name', head: '名称', cell: section => <b>{section.name}</b> },
              { key: 'duties', head: '职责' },
              { key: 'phone', head: '电话', cell: section => <Phone number={section.phone} /> },
            ]}
            rows={profile.sections}
            rowKey={section => section.name}
          />
        </Part>
      ) : null}
      <History facts={facts} />
      {facts.plans.length > 0 ? (
        <Part
          id="plans"
          title="承担的重点任务"
          more={{ label: '逐项看进展', href: `${base}/plans?organ=${organ.key}` }}
        >
          <ul>
            {facts.plans.map(plan => (
              <li key={plan.address}>
                <a href={base + plan.address}>{plan.title}</a>：{plan.tasks} 项，已完成 {plan.done} 项
                {plan.late > 0 ? `，逾期未完成 ${plan.late} 项` : ''}
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {newest.length > 0 ? (
        <Part
          id="newest"
          title="最近公开"
          more={{ label: `全部 ${facts.counts.all} 件`, href: `${base}/search?organ=${organ.key}` }}
        >
          <PublicationList items={newest.map(item => ({ ...listingOf(item, base), meta: item.docNo }))} />
        </Part>
      ) : null}
      {profile ? (
        <p class="mt-6 text-sm text-soft">
          信息来源：{organ.name}　更新时间：{momentInBeijing(profile.changedAt)}
        </p>
      ) : null}
    </>
  )
}

function Part(props: {
  id: string
  title: string
  more?: { label: string; href: string }
  children: ComponentChildren
}) {
  return (
    <section aria-labelledby={props.id} class="mt-8">
      <SectionHead id={props.id} title={props.title} more={props.more} />
      {props.children}
    </section>
  )
}

function Abolished({ facts, base }: { facts: OrganFacts; base: string }) {
  const { organ, successor } = facts
  if (!organ.abolishedOn) return null
  return (
    <Notice tone="warning" title={`这个机构已于${inChinese(organ.abolishedOn)}撤销。`}>
      {successor ? (
        <>
          它的职责由<a href={`${base}/organs/${successor.key}`}>{successor.name}</a>承接；下面的内容供查阅。
        </>
      ) : (
        '下面的内容供查阅。'
      )}
    </Notice>
  )
}

function Contacts({ facts }: { facts: OrganFacts }) {
  const { organ, profile } = facts
  return (
    <DefinitionList
      items={[
        { term: '机构类型', value: organTypes[organ.type] },
        { term: '信用代码', value: organ.uscc },
        { term: '办公地址', value: profile?.address },
        { term: '办公时间', value: profile?.officeHours },
        { term: '联系电话', value: profile?.phone ? <Phone number={profile.phone} /> : null },
        { term: '传真', value: profile?.fax },
        {
          term: '电子邮箱',
          value: profile?.email ? <a href={`mailto:${profile.email}`}>{profile.email}</a> : null,
        },
        { term: '邮政编码', value: profile?.postcode },
        {
          term: '曾用名',
          value:
            facts.formerNames.length > 0
              ? facts.formerNames.map(former => `${former.name}（至${inChinese(former.until)}）`).join('；')
              : null,
        },
      ]}
    />
  )
}

function Phone({ number }: { number: string }) {
  return number === '' ? <>—</> : <a href={`tel:${number.replace(/[^\d+]/g, '')}`}>{number}</a>
}

/** 机构沿革: what happened to the organ and what it took over. */
function History({ facts }: { facts: OrganFacts }) {
  const { own, takenOver } = facts.restructurings
  if (own.length + takenOver.length === 0) return null
  const lines = [
    ...own.map(one => ({ id: one.id, on: one.happenedOn, text: ownWords(one, facts) })),
    ...takenOver.map(one => ({
      id: one.id,
      on: one.happenedOn,
      text: `承接${one.formerName}的职责（${restructuringKinds[one.kind]}）。${one.reason}`,
    })),
  ].toSorted((a, b) => b.on.localeCompare(a.on))
  return (
    <Part id="history" title="机构沿革">
      <ul class="pt-2">
        {lines.map(line => (
          <li key={line.id} class="py-1">
            <time class="mr-3 text-soft tabular-nums" datetime={line.on}>
              {line.on}
            </time>
            {line.text}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function ownWords(one: Restructuring, facts: OrganFacts): string {
  if (one.kind === 'renamed') return `由“${one.formerName}”更名。${one.reason}`
  const to = one.kind === 'merged' && facts.successor ? `${facts.successor.name}` : ''
  return `${to ? `并入${to}` : restructuringKinds[one.kind]}。${one.reason}`
}

/** What leads on from the organ: its openness, the organs around it. */
export function OrganAside({ facts, base }: { facts: OrganFacts; base: string }) {
  const { organ, profile, parent, children, guide, counts } = facts
  const office = profile?.opennessOffice
  return (
    <>
      <Card title="政府信息公开">
        <ul>
          {guide ? (
            <li>
              <a href={base + guide.address}>政府信息公开指南</a>
            </li>
          ) : null}
          {counts.policies > 0 ? (
            <li>
              <a href={`${base}/policies?organ=${organ.key}`}>政策文件 {counts.policies} 件</a>
            </li>
          ) : null}
          {counts.platform > 0 ? (
            <li>
              <a href={`${base}/disclosure?organ=${organ.key}`}>公开平台 {counts.platform} 件</a>
            </li>
          ) : null}
          <li>
            <a href={`${base}/disclosure?organ=${organ.key}#on-request`}>依申请公开</a>
          </li>
        </ul>
      </Card>
      {office && (office.name !== '' || office.phone !== '') ? (
        <Card title="公开工作机构">
          <p>{office.name}</p>
          {office.officer !== '' ? <p>负责人：{office.officer}</p> : null}
          {office.phone !== '' ? (
            <p>
              电话：
              <Phone number={office.phone} />
            </p>
          ) : null}
          {office.address !== '' ? <p>地址：{office.address}</p> : null}
          {office.fax !== '' ? <p>传真：{office.fax}</p> : null}
          {office.email !== '' ? (
            <p>
              邮箱：<a href={`mailto:${office.email}`}>{office.email}</a>
            </p>
          ) : null}
        </Card>
      ) : null}
      {parent || children.length > 0 ? (
        <Card title="上下级机构">
          <ul>
            {parent ? (
              <li>
                上级：<a href={`${base}/organs/${parent.key}`}>{parent.name}</a>
              </li>
            ) : null}
            {children.map(child => (
              <li key={child.id}>
                <a href={`${base}/organs/${child.key}`}>{child.name}</a>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  )
}
