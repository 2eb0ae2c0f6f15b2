import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestSite, type TestSite } from './site-for-tests.ts'

let here: TestSite
const ask = (address: string) => here.ask(address)

beforeAll(async () => {
  here = await openTestSite()
}, 120_000)

afterAll(() => here.close())

describe('disclosure platform', () => {
  it('has its blocks in the fixed order, then the way to apply (S-PLT-04, R-CATG-05)', async () => {
    const { html } = await ask('/disclosure')
    const order = [...html.matchAll(/<section id="([a-z-]+)"/g)].map(([, id]) => id)
    expect(order).toEqual(['guide', 'rules', 'content', 'annual-reports', 'on-request'])
  })

  it('shows no empty node (S-PLT-06)', async () => {
    const { words } = await ask('/disclosure')
    expect(words).toContain('财政预决算')
    expect(words).not.toContain('收费目录')
  })

  it('tells where to apply from the organ’s own guide, without a form that goes nowhere', async () => {
    const { words, html } = await ask('/disclosure')
    expect(words).toContain('溪湖路1号')
    expect(words).toContain('0990-5550106')
    expect(html).not.toContain('method="post"')
  })

  it('gives each organ a page with the same blocks, its own content, and the government’s rules (S-PLT-05)', async () => {
    const { words } = await ask(`/disclosure?organ=${here.county.department.key}`)
    expect(words).toContain('财政预决算1 件')
    expect(words).toContain('云溪县保密审查办法')
    expect(words).not.toContain('年度报告')
  })

  it('does not know an organ that is not there', async () => {
    await expect(ask('/disclosure?organ=nowhere')).rejects.toThrow('没有这个单位')
  })

  it('can be taken away as a table with index, name, summary and day (R-CATG-02, R-CATG-06)', async () => {
    const { html } = await ask('/disclosure/list.csv')
    const [heads = '', ...rows] = html.trim().split('\r\n')
    expect(heads).toContain('索引号,名称,内容概述')
    expect(rows).toHaveLength(4)
    expect(rows.join()).toContain('县水利局2026年部门预算')
  })
})

describe('columns', () => {
  it('lists what stands in it and below it, and links sub-columns in use only', async () => {
    const { words, links } = await ask('/columns/disclosure/content')
    expect(words).toContain('县水利局2026年部门预算')
    expect(links).toContain('/columns/disclosure/content/budget')
    expect(links).not.toContain('/columns/disclosure/content/fees')
  })

  it('says that an empty column is empty, as not found (S-UPD-05)', async () => {
    const { status, words } = await ask('/columns/disclosure/content/fees')
    expect(status).toBe(404)
    expect(words).toContain('现在没有公开的内容')
  })

  it('leads the platform’s column to the platform', async () => {
    expect(await ask('/columns/disclosure')).toMatchObject({ status: 301, reply: { to: '/disclosure' } })
  })

  it('does not know a column that was never there', async () => {
    await expect(ask('/columns/nothing')).rejects.toThrow('没有这个栏目')
  })
})
