import type { z } from 'zod'
import { readForm } from '#lib/forms'
import { dutiesAbout } from '#modules/duties'
import { listSites } from '#modules/organisations'
import { addressOf } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { LinkButton } from '#ui/forms'
import { askReview, askReviewInput } from '../actions/ask-review.ts'
import {
  decideDefinition,
  decideDefinitionInput,
  determineDocument,
  determineInput,
} from '../actions/determine-document.ts'
import { documentNamed } from '../actions/document-named.ts'
import { fileDocument, filingInput } from '../actions/file-document.ts'
import { takeBackInput, takeBackReview } from '../actions/give-opinion.ts'
import { consultationInput, recordConsultation } from '../actions/record-consultation.ts'
import { registerDocument, registerInput } from '../actions/register-document.ts'
import { renewalInput, renewDocument } from '../actions/renew-document.ts'
import { factsOf, missingIn } from '../missing.ts'
import {
  mayDecideDefinition,
  mayFile,
  mayPrepare,
  mayReadNormative,
  mayRegister,
  mayRenew,
} from '../policy.ts'
import { listRegister } from '../register-queries.ts'
import { filingsOf, registrationsOf, renewalsOf } from '../registration-queries.ts'
import { governmentOf, reviewersOf } from '../settings-queries.ts'
import { checkTerm } from '../terms.ts'
import { ConsultationSheet, DefinitionSheet } from './definition-sheet.tsx'
import { asFault, type Fault, noFault, publicBase } from './load-document.ts'
import { FilingSheet, RegistrationSheet, RenewalSheet } from './register-sheets.tsx'
import { ReviewsSheet } from './reviews-sheet.tsx'

const may: DeskRoute['may'] = actor => mayReadNormative(actor)

/** A form of the page: what it posts, what it does, and what is said afterwards. */
function form<Shape extends z.ZodType>(
  name: string,
  mayPost: DeskRoute['may'],
  schema: Shape,
  run: (ctx: DeskContext, input: z.output<Shape>) => Promise<unknown>,
): DeskRoute {
  return {
    method: 'POST',
    path: `/normative/:id/${name}`,
    may: mayPost,
    async handle(ctx, incoming) {
      const document = await documentNamed(ctx, { publicId: incoming.params.id ?? '' })
      const read = readForm(schema, { ...incoming.form, publicationId: document.publicationId })
      if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422, form: name })
      try {
        await run(ctx, read.value)
      } catch (error) {
        return show(ctx, incoming, asFault(error, name))
      }
      return seeOther(`/normative/${document.publicId}?done=${name}`)
    },
  }
}

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/normative/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  form('determine', actor => mayPrepare(actor), determineInput, determineDocument),
  form('decide', actor => mayPrepare(actor), decideDefinitionInput, decideDefinition),
  form('consultation', actor => mayPrepare(actor), consultationInput, recordConsultation),
  form('reviews', actor => mayPrepare(actor), askReviewInput, askReview),
  form('take-back', actor => mayPrepare(actor), takeBackInput, takeBackReview),
  form('register', actor => mayRegister(actor), registerInput, registerDocument),
  form('filing', actor => mayFile(actor), filingInput, fileDocument),
  form('renewal', actor => mayRenew(actor), renewalInput, renewDocument),
]

const done: Record<string, string> = {
  determine: '认定已记录。',
  decide: '决定已记录。',
  consultation: '征求意见的情况已登记。',
  reviews: '已送审，审核单位的时限开始计算。',
  'take-back': '已取回。修改以后请重新送审。',
  register: '已登记编号。',
  filing: '备案已登记。',
  renewal: '评估结论已登记。继续有效的，更正稿已经写好，请送审公布。',
}

/** Everything about one document: what it lacks, what was found and decided, its number, filing and term. */
async function show(ctx: DeskContext, incoming: Incoming, fault: Fault = noFault): Promise<Reply> {
  const { db } = ctx
  const { publicationId } = await documentNamed(ctx, { publicId: incoming.params.id ?? '' })
  const facts = await factsOf(ctx, publicationId)
  const { document, settings } = facts
  const [registrations, filings, renewals, government, duties, sites, listed] = await Promise.all([
    registrationsOf(db, publicationId),
    filingsOf(db, publicationId),
    renewalsOf(db, publicationId),
    governmentOf(db, document.organId),
    dutiesAbout(db, { siteId: document.siteId, kind: 'publication', id: publicationId }),
    listSites(db),
    listRegister(db, ctx.clock.now(), ctx.clock.today(), { ids: [publicationId] }, { page: 1, pageSize: 1 }),
  ])
  const reviewers = await reviewersOf(db, government)
  const site = sites.find(one => one.id === document.siteId)
  const missing = document.isDraft ? missingIn(facts) : []
  const term = checkTerm(document, settings)
  const isPublic = !document.isDraft && document.firstPublicAt !== null
  const shared = { incoming, fault, action: (name: string) => `/normative/${document.publicId}/${name}` }
  const due = (rule: string) =>
    duties.find(duty => duty.rule === rule && !duty.metAt && !duty.waivedAt)?.dueOn
  return page({
    title: document.title,
    status: fault.status,
    crumbs: [{ label: '规范性文件', href: '/normative' }, { label: document.title }],
    body: (
      <>
        <PageHead
          title={document.title}
          note={document.kind === 'policy' ? '政策文件' : '行政规范性文件'}
          actions={
            <>
              <LinkButton href={`/publications/${document.publicId}`}>稿子和版本</LinkButton>
              {isPublic && site ? (
                <LinkButton href={publicBase(ctx, site) + addressOf(document)}>看公开页面</LinkButton>
              ) : null}
            </>
          }
        />
        {done[queryText(incoming, 'done') ?? ''] ? (
          <Notice tone="success" title={done[queryText(incoming, 'done') ?? ''] ?? ''} />
        ) : null}
        {fault.errors[''] ? <Notice tone="error" title={fault.errors['']} /> : null}
        {missing.length > 0 ? (
          <Notice tone="warning" title={`提交讨论、签发以前，还有 ${missing.length} 项要办：`}>
            <ul>
              {missing.map(one => (
                <li key={one.message}>
                  {one.message}（{one.rule}）
                </li>
              ))}
            </ul>
          </Notice>
        ) : document.isDraft && facts.determination ? (
          <Notice tone="success" title="认定、征求意见、审核和有效期都齐了。" />
        ) : null}
        <Sheet title="情况">
          <DefinitionList
            items={[
              { term: '文号', value: document.docNo },
              { term: '统一编号', value: registrations[0]?.number ?? document.unifiedNo },
              { term: '制定机关', value: document.issuers.join('、') || null },
              { term: '成文日期', value: document.signedOn },
              { term: '施行日期', value: document.effectiveFrom },
              { term: '有效期至', value: document.validUntil ?? '没有写明' },
              {
                term: '有效期的要求',
                value: document.isDraft && term.longest ? `最长 ${term.years} 年，到 ${term.longest}` : null,
              },
            ]}
          />
        </Sheet>
        {document.isDraft ? (
          <>
            <DefinitionSheet
              facts={facts}
              may={mayPrepare(ctx.actor, document.organId)}
              mayDecide={mayDecideDefinition(ctx.actor, [
                document.organId,
                ...(reviewers.legality ? [reviewers.legality] : []),
              ])}
              {...shared}
            />
            <ConsultationSheet facts={facts} may={mayPrepare(ctx.actor, document.organId)} {...shared} />
          </>
        ) : null}
        <ReviewsSheet
          facts={facts}
          may={document.isDraft && mayPrepare(ctx.actor, document.organId)}
          {...shared}
        />
        <RegistrationSheet
          document={document}
          registrations={registrations}
          may={mayRegister(ctx.actor, government.id)}
          {...shared}
        />
        {isPublic && document.kind === 'normative-document' ? (
          <>
            <FilingSheet
              filings={filings}
              filedTo={settings.filedTo}
              dueOn={due('R-NOR-12')}
              may={mayFile(ctx.actor, document.organId)}
              {...shared}
            />
            <RenewalSheet
              document={document}
              renewals={renewals}
              settings={settings}
              validity={listed.rows[0]?.validity}
              today={ctx.clock.today()}
              may={mayRenew(ctx.actor, document.organId)}
              {...shared}
            />
          </>
        ) : null}
      </>
    ),
  })
}
