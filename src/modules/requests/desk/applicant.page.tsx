import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { mayHandleRequest } from '../policy.ts'
import { listApplicants, listWords } from '../queries.ts'
import { applicantKinds, idKinds, titleOf } from '../request.ts'
import { unseal } from '../secrets.ts'
import { loadCase } from './load-case.ts'

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/requests/:id/applicant',
    may: actor => mayHandleRequest(actor),
    handle: showApplicant,
  },
]

/** Who asks: a page of its own, and each look at it is on the trail (S-SEC-09). */
async function showApplicant(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { request } = await loadCase(ctx, incoming)
  if (!mayHandleRequest(ctx.actor, request.organId))
    throw notFound('requests.unknown', '没有这件申请。请从列表重新选择。')
  await recordAct(ctx.db, ctx, {
    act: 'requests.read-applicant',
    sentence: '查看申请人的身份和联系方式',
    object: { kind: 'request', id: request.id, label: titleOf(request) },
    personalData: true,
  })
  const applicants = await Promise.all(
    (await listApplicants(ctx.db, request.id)).map(async one => ({
      ...one,
      idNumber: one.idSealed ? await unseal(one.idSealed, one.id) : '',
    })),
  )
  const words = await listWords(ctx.db, request.id)
  return page({
    title: `申请人：${request.number}`,
    headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
    crumbs: [
      { label: '依申请公开', href: '/requests' },
      { label: request.number, href: `/requests/${request.id}` },
      { label: '申请人' },
    ],
    body: (
      <>
        <PageHead title="申请人" note="个人信息，只用来办理这件申请；查看已经记入审计。" />
        {applicants.map(one => (
          <Sheet key={one.id} title={one.role === 'agent' ? '代理人' : '申请人'}>
            <DefinitionList
              items={[
                { term: '姓名或者名称', value: one.name },
                { term: '类别', value: applicantKinds[one.kind] },
                {
                  term:
                    one.idKind === 'uscc' ? '统一社会信用代码' : (idKinds[one.idKind as 'other'] ?? '证件'),
                  value: one.idNumber === null ? '密钥不对，不能读取' : one.idNumber || '没有提供',
                },
                { term: '法定代表人或者负责人', value: one.representative || null },
                { term: '联系人', value: one.contact || null },
                { term: '电话', value: one.phone || null },
                { term: '电子邮箱', value: one.email || null },
                { term: '地址', value: [one.postcode, one.address].filter(Boolean).join(' ') || null },
              ]}
            />
          </Sheet>
        ))}
        {words.map(one => (
          <Sheet
            key={one.id}
            title={`${wordsAbout[one.about] ?? '来信'}（${inChinese(dateInBeijing(one.writtenAt))}）`}
          >
            <p>{one.words}</p>
          </Sheet>
        ))}
      </>
    ),
  })
}

const wordsAbout: Record<string, string> = { correction: '补正', reasons: '理由', withdrawal: '撤回的说明' }
