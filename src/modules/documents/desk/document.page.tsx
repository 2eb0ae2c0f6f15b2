import { momentInBeijing } from '#lib/beijing-time'
import { notFound, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import { addressOf, kindOf } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Timeline } from '#ui/components/timeline'
import { LinkButton, PostButton } from '#ui/forms'
import { removeMaterial } from '../actions/prepare-document.ts'
import { acts } from '../acts.ts'
import {
  chainOf,
  type DocumentStep,
  grounds,
  materialTypes,
  opennesses,
  returnReasons,
  states,
} from '../document.ts'
import { type Case, concernedIn, offered, reviewOf, whyNot } from '../guards.ts'
import { sendKeptFile } from '../kept-file.ts'
import { listFamilies } from '../list-queries.ts'
import { mayReadDocument, mayReadDocuments } from '../policy.ts'
import { findDocument, gatherCase } from '../queries.ts'
import { ActForms } from './act-forms.tsx'
import { perform } from './perform.ts'

export const routes = (storage: FileStorage): DeskRoute[] => [
  {
    method: 'GET',
    path: '/documents/:id',
    may: mayReadDocuments,
    handle: async (ctx, incoming) => show(ctx, incoming, await load(ctx, incoming)),
  },
  {
    method: 'POST',
    path: '/documents/:id',
    may: mayReadDocuments,
    uploads: true,
    handle: (ctx, incoming) => act(ctx, incoming, storage),
  },
  {
    method: 'GET',
    path: '/documents/:id/materials/:material',
    may: mayReadDocuments,
    handle: (ctx, incoming) => download(ctx, incoming, storage),
  },
]

/** For somebody of an organ that issues it; to others there is no such document. */
async function load(ctx: DeskContext, incoming: Incoming): Promise<Case> {
  const id = incoming.params.id ?? ''
  const document = /^[0-9a-f-]{36}$/.test(id) ? await findDocument(ctx.db, { id }) : null
  const facts = document && (await gatherCase(ctx, document))
  if (!facts || !mayReadDocument(ctx.actor, concernedIn(facts)))
    throw notFound('documents.unknown', '没有这件公文。请从公文列表重新选择。')
  return facts
}

async function download(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const { materials } = await load(ctx, incoming)
  const file = materials.find(one => one.id === incoming.params.material)?.file
  if (!file) throw notFound('documents.no-material', '没有这份材料，也许已经撤下。')
  return sendKeptFile(storage, file)
}

async function act(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const facts = await load(ctx, incoming)
  const { form } = incoming
  const name = textOf(form, 'act')
  try {
    const seen = {
      documentId: facts.document.id,
      revision: Number(textOf(form, 'revision')),
      draftRevision: Number(textOf(form, 'draftRevision')),
    }
    if (name === 'remove-material') await removeMaterial(ctx, seen, textOf(form, 'material'))
    else {
      const errors = await perform(ctx, name, seen, incoming, storage)
      if (errors) return show(ctx, incoming, facts, { act: name, raw: form, errors }, 422)
    }
    return seeOther(`/documents/${facts.document.id}?done=done`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    const failed = { act: name, raw: form, errors: { '': error.message } }
    return show(ctx, incoming, await load(ctx, incoming), failed, error.status)
  }
}

type Failed = { act: string; raw: RawForm; errors: FormErrors }

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  facts: Case,
  failed: Failed | null = null,
  status = 200,
): Promise<Reply> {
  const { document, draft } = facts
  const title = draft?.text.title ?? document.title
  const [families, organs] = await Promise.all([
    listFamilies(ctx.db, [document.organId]),
    listOrgans(ctx.db, { includeAbolished: true }),
  ])
  const organName = (id: string) => organs.find(organ => organ.id === id)?.name ?? ''
  return page({
    status,
    title,
    crumbs: [{ label: '公文办理', href: '/documents' }, { label: title }],
    body: (
      <>
        <PageHead
          title={title}
          note={`${states[document.state]} · ${kindOf(document.kind).label} · ${organName(document.organId)}${
            document.origin === 'received' ? ' · 已签发登记' : ''
          }`}
          actions={<Links facts={facts} ctx={ctx} />}
        />
        {incoming.query.done ? <Notice tone="success" title="已经办好，记在经过里。" /> : null}
        {failed?.errors[''] ? (
          <Notice tone="error" title="没有办成。">
            {failed.errors['']}
          </Notice>
        ) : null}
        {document.heldAt ? (
          <Notice tone="warning" title={`${momentInBeijing(document.heldAt)}已报请确定，等待答复。`} />
        ) : null}
        {facts.missing.length > 0 && draft && document.origin === 'drafted' ? (
          <Notice tone="info" title={`签发以前，还有 ${facts.missing.length} 项要在“规范性文件”里办：`}>
            <ul>
              {facts.missing.map(one => (
                <li key={one.message}>
                  {one.message}（{one.rule}）
                </li>
              ))}
            </ul>
            <a href={`/normative/${draft.publicId}`}>去办理</a>
          </Notice>
        ) : null}
        <ActForms
          document={document}
          draftRevision={draft?.revision ?? 0}
          offered={offered(ctx.actor, facts)}
          families={families.filter(family => !family.retiredAt)}
          organs={organs
            .filter(organ => !organ.abolishedOn && organ.id !== document.organId)
            .map(organ => ({ value: organ.id, label: organ.shortName }))}
          reviewKind={reviewOf(ctx.actor, facts)?.kind ?? 'legality'}
          coOrganIds={facts.coOrgans.map(one => one.organId)}
          failed={failed}
        />
        <Sheet title="公开属性和签发">
          <DefinitionList items={cardOf(facts, organName)} />
        </Sheet>
        <Materials ctx={ctx} facts={facts} />
        <Course facts={facts} />
      </>
    ),
  })
}

function Links({ ctx, facts }: { ctx: DeskContext; facts: Case }) {
  const { document, draft } = facts
  if (!draft) return null
  const item = `/publications/${draft.publicId}`
  return (
    <>
      {document.state === 'drafting' ? (
        <LinkButton tone="primary" href={`${item}/edit`}>
          写稿子
        </LinkButton>
      ) : null}
      <LinkButton href={item}>看稿子</LinkButton>
      <LinkButton href={`${item}/draft.pdf`}>送审稿 PDF</LinkButton>
      <LinkButton href={`/interpretation-plans/${draft.publicId}`}>解读方案</LinkButton>
      <LinkButton href={`/personal-data/${draft.editionId}`}>个人信息检查</LinkButton>
      {facts.missing.length > 0 || facts.reviews.length > 0 || document.kind === 'normative-document' ? (
        <LinkButton href={`/normative/${draft.publicId}`}>认定、征求意见、审核</LinkButton>
      ) : null}
      <span class="sr-only">{ctx.publicOrigin + addressOf(draft)}</span>
    </>
  )
}

function cardOf({ document, draft, coOrgans, interpretation }: Case, organName: (id: string) => string) {
  return [
    { term: '公开属性', value: document.openness ? opennesses[document.openness] : '还没有标明' },
    { term: '法律依据', value: document.opennessGround ? grounds[document.opennessGround] : null },
    { term: '理由', value: document.opennessReason || null },
    { term: '保密审查', value: document.secrecyOpinion },
    {
      term: '解读',
      value:
        interpretation?.exempt ??
        (document.interpretationFollows
          ? `随后解读：${document.interpretationFollows}`
          : interpretation?.plan
            ? `有方案${interpretation.plan.approvedAt ? '，已审定' : '，待审定'}，材料 ${interpretation.materials.length} 件`
            : '还没有方案'),
    },
    {
      term: '联合行文',
      value:
        coOrgans.map(one => `${organName(one.organId)}${one.coSignedBy ? '（已会签）' : ''}`).join('、') ||
        null,
    },
    { term: '文号', value: document.docNo },
    { term: '统一登记编号', value: String(draft?.text.fields.unifiedNo ?? '') || null },
    { term: '签发', value: document.signedBy && `${document.signedBy}，${document.signedOn}` },
    { term: '签发文字的摘要', value: document.sealedDigest, wide: true },
  ]
}

function Materials({ ctx, facts }: { ctx: DeskContext; facts: Case }) {
  const { document, draft, materials } = facts
  const mayChange = whyNot(ctx.actor, 'add-material', facts) === null
  return (
    <Sheet title="材料" count={materials.length}>
      {materials.length === 0 ? <p>还没有附材料。</p> : null}
      <ul>
        {materials.map(one => (
          <li key={one.id}>
            {materialTypes[one.type]}：
            {one.file ? (
              <a href={`/documents/${document.id}/materials/${one.id}`}>{one.title}</a>
            ) : (
              `${one.title}。${one.words}`
            )}
            {mayChange ? (
              <PostButton
                small
                tone="quiet"
                action={`/documents/${document.id}`}
                label="撤下"
                hidden={{
                  act: 'remove-material',
                  material: one.id,
                  revision: String(document.revision),
                  draftRevision: String(draft?.revision ?? 0),
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

const actLabel = (act: string) =>
  act === 'start' ? '起草' : act === 'receive' ? '登记已签发公文' : acts[act as keyof typeof acts].label

/** Each step with person, role, day and opinion; then what is still ahead. */
function Course({ facts: { document, steps, settings } }: { facts: Case }) {
  const chain = document.origin === 'received' ? [] : [...chainOf(document, settings), 'signed' as const]
  const here = chain.indexOf(document.state as (typeof chain)[number])
  const isOver = ['published', 'kept', 'withheld', 'discarded', 'signed'].includes(document.state)
  const ahead = isOver ? [] : chain.slice(here + 1)
  return (
    <Sheet title="经过">
      <Timeline
        steps={[
          ...[...steps].reverse().map(step => ({
            title: actLabel(step.act),
            at: momentInBeijing(step.actedAt),
            text: wordsOf(step),
            state: 'done' as const,
          })),
          { title: states[document.state], state: 'now' as const },
          ...ahead.map(state => ({ title: states[state], state: 'ahead' as const })),
        ]}
      />
    </Sheet>
  )
}

const wordsOf = (step: DocumentStep) =>
  [
    `${step.actor}（${step.actorRole}${step.deputyFor ? '，代理' : ''}）`,
    ...step.reasons.map(reason => returnReasons[reason]),
    step.opinion,
  ]
    .filter(Boolean)
    .join('；')
