import { describe, expect, it } from 'vitest'
import { recogniseDocument } from './recognise.ts'
import type { Recognised } from './recognised.ts'

const recognise = (text: string): Recognised => {
  const [found] = recogniseDocument('甲.txt', { form: 'text', format: 'text', text, doubts: [] })
  if (!found) throw new Error('nothing recognised')
  return found
}
const TITLE = '关于加强校车管理的通知'
const BODY = '各学校：\n现将校车管理有关事项通知如下，请认真执行。\n'
const INK = '云溪县教育局\n'

const texts: [what: string, text: string, expected: Partial<Recognised>][] = [
  [
    'a joint masthead',
    `云溪县财政局\n云溪县教育局\n文件\n云财〔2024〕3号\n${TITLE}\n${BODY}2024年3月1日`,
    {
      title: TITLE,
      docNo: '云财〔2024〕3号',
      issuers: ['云溪县财政局', '云溪县教育局'],
      signedOn: '2024-03-01',
    },
  ],
  [
    'a joint masthead on one line',
    `云溪县财政局 云溪县教育局文件\n云财〔2024〕3号\n${TITLE}\n${BODY}2024年3月1日`,
    { title: TITLE, issuers: ['云溪县财政局', '云溪县教育局'] },
  ],
  [
    'a masthead of three, 文件 on the last',
    `云溪县财政局\n云溪县教育局\n云溪县民政局文件\n云财〔2024〕3号\n${TITLE}\n${BODY}2024年3月1日`,
    { title: TITLE, issuers: ['云溪县财政局', '云溪县教育局', '云溪县民政局'] },
  ],
  [
    'signed side by side',
    `${TITLE}\n${BODY}云溪县财政局          云溪县教育局\n2024年3月1日`,
    { issuers: ['云溪县财政局', '云溪县教育局'], signedOn: '2024-03-01' },
  ],
  [
    'signed side by side, days too',
    `${TITLE}\n${BODY}云溪县财政局          云溪县教育局\n2024年3月1日      2024年3月1日`,
    { issuers: ['云溪县财政局', '云溪县教育局'], signedOn: '2024-03-01' },
  ],
  [
    'signed below each other',
    `${TITLE}\n${BODY}云溪县财政局\n云溪县教育局\n云溪县民政局\n2024年3月1日`,
    { issuers: ['云溪县财政局', '云溪县教育局', '云溪县民政局'], signedOn: '2024-03-01' },
  ],
  [
    'a seal in words',
    `${TITLE}\n${BODY}云溪县教育局（印）\n2024年3月1日`,
    { issuer: '云溪县教育局', signedOn: '2024-03-01' },
  ],
  [
    'a seal in words (2)',
    `${TITLE}\n${BODY}云溪县教育局（盖章）\n2024年3月1日\n（此件公开发布）`,
    { issuer: '云溪县教育局', signedOn: '2024-03-01' },
  ],
  [
    'a note behind the day',
    `${TITLE}\n${BODY}${INK}2024年3月1日\n（此件主动公开）`,
    { issuer: '云溪县教育局', signedOn: '2024-03-01' },
  ],
  [
    'no text on this page',
    `${TITLE}\n${BODY}（此页无正文）\n${INK}2024年3月1日`,
    { issuer: '云溪县教育局', signedOn: '2024-03-01' },
  ],
  ['chinese figures', `${TITLE}\n${BODY}${INK}二〇二三年八月二十一日`, { signedOn: '2023-08-21' }],
  ['chinese figures with a circle', `${TITLE}\n${BODY}${INK}二○○八年九月三十日`, { signedOn: '2008-09-30' }],
  ['full-width figures', `${TITLE}\n${BODY}${INK}２０２３年８月２１日`, { signedOn: '2023-08-21' }],
  ['dots', `${TITLE}\n${BODY}${INK}2023.8.21`, { issuer: '云溪县教育局', signedOn: '2023-08-21' }],
  ['strokes', `${TITLE}\n${BODY}${INK}2023-08-21`, { issuer: '云溪县教育局', signedOn: '2023-08-21' }],
  [
    'a day broken in two',
    `${TITLE}\n${BODY}${INK}2023年8月\n21日`,
    { issuer: '云溪县教育局', signedOn: '2023-08-21' },
  ],
  ['blanks in the day', `${TITLE}\n${BODY}${INK}2023 年 8 月 21 日`, { signedOn: '2023-08-21' }],
  ['the day above the organ', `${TITLE}\n${BODY}2023年8月21日\n${INK}`, { signedOn: '2023-08-21' }],
  [
    'no organ under the text',
    `云溪县教育局${TITLE}\n${BODY}二〇二三年八月二十一日`,
    { issuer: '云溪县教育局', signedOn: '2023-08-21' },
  ],
  [
    'the day of printing',
    `${TITLE}\n${BODY}${INK}2024年3月1日\n抄送：县委办公室，县人大常委会办公室。\n云溪县教育局办公室          2024年3月5日印发`,
    { issuer: '云溪县教育局', signedOn: '2024-03-01' },
  ],
  [
    'only the day of printing',
    `${TITLE}\n${BODY}抄送：县委办公室。\n云溪县教育局办公室          2024年3月5日印发`,
    { signedOn: null },
  ],
  [
    'labels on one line',
    `索引号：9900/2024-1 主题分类：综合政务 发文机关：云溪县教育局 成文日期：2024年3月1日 标题：${TITLE} 发文字号：云教〔2024〕9号 发布日期：2024-03-05\n${TITLE}\n${BODY}`,
    {
      title: TITLE,
      indexNo: '9900/2024-1',
      theme: '综合政务',
      issuer: '云溪县教育局',
      signedOn: '2024-03-01',
      docNo: '云教〔2024〕9号',
      publishedOn: '2024-03-05',
    },
  ],
  [
    'labels in a table of bars',
    `索引号: | 9900/2024-1 | 主题分类: | 综合政务 |\n发文机构: | 云溪县教育局 | 发文文号: | 云教〔2024〕9号 |\n发文日期: | 2024年03月01日 | 发布日期: | 2024-03-05 15:30 |\n公文时效: | 有效 | 发布机构: | 县教育局 |\n${BODY}`,
    {
      indexNo: '9900/2024-1',
      issuer: '云溪县教育局',
      docNo: '云教〔2024〕9号',
      signedOn: '2024-03-01',
      publishedOn: '2024-03-05',
      publishedAtPrinted: '2024-03-05 15:30',
    },
  ],
  [
    'labels and values by turns',
    `标题\n${TITLE}\n发文机关\n云溪县教育局\n发文字号\n云教〔2024〕9号\n索引号\n9900/2024-1\n成文日期\n2024-03-01\n发文日期\n2024-03-01\n主题分类\n综合政务\n有效性\n有效\n${TITLE}\n云教〔2024〕9号\n${BODY}`,
    {
      title: TITLE,
      docNo: '云教〔2024〕9号',
      indexNo: '9900/2024-1',
      issuer: '云溪县教育局',
      signedOn: '2024-03-01',
    },
  ],
  [
    'the line under the title',
    `${TITLE}\n发布时间：2021-05-14 09:32 来源：云溪县教育局 浏览次数：12\n${BODY}${INK}2021年5月12日`,
    {
      title: TITLE,
      publishedOn: '2021-05-14',
      publishedAtPrinted: '2021-05-14 09:32',
      source: '云溪县教育局',
      signedOn: '2021-05-12',
    },
  ],
  [
    'the line under the title, otherwise',
    `${TITLE}\n2021-05-14 09:32 来源：云溪县教育局 【字体：大 中 小】\n${BODY}${INK}2021年5月12日`,
    { title: TITLE, publishedOn: '2021-05-14', source: '云溪县教育局' },
  ],
  [
    '时间 and 来源',
    `${TITLE}\n时间：2021年05月14日　来源：云溪县教育局　点击：3\n${BODY}${INK}2021年5月12日`,
    { title: TITLE, publishedOn: '2021-05-14' },
  ],
  [
    'an order by numerals',
    `云溪县人民政府令\n第十二号\n《云溪县公园办法》已经县政府审议通过，现予公布，自2024年4月1日起施行。\n县长　张某某\n2024年3月1日`,
    { docNo: '云溪县人民政府令第12号', effectiveFrom: '2024-04-01' },
  ],
  [
    'an announcement of a year',
    `云溪县交通运输局公告\n2024年第5号\n根据有关规定，现将事项公告如下：请遵守。\n云溪县交通运输局\n2024年3月1日`,
    { docNo: '云溪县交通运输局公告2024年第5号', issuer: '云溪县交通运输局' },
  ],
  [
    'a number misread',
    `${TITLE}\n云教〔2O24〕9号\n${BODY}${INK}2024年3月1日`,
    { docNo: '云教〔2024〕9号', docNoPrinted: '云教〔2O24〕9号' },
  ],
  [
    'a number with blanks',
    `${TITLE}\n云 教 〔 2024 〕 9 号\n${BODY}${INK}2024年3月1日`,
    { docNo: '云教〔2024〕9号' },
  ],
  [
    'minutes with a number without code',
    '云溪县人民政府常务会议纪要\n〔2024〕3号\n会议议定事项如下，请有关单位落实。\n一、同意设立公园。',
    { title: '云溪县人民政府常务会议纪要', docNo: null, docNoPrinted: '〔2024〕3号' },
  ],
  [
    'the party’s and the government’s office',
    '中共云溪县委办公室 云溪县人民政府办公室\n关于印发《云溪县校车办法》的通知\n云委办发〔2024〕5号\n各乡镇党委、人民政府：\n现印发给你们。\n中共云溪县委办公室\n云溪县人民政府办公室\n2024年3月1日',
    { issuers: ['中共云溪县委办公室', '云溪县人民政府办公室'], docNo: '云委办发〔2024〕5号' },
  ],
  [
    'values and labels run together',
    '标题\n关于加强校车管理的通知发文机关\n云溪县教育局\n发文字号\n云教〔2024〕9号\n索引号\n9900/2024-1\n成文日期\n2024-03-01\n各学校：\n请认真执行。',
    { title: TITLE, issuer: '云溪县教育局', docNo: '云教〔2024〕9号', signedOn: '2024-03-01' },
  ],
  [
    'bullets before the day',
    `${TITLE}\n• 2021-05-14 09:32\n• 来源:云溪县教育局\n• 分享到:\n${BODY}${INK}2021年5月12日`,
    { title: TITLE, publishedOn: '2021-05-14', source: '云溪县教育局' },
  ],
  ['a number without its code', `${TITLE}\n〔2024〕第9号\n${BODY}${INK}2024年3月1日`, { docNo: null }],
  [
    'a number with a registration below',
    `${TITLE}\n云教规〔2024〕9号\nYXFGS-2024-3\n${BODY}${INK}2024年3月1日`,
    { docNo: '云教规〔2024〕9号', title: TITLE },
  ],
]

const inForce: [what: string, sentence: string, from: string | null, until: string | null][] = [
  ['a day', '本办法自2024年4月1日起施行。', '2024-04-01', null],
  ['five years in words', '本办法自2024年4月1日起施行，有效期五年。', '2024-04-01', '2029-03-31'],
  ['five years', '本办法自2024年4月1日起施行，有效期为5年。', '2024-04-01', '2029-03-31'],
  ['from signing, three years', '本通知自印发之日起施行，有效期3年。', '2024-03-01', '2027-02-28'],
  ['from publishing, three years', '本通知自发布之日起施行，有效期3年。', '2024-03-01', '2027-02-28'],
  ['until a day', '本办法自2024年4月1日起施行，有效期至2026年12月31日。', '2024-04-01', '2026-12-31'],
  ['from … to …', '本方案有效期自2024年4月1日至2026年12月31日。', '2024-04-01', '2026-12-31'],
  ['执行期限', '本通知执行期限为2024年1月1日至2026年12月31日。', '2024-01-01', '2026-12-31'],
  ['on trial for two years', '本办法自2024年4月1日起试行，试行期两年。', '2024-04-01', '2026-03-31'],
  ['试行2年', '本办法自2024年4月1日起试行2年。', '2024-04-01', '2026-03-31'],
  ['有效期限', '第十条　本细则自2024年4月1日起实施，有效期限3年。', '2024-04-01', '2027-03-31'],
  ['two sentences', '本办法自2024年4月1日起施行。有效期5年。', '2024-04-01', '2029-03-31'],
  ['有效期 first', '本办法有效期5年，自2024年4月1日起施行。', '2024-04-01', '2029-03-31'],
  ['months', '本通知自2024年4月1日起执行，有效期6个月。', '2024-04-01', '2024-09-30'],
  ['chinese date', '本办法自二〇二四年四月一日起施行。', '2024-04-01', null],
  ['full-width', '本办法自２０２４年４月１日起施行。', '2024-04-01', null],
  ['broken line', '本办法自2024年4月1\n日起施行。', '2024-04-01', null],
  [
    'broken line before the verb',
    '为了加强管理，维护秩序，方便群众，本办法自2024年4月1日\n起施行，有效期5年。',
    '2024-04-01',
    '2029-03-31',
  ],
  ['于', '本通知于2024年4月1日起施行。', '2024-04-01', null],
  ['从', '本通知从2024年4月1日起执行。', '2024-04-01', null],
  ['自公布之日起30日后', '本办法自公布之日起30日后施行。', null, null],
  ['another document', '《云溪县公园办法》自2021年1月1日起施行。', null, null],
  [
    '印发之日起施行，5年有效',
    '本办法自印发之日起施行，有效期为五年，由县教育局负责解释。',
    '2024-03-01',
    '2029-02-28',
  ],
  ['有效期自…起', '本办法自2024年4月1日起施行，有效期自施行之日起五年。', '2024-04-01', '2029-03-31'],
  ['此 instead of 本', '此通知自2024年4月1日起执行。', '2024-04-01', null],
  ['以上 policies', '以上政策自2024年4月1日起执行。', '2024-04-01', null],
  ['executed from', '上述标准从2024年4月1日起执行。', '2024-04-01', null],
  ['有效期截止', '本通知自2024年4月1日起施行，有效期截至2025年12月31日。', '2024-04-01', '2025-12-31'],
  ['lapses by itself', '本办法自2024年4月1日起施行，至2026年3月31日止。', '2024-04-01', '2026-03-31'],
]

describe('recognise: the facts of many prints', () => {
  it.each(texts)('%s', (_, text, expected) => {
    const found = recognise(text)
    expect(
      Object.fromEntries(Object.keys(expected).map(key => [key, found[key as keyof Recognised]])),
    ).toEqual(expected)
  })

  it.each(inForce)('R-NOR-11 in force: %s', (_, sentence, from, until) => {
    const found = recognise(`云溪县教育局${TITLE}\n云教〔2024〕9号\n${BODY}${sentence}\n${INK}2024年3月1日`)
    expect([found.effectiveFrom, found.validUntil]).toEqual([from, until])
  })
})
