import { describe, expect, it } from 'vitest'
import { chargeByPieces } from '../fees.ts'
import { type Ground, groundNames, grounds, type ReplyKind, replyKindNames, ruleOf } from '../reply-kinds.ts'
import { composeLetter, type LetterContents, type LetterFacts } from './compose-letter.ts'
import type { AnsweredItem } from './conclusion.ts'
import { type LetterKind, letterKindNames, letterKinds } from './letter.ts'

const facts: LetterFacts = {
  requestNumber: '20250922-001',
  applicant: '林某',
  submittedOn: '2025-09-21',
  receivedOn: '2025-09-22',
  asked: '2024年农村公路养护资金拨付明细',
  contact: '云溪县交通运输局政务公开办，0990-5550123',
  bodies: { reconsideration: '云溪县人民政府', court: '云溪县人民法院', online: null },
  electronic: false,
}

const item = (kind: ReplyKind, more: Partial<AnsweredItem> = {}): AnsweredItem => ({
  asked: '2024年农村公路养护资金拨付明细',
  kind,
  ground: null,
  reason: '经办科室核对了当年的台账',
  channel: null,
  availableOn: null,
  withheldPart: null,
  search: null,
  rightOrgan: null,
  former: null,
  ...more,
})

const whole = (one: AnsweredItem) => composeLetter('reply', facts, { items: [one] })

/** Every reply kind with every ground that it can have. */
const everyReply = replyKindNames.flatMap((kind): { kind: ReplyKind; ground: Ground | null }[] =>
  ruleOf(kind).needs.includes('ground')
    ? groundNames.map(ground => ({ kind, ground }))
    : [{ kind, ground: null }],
)

describe('the reply, for every kind and ground (R-REQ-48, R-REM)', () => {
  it.each(everyReply)('$kind $ground: fact, article, reason and the right remedy', ({ kind, ground }) => {
    const letter = whole(item(kind, { ground, channel: '附件一', withheldPart: '第三页的账号' }))
    const text = letter.paragraphs.join('\n')
    const { article, remedy } = ruleOf(kind)
    expect(text).toContain('2025年9月22日收到')
    expect(text).toContain('20250922-001')
    expect(text).toContain('理由：经办科室核对了当年的台账。')
    if (article !== '—') expect(text).toContain(article.replace('条例', ''))
    if (ground) expect(text).toContain(`${grounds[ground].label}的情形（${grounds[ground].article}）`)
    // R-REM-03 and 05: what is withheld goes to reconsideration first; R-REM-04: else the applicant chooses
    if (remedy === 'reconsideration-first') {
      expect(letter.remedy).toContain('应当自收到本答复书之日起60日内先向云溪县人民政府申请行政复议')
      expect(letter.remedy).toContain('之日起15日内向云溪县人民法院提起行政诉讼')
      expect(letter.remedy).not.toContain('6个月')
    } else if (remedy === 'choice') {
      expect(letter.remedy).toContain(
        '可以自收到本答复书之日起60日内向云溪县人民政府申请行政复议，或者6个月内',
      )
      expect(letter.remedy).not.toContain('先向')
    } else expect(letter.remedy).toBeNull()
  })

  it('withholding goes under no kind that leaves the choice, and the other way round (R-REM-03, 04)', () => {
    const first = replyKindNames.filter(kind => ruleOf(kind).remedy === 'reconsideration-first')
    expect(first).toEqual(['partial', 'refuse'])
  })

  it('of several items numbers them, and one that is withheld makes reconsideration come first (R-REM-05)', () => {
    const letter = composeLetter('reply', facts, {
      items: [item('provide', { channel: '附件一' }), item('refuse', { ground: 'third-party' })],
    })
    expect(letter.paragraphs.slice(2).map(line => line.slice(0, 2))).toEqual(['1.', '2.'])
    expect(letter.remedy).toContain('先向')
  })

  it('says what it knows of the search, the right organ, the former request and the time, and nothing where it knows nothing', () => {
    const search = { where: '本局档案室和公文系统', words: '养护资金 2024', by: '档案室', on: '2025-09-25' }
    expect(whole(item('not-exist', { search })).paragraphs[1]).toContain(
      '2025年9月25日由档案室在本局档案室和公文系统以“养护资金 2024”检索',
    )
    const rightOrgan = { name: '云溪县财政局', contact: '0990-5550110' }
    expect(whole(item('not-ours', { rightOrgan })).paragraphs[1]).toContain(
      '请向云溪县财政局申请，联系方式：0990-5550110',
    )
    expect(whole(item('not-ours')).paragraphs[1]).toContain('不能确定')
    const former = { number: '20250301-002', answeredOn: '2025-03-20' }
    expect(whole(item('repeat', { former })).paragraphs[1]).toContain('20250301-002，答复日期为2025年3月20日')
    expect(whole(item('provide', { availableOn: '2025-10-10' })).paragraphs[1]).toContain(
      '提供时间：2025年10月10日',
    )
    for (const kind of replyKindNames)
      expect(whole(item(kind)).paragraphs.join('')).not.toMatch(/undefined|null|NaN|：。|。。/)
  })

  it('served on line names the way to review on line (R-LET-33)', () => {
    const electronic = { ...facts, electronic: true }
    const items = [item('needs-making')]
    expect(composeLetter('reply', electronic, { items }).remedy).toContain('互联网渠道')
    const bodies = { ...facts.bodies, online: 'https://fuyi.yunxi.example' }
    expect(composeLetter('reply', { ...electronic, bodies }, { items }).remedy).toContain(
      'https://fuyi.yunxi.example',
    )
    expect(composeLetter('reply', facts, { items }).remedy).not.toContain('网')
  })
})

const contents: LetterContents = {
  receipt: { dueOn: '2025-10-28', isProvisional: true, reckoning: '自2025年9月22日的次日起20个工作日。' },
  'correction-notice': { missing: ['身份证明', '要获取的是哪一年的明细'], within: 15 },
  'reasons-notice': { facts: '本月以来您已提交申请 46 件。', within: 15 },
  'extension-notice': { reason: '需要调取的档案较多', formerDueOn: '2025-10-24', dueOn: '2025-11-21' },
  'third-party-consultation': { recipient: '云溪县某养护公司', content: '合同单价', within: 15 },
  'consultation-told': { whom: '第三方', sentOn: '2025-09-25' },
  'third-party-told': { recipient: '云溪县某养护公司', content: '合同总价', reasons: '涉及财政资金使用' },
  'co-maker-consultation': { recipient: '云溪县财政局', content: '联合印发的通知', within: 15 },
  'assistance-letter': { recipient: '云溪县公路站', task: '提供拨付台账', until: '2025-09-30' },
  'fee-notice': { charge: chargeByPieces(10, 25), howToPay: '到县政务服务中心非税窗口缴纳', within: 20 },
  reply: { items: [item('provide', { channel: '附件一' })] },
  'record-correction': { result: 'corrected', reason: '登记的出生日期有误' },
}

const composed = <Kind extends LetterKind>(kind: Kind) => composeLetter(kind, facts, contents[kind])

describe('every letter of R-LET §5.2', () => {
  it.each(letterKindNames)('%s: to whom, which case, and a remedy only where the table has one', kind => {
    const letter = composed(kind)
    const text = letter.paragraphs.join('\n')
    expect(text).toContain('20250922-001')
    expect(letter.recipient).toBe('recipient' in contents[kind] ? contents[kind].recipient : '林某')
    expect(letter.remedy !== null).toBe(letterKinds[kind].remedy)
    expect(text).not.toMatch(/undefined|null|NaN|。。|：。/)
  })

  it('tells everything to correct at once, the period and what follows from silence (R-LET-12, R-REQ-12, 14)', () => {
    const text = composed('correction-notice').paragraphs.join('\n')
    for (const said of ['1.身份证明', '2.要获取的是哪一年的明细', '15个工作日', '视为放弃申请'])
      expect(text).toContain(said)
  })

  it('says the opposite of silence to a third party and to a co-maker (R-REQ-19, 20)', () => {
    expect(composed('third-party-consultation').paragraphs.join('')).toContain(
      '由本机关依照条例的规定决定是否公开',
    )
    expect(composed('co-maker-consultation').paragraphs.join('')).toContain('视为同意公开')
  })

  it('states basis, standard, sum and way of payment of the fee (R-FEE-06, 07)', () => {
    const text = composed('fee-notice').paragraphs.join('\n')
    for (const said of ['109号', '第 11 至 30 件，100 元/件', '共计 3000 元', '20个工作日', '非税窗口'])
      expect(text).toContain(said)
  })

  it('names both days of an extension (R-REQ-23)', () => {
    const text = composed('extension-notice').paragraphs.join('\n')
    expect(text).toContain('2025年10月24日')
    expect(text).toContain('2025年11月21日')
  })

  it('says of a receipt before confirmation that the clock has not begun (R-REQ-09)', () => {
    const text = composeLetter(
      'receipt',
      { ...facts, receivedOn: null },
      { dueOn: null, isProvisional: false, reckoning: '' },
    ).paragraphs.join('\n')
    expect(text).toContain('自双方确认收到申请之日起计算')
    expect(text).not.toContain('收到您的')
  })
})
