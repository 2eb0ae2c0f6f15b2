import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOrgan, createOrganInput } from '#modules/organisations'
import { findPublicView, listPublic, type PublicView, saveDraft, takeDown } from '#modules/publications'
import { connect } from '#platform/db/database'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { restructure, restructureInput } from '../../organisations/actions/restructure.ts'
import { discardDraft } from '../../publications/actions/discard-draft.ts'
import { saveDraftInput } from '../../publications/actions/save-draft.ts'
import type { ImportLine } from '../import/import-line.ts'
import { importAll, importTexts, printed } from '../import-for-tests.ts'
import { listResults } from '../queries.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
  const make = (key: string, name: string) =>
    createOrgan(
      house.system,
      createOrganInput.parse({
        key,
        name,
        shortName: name.replace('云溪县', '县'),
        type: 'department',
        level: 'county',
        parentId: house.at.government.id,
        docCodes: [],
      }),
    )
  await make('jyj', '云溪县教育局')
  const old = await make('gsj', '云溪县工商行政管理局')
  await restructure(
    house.system,
    restructureInput.parse({
      organId: old.id,
      kind: 'renamed',
      newName: '云溪县市场监督管理局',
      newShortName: '县市场监管局',
      happenedOn: '2019-01-01',
      reason: '机构改革',
    }),
  )
})
afterAll(() => house.leave())

const db = () => house.connection.db
const viewAt = async (line: ImportLine): Promise<PublicView | null> => {
  const [, segment = '', publicId = ''] = line.address?.split('/') ?? []
  const found = await findPublicView(db(), house.now(), { siteId: house.at.site.id, publicId, segment })
  return found && 'bodyHtml' in found ? found : null
}
const count = async (table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db())
  return rows[0]?.n ?? 0
}
const one = async (text: string, choice: Parameters<typeof importTexts>[2] = {}): Promise<ImportLine> => {
  const [line] = await importTexts(house, [text], choice)
  if (!line) throw new Error('no line')
  return line
}
const stateOfAll = async () =>
  Promise.all(
    [
      'publications',
      'editions',
      'search_entries',
      'import_doubts',
      'placements',
      'clearances',
      'import_results',
      'audit_entries',
    ].map(count),
  )
/** As a page of the old site prints it: title and day above the document itself. */
const onOldSite = (title: string, docNo: string) =>
  `${title}\n发布时间：2021-03-08 09:30　来源：县教育局\n\n${printed(title, docNo, '云溪县教育局')}`

describe('a document that goes in as archive', () => {
  it('stands on its page with what it states, under the organ that issued it', async () => {
    const line = await one(onOldSite('云溪县教育局关于做好春季防汛工作的通知', '云教发〔2021〕7号'), {
      column: 'policies',
    })
    expect(line).toMatchObject({ result: 'published', organ: 'jyj', kind: 'policy', column: 'policies' })
    const view = await viewAt(line)
    expect(view).toMatchObject({
      title: '云溪县教育局关于做好春季防汛工作的通知',
      docNo: '云教发〔2021〕7号',
      issuers: ['云溪县教育局'],
      signedOn: '2021-03-05',
      archive: true,
      sourcePublishedOn: '2021-03-08',
      organKey: 'jyj',
      genre: '通知',
    })
  })

  it('is sorted by the day of its source, found by title and number, and never “newest” (S-CHK-01)', async () => {
    const line = await one(onOldSite('关于清理违规停车点的通知', '云政综〔2021〕88号'))
    const filter = { siteId: house.at.site.id }
    const listed = async (more: object) =>
      (await listPublic(db(), house.now(), { ...filter, ...more }, { page: 1, pageSize: 50 })).rows.map(
        row => row.title,
      )
    expect(await listed({ year: 2021 })).toContain('关于清理违规停车点的通知')
    expect(await listed({ withoutArchive: true })).toEqual([])
    for (const words of ['违规停车点', '云政综〔2021〕88号'])
      expect(await listed({ words: [words] }), words).toEqual(['关于清理违规停车点的通知'])
    expect((await viewAt(line))?.sourcePublishedOn).toBe('2021-03-08')
  })

  it('keeps the issuer as printed where no organ of that name is known, and asks', async () => {
    const line = await one(printed('关于加强河道管理的通知', '远政发〔2020〕3号', '远山市人民政府'), {
      organ: 'jyj',
    })
    expect(line).toMatchObject({ result: 'published', organ: 'jyj', issuers: ['远山市人民政府'] })
    expect(line.doubts).toContainEqual(
      expect.objectContaining({ field: 'organ', why: expect.stringContaining('远山市人民政府') }),
    )
    expect((await viewAt(line))?.issuers).toEqual(['远山市人民政府'])
  })

  it('finds the organ by a name it has no more', async () => {
    const line = await one(printed('关于开展年检的通知', '云工商〔2017〕9号', '云溪县工商行政管理局'))
    expect(line).toMatchObject({ organ: 'gsj', issuers: ['云溪县工商行政管理局'] })
    expect(line.doubts.filter(doubt => doubt.field === 'organ')).toEqual([])
  })

  it('without a title says so in its heading; the title stays unstated', async () => {
    const line = await one(
      '为了做好村道养护，结合我县实际，现就有关事项安排如下。\n一、明确责任。各村确定专人负责，按月检查。\n二、按时上报。',
    )
    expect(line).toMatchObject({
      title: null,
      issuer: null,
      docNo: null,
      signedOn: null,
      result: 'published',
    })
    for (const field of ['title', 'issuer', 'docNo', 'signedOn', 'publishedOn'])
      expect(
        line.doubts.some(doubt => doubt.field === field),
        field,
      ).toBe(true)
    expect((await viewAt(line))?.title).toMatch(/^（原件未印标题）为了做好村道养护/)
  })

  it('keeps the number of an order as it is printed', async () => {
    const text = printed(
      '云溪县人民政府令第12号',
      null,
      '云溪县人民政府',
      '《云溪县停车管理办法》已经通过，现予公布。',
    )
    const line = await one(text)
    expect(line).toMatchObject({ docNo: '云溪县人民政府令第12号', result: 'published' })
    expect((await viewAt(line))?.docNo).toBe('云溪县人民政府令第12号')
  })

  it('with a mark of secrecy is refused, whatever was asked for (S-GWG-24)', async () => {
    const before = await count('publications')
    const line = await one(
      `秘密★10年\n\n${printed('关于某项工作的通知', '云密发〔2010〕1号', '云溪县教育局')}`,
    )
    expect(line).toMatchObject({ result: 'refused', address: null })
    expect(line.note).toContain('保密审查')
    expect(await count('publications')).toBe(before)
  })

  it('without a text is kept as a draft', async () => {
    const line = await one('云溪县教育局关于公布名单的通知\n')
    expect(line).toMatchObject({ result: 'draft', address: null, title: '云溪县教育局关于公布名单的通知' })
    expect(line.note).toContain('没有读到正文')
  })

  it('with a title longer than a heading may be keeps what fits and asks', async () => {
    const title = `关于${'防汛抗旱和森林防火'.repeat(22)}的通知`
    const line = await one(
      `<html><head><meta name="ArticleTitle" content="${title}"></head><body><p>${'请各单位遵照执行，按时上报。'.repeat(4)}</p></body></html>`,
    )
    expect(line.title).toHaveLength(203)
    expect((await viewAt(line))?.title).toHaveLength(200)
    expect(line.doubts.map(doubt => doubt.why).join()).toContain('超过 200 字')
  })
})

describe('the same bytes again', () => {
  it('change nothing and say so', async () => {
    const text = printed('关于举办运动会的通知', '云教发〔2019〕3号', '云溪县教育局')
    const first = await one(text)
    const [publications, editions] = [await count('publications'), await count('editions')]
    const second = await one(text, { kind: 'notice', organ: 'gsj' })
    expect(second).toMatchObject({ result: 'unchanged', address: first.address, kind: 'policy' })
    expect([await count('publications'), await count('editions')]).toEqual([publications, editions])
  })

  it('by two runs at once make one publication', async () => {
    const text = printed('关于两处同时导入的通知', '云教发〔2019〕4号', '云溪县教育局')
    const before = await count('publications')
    const lines = (await Promise.all([1, 2, 3, 4].map(() => importTexts(house, [text])))).flat()
    expect(lines.map(line => line.result).sort()).toEqual([
      'published',
      'unchanged',
      'unchanged',
      'unchanged',
    ])
    expect(new Set(lines.map(line => line.address)).size).toBe(1)
    expect(await count('publications')).toBe(before + 1)
  })

  it('publish the draft of an earlier run that nobody has touched, and leave one that somebody has', async () => {
    const [calm, edited] = [
      printed('关于先存草稿的通知', '云教发〔2019〕5号', '云溪县教育局'),
      printed('关于改过的稿子的通知', '云教发〔2019〕6号', '云溪县教育局'),
    ]
    const drafts = await importTexts(house, [calm, edited], { publishes: false })
    expect(drafts.map(line => [line.result, line.address])).toEqual([
      ['draft', null],
      ['draft', null],
    ])
    const { rows } = await sql<{
      id: string
    }>`select p.id from publications p join editions e on e.publication_id = p.id
      where e.title = '关于改过的稿子的通知'`.execute(db())
    const form = { publicationId: rows[0]?.id, revision: 1, title: '关于改过的稿子的通知（改）' }
    await saveDraft(house.system, saveDraftInput.parse(form))
    const again = await importTexts(house, [calm, edited])
    expect(again.map(line => line.result)).toEqual(['published', 'unchanged'])
    expect(again[1]?.note).toContain('在工作台改过')
  })

  it('come in anew after their draft was thrown away', async () => {
    const text = printed('关于放错地方的通知', '云教发〔2019〕8号', '云溪县教育局')
    await importTexts(house, [text], { publishes: false })
    const { rows } = await sql<{
      id: string
    }>`select publication_id as id from editions where title = '关于放错地方的通知'`.execute(db())
    await discardDraft(house.system, rows[0]?.id ?? '')
    expect(await one(text, { kind: 'notice' })).toMatchObject({ result: 'published', kind: 'notice' })
  })

  it('do not bring back what was taken down', async () => {
    const text = printed('关于后来撤下的通知', '云教发〔2019〕9号', '云溪县教育局')
    const view = await viewAt(await one(text))
    await takeDown(house.system, {
      publicationId: view?.id ?? '',
      how: 'withdrawn',
      reason: '内容有误',
      to: '',
    })
    const again = await one(text)
    expect(again).toMatchObject({ result: 'unchanged', address: null })
    expect(again.note).toContain('撤下')
  })
})

describe('an import that breaks', () => {
  const text = printed('关于中途断电的通知', '云教发〔2018〕1号', '云溪县教育局')
  // Each is the last table of one part of the act
  it.each(['clearances', 'placements', 'search_entries', 'publishing_acts', 'import_doubts'])(
    'at %s leaves nothing, and goes in whole the next time',
    async table => {
      const owner = connect(house.url)
      await sql
        .raw(`create function break_here() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$;
        create trigger break_here before insert on ${table} for each row execute function break_here()`)
        .execute(owner.db)
      const before = await stateOfAll()
      const { faults } = await importAll(house, [text])
      expect(faults).toMatchObject([{ why: expect.stringContaining('power cut') }])
      const after = await stateOfAll()
      // That the run was opened, and what it refused, is on record
      expect(after.slice(0, -2)).toEqual(before.slice(0, -2))
      await sql.raw(`drop trigger break_here on ${table}; drop function break_here()`).execute(owner.db)
      await owner.close()
    },
  )

  it('over one document takes that one out and keeps the others', async () => {
    const owner = connect(house.url)
    await sql
      .raw(`create function break_here() returns trigger language plpgsql as $$ begin
          if new.title like '%第3件%' then raise exception 'bad tuple'; end if; return new; end $$;
        create trigger break_here before insert on editions for each row execute function break_here()`)
      .execute(owner.db)
    const texts = [1, 2, 3, 4, 5].map(n =>
      printed(`关于第${n}件事的通知`, `云教发〔2016〕${n}号`, '云溪县教育局'),
    )
    const { lines, faults } = await importAll(house, texts)
    await sql.raw('drop trigger break_here on editions; drop function break_here()').execute(owner.db)
    await owner.close()
    expect(lines.map(line => [line.title, line.result])).toEqual(
      [1, 2, 4, 5].map(n => [`关于第${n}件事的通知`, 'published']),
    )
    expect(faults).toMatchObject([{ why: expect.stringContaining('bad tuple') }])
    expect((await importAll(house, texts)).lines.map(line => line.result)).toEqual([
      'unchanged',
      'unchanged',
      'published',
      'unchanged',
      'unchanged',
    ])
  })

  it('leaves the file free to come', async () => {
    expect(await one(text)).toMatchObject({ result: 'published' })
  })
})

describe('the record of a run', () => {
  it('keeps what was said of every file', async () => {
    await importTexts(house, [printed('关于留痕的通知', '云教发〔2018〕2号', '云溪县教育局')])
    const { rows } = await sql<{
      id: string
    }>`select id from import_runs order by started_at desc, id desc limit 1`.execute(db())
    const [result] = (await listResults(db(), rows[0]?.id ?? '')).rows
    expect(result).toMatchObject({
      file: expect.stringContaining('文件0001.txt'),
      result: 'published',
      report: { title: '关于留痕的通知' },
    })
  })
})
