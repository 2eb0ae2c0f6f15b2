import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#lib/errors'
import { pointsOf } from '#modules/normative'
import type { Context, DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { actNames, acts, type DocumentAct } from './acts.ts'
import { type DocumentState, states } from './document.ts'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'
import { documents, documentsDesk } from './module.ts'
import type { Party } from './policy.ts'

let at: ProcedureHouse
const ids = new Map<DocumentState, string>()
const desk = deskVisit([
  ...(documents.deskRoutes ?? []),
  ...(documentsDesk(openStorage(tmpdir())).deskRoutes ?? []),
])
const withheld = { openness: 'withheld', opennessGround: 'INTERNAL', opennessReason: '内部工作流程' }
const onRequest = { openness: 'on-request', opennessReason: '只对特定对象有用' }

beforeAll(async () => {
  at = await makeProcedure()
  const normative = { kind: 'normative-document' }
  const joint = { coOrganIds: [at.house.at.government.id] }
  ids.set('drafting', await at.prepared())
  ids.set('openness-first', await at.until('openness-first', {}, withheld))
  ids.set('head-review', await at.until('head-review'))
  ids.set('opinions', await at.until('opinions', normative))
  ids.set('legality-review', await at.until('legality-review', normative))
  ids.set('secrecy-review', await at.until('secrecy-review'))
  ids.set('openness-review', await at.until('openness-review'))
  ids.set('office-check', await at.until('office-check'))
  ids.set('signature', await at.until('signature', {}, joint))
  ids.set('signed', await at.until('signed'))
  ids.set('kept', await at.until('kept', {}, onRequest))
  ids.set('withheld', await at.until('withheld', {}, withheld))
}, 120_000)
afterAll(() => at.leave())

/** Who tries, and as what by the rules of the house; written here, not asked of the code. */
const as: Record<string, readonly Party[]> = {
  drafter: ['drafter'],
  head: ['drafter', 'head'],
  legality: ['legality'],
  secrecy: ['secrecy'],
  openness: ['drafter', 'openness'],
  office: ['drafter', 'office'],
  signer: ['signer'],
  stranger: ['co-signer'],
  administrator: [],
}

/** A whole form for each act. */
const forms: Record<DocumentAct, Record<string, string | string[]>> = {
  prepare: { openness: 'proactive', opennessReason: '应当主动公开' },
  'add-material': { type: 'other', title: '材料', words: '内容' },
  submit: {},
  recall: {},
  discard: { opinion: '不再办理' },
  'agree-first': { opinion: '同意' },
  approve: { opinion: '同意' },
  'close-opinions': { opinion: '已征求' },
  'give-legality': {
    legality: 'legal',
    opinion: '经审核，合法。',
    ...Object.fromEntries(Object.keys(pointsOf('legality')).map(name => [`held-${name}`, 'yes'])),
  },
  'close-reviews': {},
  'clear-secrecy': { opinion: '不涉密', secrecyChecked: 'yes' },
  hold: { opinion: '报请确定' },
  'confirm-openness': { openness: 'proactive', opennessReason: '应当主动公开', opinion: '同意' },
  check: { opinion: '同意' },
  return: { reasons: ['content'], opinion: '请修改' },
  'co-sign': { opinion: '同意' },
  sign: { opinion: '同意', docNo: '云水〔2026〕999号', effectiveFrom: '2026-12-01' },
  'say-follows': { opinion: '材料正在制作' },
  'give-secrecy': { opinion: '不涉密', secrecyChecked: 'yes' },
  publish: {},
  reassess: { outcome: 'still', opinion: '情形没有变化' },
}

/** What the table leaves to a guard. */
const guarded: Record<string, string> = {
  'give-secrecy signed secrecy': 'documents.no-secrecy-opinion',
  'sign signature signer': 'documents.others-co-signed',
  'close-reviews legality-review drafter': 'documents.opinions-given',
  'close-reviews legality-review head': 'documents.opinions-given',
  'close-reviews legality-review openness': 'documents.opinions-given',
  'close-reviews legality-review office': 'documents.opinions-given',
  'close-reviews legality-review legality': 'documents.opinions-given',
  'add-material signed office': 'documents.unsigned-or-came-signed',
  'add-material signed openness': 'documents.unsigned-or-came-signed',
}

/** Somebody has acted on these since they were handed in: nobody takes them back any more. */
const actedOn = ['opinions', 'secrecy-review']
const isGuarded = (act: DocumentAct, state: DocumentState, name: string) =>
  guarded[`${act} ${state} ${name}`] !== undefined || (act === 'recall' && actedOn.includes(state))

function staff({ actor, ...ctx }: Context): DeskContext {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor, publicOrigin: '' }
}

class TakenBack extends Error {}

/** Through the page, as a browser posts it; taken back afterwards. @returns done, the code of the refusal, or what the page says. */
async function attempt(act: DocumentAct, state: DocumentState, ctx: Context): Promise<string> {
  const id = ids.get(state) ?? ''
  const seen = await at.seen(id)
  let said = 'done'
  await at.db
    .transaction()
    .execute(async db => {
      try {
        const reply = await desk.ask(
          { ...staff(ctx), db },
          'POST',
          '/documents/:id',
          { id },
          {
            form: {
              ...forms[act],
              act,
              revision: String(seen.revision),
              draftRevision: String(seen.draftRevision),
            },
          },
        )
        if (reply.kind !== 'redirect') said = `refused ${reply.kind === 'page' ? reply.status : ''}`
      } catch (error) {
        said = error instanceof Refused ? error.code : `no door: ${error}`
      }
      throw new TakenBack()
    })
    .catch(error => {
      if (!(error instanceof TakenBack)) throw error
    })
  return said
}

describe('role × state × act, through the page and its act', () => {
  it.each(actNames)('%s is done where the table says so, and refused elsewhere', async act => {
    const wrong: string[] = []
    for (const [state] of ids)
      for (const [name, parties] of Object.entries(as)) {
        const person = at.people[name as keyof typeof at.people]
        const isOpen = (acts[act].at[state] ?? []).some(party =>
          party === 'co-signer' ? name === 'stranger' && state === 'signature' : parties.includes(party),
        )
        const said = await attempt(act, state, person)
        if ((said === 'done') !== (isOpen && !isGuarded(act, state, name)))
          wrong.push(`${act} ${states[state]} ${name}: ${said}`)
      }
    expect(wrong).toEqual([])
  })

  it('the screen offers exactly what is allowed, and says of the rest why not', async () => {
    const wrong: string[] = []
    for (const [state, id] of ids)
      for (const [name, parties] of Object.entries(as)) {
        const ctx = staff(at.people[name as keyof typeof at.people])
        const shown = await desk.show(ctx, 'GET', '/documents/:id', { id }).then(
          one => one.html,
          () => '',
        )
        for (const act of actNames) {
          const isOpen = (acts[act].at[state] ?? []).some(party =>
            party === 'co-signer' ? name === 'stranger' && state === 'signature' : parties.includes(party),
          )
          const offered = shown.includes(`name="act" value="${act}"`)
          if (offered !== (isOpen && !isGuarded(act, state, name)))
            wrong.push(`${act} ${states[state]} ${name}: ${offered}`)
        }
      }
    expect(wrong).toEqual([])
  })
})
