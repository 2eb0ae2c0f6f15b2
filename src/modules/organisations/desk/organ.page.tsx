import { inChinese, isPlainDate } from '#lib/beijing-time'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { LinkButton } from '#ui/forms'
import { type Organ, organLevels, organTypes, usccWarning } from '../organ.ts'
import { mayEditOrgan, mayEditProfile, mayRead } from '../policy.ts'
import { currentProfile, listCorrections, profileHistory } from '../profile-queries.ts'
import { formerNames, getOrganByKey, listOrgans, listRestructurings } from '../queries.ts'
import { idsAbove } from '../tree.ts'
import { DoneNotice } from './done-notice.tsx'
import { ProfileHistory, RestructuringHistory } from './organ-history.tsx'
import { ProfileView } from './profile-view.tsx'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/organs/:key', may: mayRead, handle: show }]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { db, actor } = ctx
  const organ = await getOrganByKey(db, incoming.params.key ?? '')
  const today = ctx.clock.today()
  const asked = String(incoming.query.on ?? '')
  const on = isPlainDate(asked) ? asked : today
  const [organs, profile, rows, corrections, restructurings, former] = await Promise.all([
    listOrgans(db, { includeAbolished: true }),
    currentProfile(db, organ.id, on),
    profileHistory(db, organ.id),
    listCorrections(db, organ.id),
    listRestructurings(db, organ.id),
    formerNames(db, organ.id),
  ])
  const standing = organ.abolishedOn === null
  const administers = standing && mayEditOrgan(actor, organ.id)
  const writes = mayEditProfile(actor, { id: organ.id, above: idsAbove(organs, organ.id) })
  const warning = organ.uscc === null ? null : usccWarning(organ.uscc)
  const successor = organs.find(one => one.id === organ.successorId)
  return page({
    title: organ.name,
    crumbs: [{ label: '机构', href: '/organs' }],
    body: (
      <>
        <PageHead
          title={organ.name}
          note={`${organLevels[organ.level]} · ${organTypes[organ.type]}`}
          actions={
            <>
              {standing && writes && (
                <LinkButton href={`/organs/${organ.key}/profile`}>修改职能和联系方式</LinkButton>
              )}
              <LinkButton href={`/organs/${organ.key}/names`}>其他叫法</LinkButton>
              {administers && (
                <>
                  <LinkButton href={`/organs/${organ.key}/edit`}>修改基本信息</LinkButton>
                  <LinkButton href={`/organs/${organ.key}/restructure`}>登记机构调整</LinkButton>
                  <LinkButton href={`/organs/new?parent=${organ.id}`}>新建下级机构</LinkButton>
                </>
              )}
            </>
          }
        />
        <DoneNotice incoming={incoming} />
        {organ.abolishedOn !== null && (
          <Notice tone="info" title={`已撤销，${inChinese(organ.abolishedOn)}是最后一天`}>
            {successor && (
              <>
                职责由 <a href={`/organs/${successor.key}`}>{successor.name}</a> 承接。
              </>
            )}
            历史内容照旧保留。
          </Notice>
        )}
        {administers && organ.uscc === null && (
          <Notice tone="warning" title="还没有统一社会信用代码">
            索引号以它开头，发布信息之前请先补上。
          </Notice>
        )}
        {administers && warning && (
          <Notice tone="warning" title="请核对统一社会信用代码">
            {warning}
          </Notice>
        )}
        <Sheet title="基本信息">
          <Facts organ={organ} organs={organs} former={former} />
        </Sheet>
        <Sheet title={on === today ? '现在公布的职能和联系方式' : `${inChinese(on)}公布的职能和联系方式`}>
          {on !== today && (
            <p>
              <a href={`/organs/${organ.key}`}>回到今天</a>
            </p>
          )}
          {profile === null ? (
            <EmptyState title={on === today ? '还没有填写' : '那一天还没有填写'}>
              机构职能、负责人、办公地址和公开工作机构是法定主动公开内容，由本机构或上级的政务公开办填写。
            </EmptyState>
          ) : (
            <ProfileView of={profile} />
          )}
        </Sheet>
        <Sheet title="变化记录" count={rows.length}>
          <ProfileHistory
            organKey={organ.key}
            rows={rows}
            corrections={corrections}
            today={today}
            mayCorrect={writes}
          />
        </Sheet>
        {restructurings.own.length + restructurings.takenOver.length > 0 && (
          <Sheet title="机构调整">
            <RestructuringHistory
              {...restructurings}
              names={new Map(organs.map(one => [one.id, one.name]))}
            />
          </Sheet>
        )}
      </>
    ),
  })
}

function Facts(props: { organ: Organ; organs: readonly Organ[]; former: { name: string; until: string }[] }) {
  const { organ, organs, former } = props
  const parent = organs.find(one => one.id === organ.parentId)
  const below = organs.filter(one => one.parentId === organ.id && one.abolishedOn === null)
  return (
    <DefinitionList
      items={[
        { term: '简称', value: organ.shortName },
        { term: '代码', value: <code>{organ.key}</code> },
        { term: '上级机构', value: parent ? <a href={`/organs/${parent.key}`}>{parent.name}</a> : null },
        { term: '统一社会信用代码', value: organ.uscc },
        { term: '机关代字', value: organ.docCodes.join('、') || null },
        { term: '成立日期', value: organ.establishedOn && inChinese(organ.establishedOn) },
        {
          term: '曾用名',
          value: former.map(one => `${one.name}（至${inChinese(one.until)}）`).join('；') || null,
        },
        {
          term: '下级机构',
          value:
            below.length === 0
              ? null
              : below.map((one, at) => (
                  <>
                    {at > 0 && '、'}
                    <a href={`/organs/${one.key}`}>{one.shortName}</a>
                  </>
                )),
        },
      ]}
    />
  )
}
