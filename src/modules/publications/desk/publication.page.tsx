import { dateInBeijing, inChinese, momentInBeijing } from '#lib/beijing-time'
import { invalid, Refused } from '#lib/errors'
import { textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { LinkButton } from '#ui/forms'
import { cancelSchedule } from '../actions/cancel-schedule.ts'
import { discardDraft } from '../actions/discard-draft.ts'
import { startEdition } from '../actions/start-edition.ts'
import { submitDraft } from '../actions/submit-draft.ts'
import { openActs } from '../desk-acts.ts'
import { relationLabels } from '../draft-facts.ts'
import { type EditionRow, textOfEdition } from '../draft-queries.ts'
import { addressOf, isPrinted } from '../kind.ts'
import { listPlacements } from '../placement-queries.ts'
import { mayRead } from '../policy.ts'
import { relationRefs } from '../preview-queries.ts'
import type { WorkRef } from '../public-view.ts'
import { listPublishingActs } from '../publishing-acts.ts'
import { listReviewSteps } from '../review-steps.ts'
import { ActPanel } from './act-panel.tsx'
import { deskAddress, loadColumnChoice, publicAddress, siteBase } from './desk-address.ts'
import { DoneNotice, isGivenBack } from './done-notice.tsx'
import { chosenEditions, EditionList, type NamedEditions } from './edition-list.tsx'
import { History } from './history.tsx'
import { type LoadedItem, loadItem, loadSaid } from './load-item.ts'
import { NumberingNotice } from './numbering-notice.tsx'
import { previewFor } from './preview.tsx'
import { StateWord } from './state-word.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/publications/:id', may: mayRead, handle: show },
  { method: 'POST', path: '/publications/:id', may: mayRead, handle: act },
]

/** The acts of one button. */
async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { item, draft } = await loadItem(ctx, incoming)
  const address = deskAddress(item)
  const publicationId = item.id
  const editionId = draft?.id
  try {
    switch (textOf(incoming.form, 'act')) {
      case 'submit':
        await submitDraft(ctx, { publicationId, revision: Number(textOf(incoming.form, 'revision')) })
        return seeOther(`${address}?done=submitted`)
      case 'correct':
        await startEdition(ctx, publicationId)
        return seeOther(`${address}/edit`)
      case 'cancel-schedule':
        await cancelSchedule(ctx, publicationId)
        return seeOther(`${address}?done=unscheduled`)
      case 'discard':
        await discardDraft(ctx, publicationId)
        return seeOther('/publications?done=discarded')
      default:
        throw invalid('publications.unknown-act', '没有这个操作。请刷新页面后再试。')
    }
  } catch (error) {
    if (error instanceof Refused && error.code === 'publications.incomplete')
      return seeOther(`${address}/edit?done=incomplete`)
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    if (error.code === 'personal-data.undecided' && editionId)
      return seeOther(`/personal-data/${editionId}?done=blocked`)
    return show(ctx, incoming, error)
  }
}

async function show(ctx: DeskContext, incoming: Incoming, refused?: Refused): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { item, kind, draft, current, next, editions } = loaded
  const shown = draft ?? next ?? current ?? editions[0]
  const title = shown?.title ?? ''
  const [acts, steps, placements, relations] = await Promise.all([
    listPublishingActs(ctx.db, item.id),
    listReviewSteps(ctx.db, item.id),
    listPlacements(ctx.db, item.id),
    shown ? relationRefs(ctx.db, ctx.clock.now(), shown.id) : [],
  ])
  const isOpen = loaded.state === 'public'
  return page({
    title,
    status: refused?.status ?? 200,
    crumbs: [{ label: '发布物', href: '/publications' }, { label: title }],
    body: (
      <>
        <PageHead
          title={title}
          note={
            <>
              <StateWord
                state={loaded.state}
                hasDraft={draft !== null}
                draftSubmittedAt={draft?.submittedAt ?? null}
                opensAt={next?.publicFrom ?? null}
              />{' '}
              {kind.label} · {item.organName} · 站点：{item.siteName}
              {item.archive && ' · 历史存量'}
            </>
          }
          actions={
            <>
              <LinkButton href={`/publications/${item.publicId}/revisions`}>修订记录</LinkButton>{' '}
              <LinkButton href={`/publications/${item.publicId}/draft.docx`}>下载 Word 文稿</LinkButton>{' '}
              {draft && isPrinted(kind) && (
                <LinkButton href={`/publications/${item.publicId}/draft.pdf`}>送审稿 PDF</LinkButton>
              )}{' '}
              {isOpen && <LinkButton href={publicAddress(ctx, item)}>看公开页面</LinkButton>}
            </>
          }
        />
        <DoneNotice incoming={incoming} />
        {isGivenBack(incoming) && (
          <Notice tone="warning" title="登录过期时，您按的那个按钮还没有办理，请再按一次。" />
        )}
        {refused && (
          <Notice tone="error" title="没有办成。">
            {refused.message}
          </Notice>
        )}
        <Left ctx={ctx} loaded={loaded} />
        {draft ? kind.advice?.(textOfEdition(draft)) : null}
        {draft && <NumberingNotice bodyHtml={draft.bodyHtml} />}
        <ActPanel loaded={loaded} open={openActs(ctx.actor, loaded.facts)} />
        <Sheet title="登记信息">
          <DefinitionList
            items={facts(
              loaded,
              shown,
              placements.map(one => `${one.site}：${one.column}`),
            )}
          />
          <Relations works={relations} base={siteBase(ctx, item)} />
        </Sheet>
        {(draft ?? next) && shown && <Sheet title="预览">{await previewFor(ctx, loaded, shown)}</Sheet>}
        {editions.length > 1 && (
          <EditionList
            loaded={loaded}
            chosen={await compared(ctx, incoming, loaded)}
            now={ctx.clock.now()}
            view={queryText(incoming, 'view') === 'sides' ? 'sides' : 'inline'}
          />
        )}
        <Sheet title="经过">
          <History
            now={ctx.clock.now()}
            acts={acts}
            steps={steps}
            created={{ by: item.createdBy, at: item.createdAt }}
          />
        </Sheet>
      </>
    ),
  })
}

async function compared(
  ctx: DeskContext,
  incoming: Incoming,
  loaded: LoadedItem,
): Promise<NamedEditions | null> {
  const chosen = chosenEditions(loaded.editions, queryText(incoming, 'from'), queryText(incoming, 'to'))
  if (!chosen) return null
  const columns = await loadColumnChoice(ctx, loaded.item.siteId)
  const [before, after] = await Promise.all([
    loadSaid(ctx, chosen.before, columns),
    loadSaid(ctx, chosen.after, columns),
  ])
  return { ...chosen, said: { before, after } }
}

/** Why it is not public any more, and what readers find at its address. */
function Left({ ctx, loaded }: { ctx: DeskContext; loaded: LoadedItem }) {
  const { item, state, current } = loaded
  if (item.leftHow && item.leftAt)
    return (
      <Notice tone="warning" title={`${momentInBeijing(item.leftAt)}起停止公开。`}>
        <p>理由：{item.leftReason}</p>
        {item.leftToId && item.leftToKind && (
          <p>
            读者会被引到：
            <a href={`/publications/${item.leftToId}`}>
              {siteBase(ctx, item)}
              {addressOf({ kind: item.leftToKind, publicId: item.leftToId })}
            </a>
          </p>
        )}
      </Notice>
    )
  return state === 'expired' && current?.publicUntil ? (
    <Notice tone="warning" title={`公开期限已于 ${momentInBeijing(current.publicUntil)} 届满。`}>
      地址保留，读者会看到期限已满的说明。要再公开，请写更正稿并改公示截止日。
    </Notice>
  ) : null
}

function facts({ item }: LoadedItem, shown: EditionRow | undefined, places: readonly string[]) {
  return [
    { term: '索引号', value: item.indexNo ?? '发布时自动编号' },
    { term: '原索引号', value: item.formerIndexNo },
    { term: '文号', value: shown?.docNo ?? null },
    { term: '公开地址', value: addressOf(item) },
    {
      term: '首次公开',
      value: item.firstPublicAt ? momentInBeijing(item.firstPublicAt) : null,
    },
    { term: '原发布日期', value: item.sourcePublishedOn ? inChinese(item.sourcePublishedOn) : null },
    { term: '来源地址', value: item.sourceUrl },
    { term: '最后修改', value: shown ? `${shown.editedBy}，${momentInBeijing(shown.editedAt)}` : null },
    {
      term: '公示截止日',
      value: shown?.shownUntil ? inChinese(shown.shownUntil) : null,
    },
    { term: '起草', value: `${item.createdBy}，${inChinese(dateInBeijing(item.createdAt))}` },
    { term: '所在栏目', value: places.join('；') || null, wide: true },
  ]
}

function Relations({ works, base }: { works: readonly WorkRef[]; base: string }) {
  if (works.length === 0) return null
  return (
    <ul class="mt-3">
      {works.map(work => (
        <li key={`${work.type}-${work.docNo}-${work.title}`}>
          {relationLabels[work.type] ?? work.type}：
          {work.address ? (
            <a class="underline" href={base + work.address}>
              {work.title}
            </a>
          ) : (
            work.title
          )}
          {work.docNo && `（${work.docNo}）`}
          {work.effectiveFrom && `，自 ${inChinese(work.effectiveFrom)} 起`}
          {work.address ? '' : '　库里还没有，收进来会自动连上'}
        </li>
      ))}
    </ul>
  )
}
