import { describe, expect, it } from 'vitest'
import { recogniseDocument } from './recognise.ts'
import type { Recognised } from './recognised.ts'

function recognise(text: string): Recognised {
  const [found] = recogniseDocument('甲.txt', { form: 'text', format: 'text', text, doubts: [] })
  if (!found) throw new Error('nothing recognised')
  return found
}

const RULES = '云溪市停车管理规定'
const ARTICLE = '第一条 为了加强停车管理，根据有关法律、法规，制定本规定。\n第二条 本规定适用于本市。\n'
const COLLECTION =
  '时间:2024-07-07 19:03:16 来源: 法律资料网 作者:法律资料网 阅读:9489\n下载地址: 点击此处下载\n'

const heads: [what: string, text: string, expected: Partial<Recognised>][] = [
  [
    'an order above the repeated title of its decision',
    `您的位置: 首页 » 法律资料网 » 法律法规 »\n\n云溪市人民政府关于废止部分政策性文件的决定\n\n${COLLECTION}\n云溪市人民政府关于废止部分政策性文件的决定\n\n某省云溪市人民政府\n\n云溪市人民政府令\n                     第48号\n  《云溪市人民政府关于废止部分政策性文件的决定》已经2008年9月24日市政府第90次常务会议通过,现予公布,自公布之日起施行。\n                         市长: 张 某\n                         二○○八年十月十三日\n\n               云溪市人民政府关于废止部分政策性文件的决定\n\n  经过清理,市政府决定废止28件文件。\n`,
    {
      title: '云溪市人民政府关于废止部分政策性文件的决定',
      docNo: '云溪市人民政府令第48号',
      issuer: '云溪市人民政府',
      signedOn: '2008-10-13',
      publishedOn: null,
      effectiveFrom: '2008-10-13',
    },
  ],
  [
    'rules on a site of laws: the organ only as a byline, the number without its organ',
    `${RULES}\n\n${COLLECTION}\n${RULES}\n\n江南省云溪市人民政府\n\n第63号\n\n《${RULES}》业经1997年9月4日市人民政府第九次常务会议讨论通过,现予发布施行。\n\n市长:张某某\n\n一九九七年九月十七日\n\n${RULES}\n\n第一章 总则\n\n${ARTICLE}`,
    { title: RULES, issuer: '云溪市人民政府', docNo: '云溪市人民政府令第63号', signedOn: '1997-09-17' },
  ],
  [
    'rules under the notice that passes them on',
    `${RULES}(2005年)\n\n${COLLECTION}\n${RULES}(2005年)\n\n江南省云溪市人民政府\n\n关于批转${RULES}的通知\n\n云政〔2005〕32 号\n\n各区人民政府,市人民政府各部门:\n\n现将《${RULES}》转发给你们,请遵照执行。\n\n云溪市人民政府\n\n二00五年六月十七日\n\n${RULES}\n\n${ARTICLE}`,
    {
      title: `关于批转${RULES}的通知`,
      issuer: '云溪市人民政府',
      docNo: '云政〔2005〕32号',
      signedOn: '2005-06-17',
    },
  ],
  [
    'the masthead of a commission above a title without its organ',
    `关于印发《价格认定办法》的通知\n\n${COLLECTION}\n关于印发《价格认定办法》的通知\n\n云溪市发展和改革委员会\n\n云溪市发展和改革委员会文件\n\n云发改价格[2008]1234号\n\n关于印发《价格认定办法》的通知\n\n各县发展改革局:\n现印发给你们。\n云溪市发展和改革委员会\n二○○八年五月三十日`,
    {
      title: '关于印发《价格认定办法》的通知',
      issuer: '云溪市发展和改革委员会',
      docNo: '云发改价格〔2008〕1234号',
    },
  ],
  [
    'a resolution that stands between title and order',
    `${RULES}\n（2009年7月22日云溪市第十一届人民代表大会常务委员会第十次会议通过）\n云溪市第十一届人民代表大会常务委员会公告\n第28号\n《${RULES}》已于2009年7月22日通过，现予公布，自2009年11月1日起施行。\n云溪市人民代表大会常务委员会\n2009年7月22日\n${ARTICLE}`,
    {
      title: RULES,
      docNo: '云溪市第十一届人民代表大会常务委员会公告第28号',
      signedOn: '2009-07-22',
      effectiveFrom: '2009-11-01',
    },
  ],
  [
    'an order in brackets under the title',
    '云溪市人民政府关于废止部分政府规章的决定\n（2019年6月10日云溪市人民政府令第110号公布 自公布之日起施行）\n决定废止下列政府规章：\n一、《云溪市拆迁办法》（1998年市政府令第15号发布）；\n二、《云溪市暂住人口规定》（2001年市政府令第40号公布，2006年市政府令第71号修改）。',
    { docNo: '云溪市人民政府令第110号', signedOn: '2019-06-10', issuer: '云溪市人民政府' },
  ],
  [
    'an order with its title broken over two lines',
    '云溪省人民政府令\n\n第 201 号\n\n《云溪省人民政府关于废止部分省政府规章的决定》已经省人民政府第170次常务会议通过,现予公布,自公布之日起施行。\n\n省长  张某某\n\n2017年12月19日\n\n云溪省人民政府关于废止部分\n省政府规章的决定\n\n省人民政府决定：',
    { title: '云溪省人民政府关于废止部分省政府规章的决定', docNo: '云溪省人民政府令第201号' },
  ],
  [
    'signed by the chairman of an autonomous region',
    `云溪自治区人民政府令\n第82号\n《${RULES}》已经自治区人民政府第六次常务会议通过,现予发布施行。\n自治区主席 乌某\n1997年7月23日\n第一章 总 则\n${ARTICLE}`,
    { docNo: '云溪自治区人民政府令第82号', signedOn: '1997-07-23' },
  ],
  [
    'an announcement by year and number',
    '云溪市税务局关于公布税务规范性文件目录的公告\n云溪市税务局公告2021年第6号\n现将目录予以公布。\n特此公告。\n云溪市税务局\n2021年12月20日',
    { docNo: '云溪市税务局公告2021年第6号', issuer: '云溪市税务局' },
  ],
  [
    'a column before the title, labels with bullets',
    '政务服务丨云溪市人民政府关于深化改革的实施意见\n- 发布日期：2021-07-19\n- 浏览次数：\n云溪市人民政府\n关于深化改革的实施意见\n云政字〔2021〕30号\n各县人民政府：\n请认真执行。\n云溪市人民政府\n2021年7月12日',
    {
      title: '云溪市人民政府关于深化改革的实施意见',
      docNo: '云政字〔2021〕30号',
      publishedOn: '2021-07-19',
    },
  ],
  [
    'the title again in paragraphs of its own',
    '云溪县人民政府关于公布第六批取消和新增行政审批项目的决定\n\n发布时间: 2015年09月20日 00:00   来源: 县编办    预览次数: 【字体:\n\n云政发〔2015〕56号\n\n云溪县人民政府\n\n关于公布第六批\n\n取消和新增行政审批项目的决定\n\n各乡镇人民政府:\n\n决定公布19项。\n\n云溪县人民政府\n\n2015年9月16日',
    {
      title: '云溪县人民政府关于公布第六批取消和新增行政审批项目的决定',
      docNo: '云政发〔2015〕56号',
      source: '县编办',
      bodyText: '各乡镇人民政府:\n决定公布19项。\n云溪县人民政府\n2015年9月16日',
    },
  ],
  [
    'publisher, day and openness without labels',
    '11330700MB10327095/2024-00144\n关于印发《云溪开发区应急预案》的通知\n云溪市生态环境局开发区分局\n2024-03-01\n主动公开\n\n朗读\n各乡镇人民政府：\n现印发给你们。\n云溪开发区管理委员会\n2024年2月29日',
    {
      indexNo: '11330700MB10327095/2024-00144',
      publishedOn: '2024-03-01',
      issuer: '云溪开发区管理委员会',
      signedOn: '2024-02-29',
    },
  ],
  [
    'the time of publishing with a button run into it',
    '县人民政府办公室关于取消行政审批项目的通知\n2018-06-29 15:36:54我要评论\n云政办发〔2018〕23号\n县人民政府办公室\n关于取消行政审批项目的通知\n各乡镇人民政府：\n决定取消8项。\n2018年6月22日',
    { docNo: '云政办发〔2018〕23号', publishedOn: '2018-06-29', signedOn: '2018-06-22' },
  ],
  [
    'a title cut short above its number',
    `关于印发云溪市办理人大代表建议和政协提案工作规则的通知\n\n${COLLECTION}\n关于印发云溪市办理人大代表建议和政协提案工作规则的通知\n\n江南省云溪市人民政府办公室\n\n关于印发云溪市办理人大代表建议\n\n云政办发〔2010〕15号\n\n各县人民政府：\n现印发给你们。\n云溪市人民政府办公室\n二○一○年四月七日`,
    { docNo: '云政办发〔2010〕15号', issuer: '云溪市人民政府办公室' },
  ],
  [
    'what an organ lays down for itself',
    `云政发〔2017〕40号\n云溪县人民政府工作规则\n第一章 总 则\n${ARTICLE}`,
    { title: '云溪县人民政府工作规则', docNo: '云政发〔2017〕40号', issuer: '云溪县人民政府' },
  ],
  [
    'passed on: those who wrote it do not issue it',
    '云溪市人民政府办公室转发市财政局等部门关于规范采购意见的通知\n云政办发〔2019〕8号\n各区人民政府：\n现转发给你们。\n云溪市人民政府办公室\n2019年2月1日\n\n关于规范采购的意见\n市财政局 市审计局\n（2019年1月20日）\n为规范采购，提出以下意见。',
    { issuers: ['云溪市人民政府办公室'], signedOn: '2019-02-01' },
  ],
  [
    'a seal behind the day',
    '云溪县教育局关于校车的通知\n各学校：\n请认真执行。\n云溪县教育局\n2005年六月十七日（印）',
    { issuer: '云溪县教育局', signedOn: '2005-06-17' },
  ],
]

describe('recognise: heads of many kinds', () => {
  it.each(heads)('%s', (_, text, expected) => {
    expect(recognise(text)).toMatchObject(expected)
  })

  it('the time of a site that collects laws is nobody’s day of publishing, and that is said', () => {
    const { publishedOn, publishedAtPrinted, doubts } = recognise(
      `${RULES}\n${COLLECTION}\n${RULES}\n${ARTICLE}`,
    )
    expect([publishedOn, publishedAtPrinted]).toEqual([null, null])
    expect(doubts.find(doubt => doubt.field === 'publishedOn')?.why).toContain('“法律资料网”')
  })

  it('an organ under the title is no issuer of a document that is signed', () => {
    const { issuers } = recognise(
      '关于印发《云溪开发区应急预案》的通知\n云溪市生态环境局\n2024-03-01\n各乡镇人民政府：\n现印发给你们。\n云溪开发区管理委员会\n2024年2月29日',
    )
    expect(issuers).toEqual(['云溪开发区管理委员会'])
  })
})
