import { describe, expect, it } from 'vitest'
import { type ActFacts, actNames, acts, actsAtHand, parties, partyNames, whyNot } from './acts.ts'
import { type State, states } from './request.ts'

const plain: ActFacts = {
  now: new Date('2026-11-24T02:00:00Z'),
  today: '2026-11-24',
  actorId: 'me',
  undoUntil: new Date('2026-11-24T02:05:00Z'),
  correctionAsked: false,
  correctionNoticeBy: '2026-11-30',
  correctionDue: '2026-11-20',
  reasonsDue: '2026-11-20',
  paymentDue: '2026-11-20',
  chargedOnce: false,
  dueOn: '2026-12-20',
  extended: false,
  extensionAsked: false,
  extensionAskedBy: null,
  openConsultations: 0,
  openTasks: 0,
  ownOpenTasks: 0,
  items: 1,
  decidedItems: 1,
  submittedBy: 'another',
  outcomesPending: 0,
}

describe('the table of acts (R-REQ-60)', () => {
  it('refuses whatever is not in it: role × state × act', () => {
    let allowed = 0
    for (const party of partyNames)
      for (const state of Object.keys(states) as State[])
        for (const act of actNames) {
          const rule = acts[act]
          const inTable = rule.by.includes(party) && rule.in.includes(state)
          const why = whyNot(act, [party], state, plain)
          if (!inTable) expect(why, `${parties[party]} ${state} ${act}`).toBeTruthy()
          if (why === null) allowed += 1
        }
    expect(allowed).toBeGreaterThan(60)
  })

  it('shows just what the party may do in the state, each refusal with its reason', () => {
    const shown = actsAtHand(['officer'], 'correcting', { ...plain, correctionDue: '2026-12-01' })
    expect(shown.map(one => one.act)).toEqual([
      'receive-correction',
      'lapse-correction',
      'cancel-task',
      'withdraw',
      'renew-code',
    ])
    expect(shown.find(one => one.act === 'lapse-correction')?.why).toBe(
      '补正的期限到2026年12月1日，还没有届满。',
    )
  })

  it('every state but the first is reached by an act, and only the last has no way on', () => {
    const reached = new Set(actNames.flatMap(act => acts[act].to ?? []))
    expect([...Object.keys(states)].filter(state => !reached.has(state as State))).toEqual(['submitted'])
    for (const state of Object.keys(states) as State[]) {
      const leads = actNames.some(
        act => acts[act].in.includes(state) && acts[act].to && acts[act].to !== state,
      )
      expect(leads, state).toBe(!['archived', 'taken-back'].includes(state))
    }
  })
})

describe('guards', () => {
  const head = ['head'] as const
  it.each([
    [
      'correction is asked once (R-REQ-12)',
      'ask-correction',
      'processing',
      { correctionAsked: true },
      '只能告知一次',
    ],
    [
      'correction is asked within seven working days (R-REQ-12)',
      'ask-correction',
      'processing',
      { correctionNoticeBy: '2026-11-23' },
      '7个工作日',
    ],
    [
      'a second extension is refused (R-REQ-23)',
      'grant-extension',
      'processing',
      { extended: true, extensionAsked: true },
      '只能延长一次',
    ],
    [
      'an extension after expiry is refused (R-REQ-23)',
      'grant-extension',
      'processing',
      { extensionAsked: true, dueOn: '2026-11-23' },
      '届满以后不能再延长',
    ],
    [
      'nobody grants what they asked for themselves',
      'grant-extension',
      'processing',
      { extensionAsked: true, extensionAskedBy: 'me' },
      '不能自己批准',
    ],
    [
      'no lapse before the period has ended (R-REQ-14)',
      'lapse-correction',
      'correcting',
      { correctionDue: '2026-11-24' },
      '还没有届满',
    ],
    [
      'no lapse before the period of payment has ended (R-FEE-07)',
      'lapse-payment',
      'charged',
      { paymentDue: '2026-11-24' },
      '还没有届满',
    ],
    ['one basis, one notice (R-FEE-02)', 'notify-fee', 'processing', { chargedOnce: true }, '已经通知过收费'],
    [
      'no reply while an opinion is awaited',
      'submit-reply',
      'processing',
      { openConsultations: 1 },
      '没有结束',
    ],
    ['no reply while an item is undecided', 'submit-reply', 'processing', { items: 2 }, '还有 1 个事项'],
    ['nobody signs what they sent up', 'sign', 'review', { submittedBy: 'me' }, '不能自己签发'],
  ] as const)('%s', (_, act, state, facts, words) => {
    expect(whyNot(act, head, state, { ...plain, ...facts })).toContain(words)
    const fulfilled = { 'grant-extension': { extensionAsked: true } }[act as string]
    expect(whyNot(act, head, state, { ...plain, ...fulfilled })).toBeNull()
  })

  it('an extension may be granted on the last day', () => {
    const facts = { ...plain, extensionAsked: true, dueOn: '2026-11-24' }
    expect(whyNot('grant-extension', head, 'processing', facts)).toBeNull()
  })

  it('a submission can be taken back within its ten minutes, later it is withdrawn (S-ACC-06)', () => {
    expect(whyNot('take-back', ['applicant'], 'submitted', plain)).toBeNull()
    const later = { ...plain, now: new Date('2026-11-24T02:05:00Z') }
    expect(whyNot('take-back', ['applicant'], 'submitted', later)).toContain('撤回')
    expect(whyNot('withdraw', ['applicant'], 'submitted', later)).toBeNull()
  })
})
