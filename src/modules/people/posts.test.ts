import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOrgan, createOrganInput } from '#modules/organisations'
import { type Role, roles } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { makePeopledCounty, type PeopledCounty, type Person } from '../../../test/make/desk-people.ts'
import { createStaff } from './actions/create-staff.ts'
import { endPost } from './actions/end-post.ts'
import { givePost } from './actions/give-post.ts'
import { type HandOver, handOver } from './actions/hand-over.ts'
import { lockStaff, unlockStaff } from './actions/lock-staff.ts'
import { endDeputy, makeDeputy } from './actions/make-deputy.ts'
import { resetPassword } from './actions/reset-password.ts'
import { staffActor } from './actions/resolve-staff.ts'
import { updateStaff } from './actions/update-staff.ts'
import { listPosts } from './post-queries.ts'
import { isAdministrator } from './separation.ts'
import { getStaff, listStaff, staffByIds } from './staff-queries.ts'

let made: PeopledCounty
let system: DeskContext
let security: DeskContext
let auditor: DeskContext
let guard: Person
const today = () => made.clock.today()
const day = (days: number) =>
  new Date(made.clock.now().getTime() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
const postOf = (
  person: Person,
  role: Role,
  organId: string,
  more: { fromOn?: string; untilOn?: string } = {},
) => ({
  staffId: person.id,
  role,
  organId,
  fromOn: more.fromOn ?? null,
  untilOn: more.untilOn ?? null,
})
const postsOf = (person: Person) => listPosts(made.connection.db, person.id, today())
const rolesOf = async (person: Person, on = 0) => {
  const clock = {
    now: () => new Date(made.clock.now().getTime() + on * 24 * 3_600_000),
    today: () => day(on),
  }
  return (
    (await staffActor({ db: made.connection.db, clock }, person.id))?.posts.map(post => post.role) ?? null
  )
}

beforeAll(async () => {
  made = await makePeopledCounty()
  system = await made.at(await made.person('guoxin', '郭鑫', made.county, ['system-administrator']))
  guard = await made.person('yaojing', '姚静', made.county, ['security-administrator'])
  security = await made.at(guard)
  auditor = await made.at(await made.person('zhaizhen', '翟振', made.county, ['audit-administrator']))
})
afterAll(() => made.leave())

describe('who may', () => {
  it('make accounts: the system administrator; give roles: the security administrator; nobody both (S-SEC-06)', async () => {
    const input = {
      username: 'newcomer',
      name: '新同',
      organId: made.slj.id,
      formKey: null,
      mustChangePassword: true,
    }
    for (const ctx of [security, auditor])
      await expect(createStaff(ctx, input)).rejects.toMatchObject({ status: 403 })
    const { staffId } = await createStaff(system, input)
    const post = { staffId, role: 'drafter' as const, organId: made.slj.id, fromOn: null, untilOn: null }
    for (const ctx of [system, auditor]) {
      await expect(givePost(ctx, post)).rejects.toMatchObject({ status: 403 })
      await expect(unlockStaff(ctx, staffId)).rejects.toMatchObject({ status: 403 })
      await expect(resetPassword(ctx, staffId)).rejects.toMatchObject({ status: 403 })
    }
    await givePost(security, post)
    expect(await rolesOf({ id: staffId } as Person)).toEqual(['drafter'])
    await expect(lockStaff(auditor, staffId, { reason: 'x' })).rejects.toMatchObject({ status: 403 })
  })

  it('only within their own organs', async () => {
    const local = await made.at(await made.person('local', '本地', made.jyj, ['system-administrator']))
    const input = {
      username: 'elsewhere',
      name: '别处',
      organId: made.slj.id,
      formKey: null,
      mustChangePassword: true,
    }
    await expect(createStaff(local, input)).rejects.toMatchObject({ status: 403 })
    await createStaff(local, { ...input, organId: made.jyj.id })
    const person = await made.person('moving', '调动', made.jyj)
    await expect(updateStaff(local, person.id, { name: '调动', organId: made.slj.id })).rejects.toMatchObject(
      { status: 403 },
    )
    await updateStaff(system, person.id, { name: '调动', organId: made.slj.id })
    expect((await getStaff(made.connection.db, person.id)).organId).toBe(made.slj.id)
  })

  it('never leave the installation without its administrators', async () => {
    const [post] = await postsOf(guard)
    await expect(endPost(made.system, post?.id ?? '')).rejects.toThrow('姚静是唯一的“安全管理员”')
    await expect(lockStaff(system, guard.id, { reason: '测试' })).rejects.toThrow('唯一的')
    const away = { fromId: guard.id, toId: auditor.actor.id, postIds: [], leaves: true, reason: null }
    await expect(handOver(made.system, away, [])).rejects.toThrow('唯一的“安全管理员”')
    const second = await made.person('second', '第二', made.county, ['security-administrator'])
    const [other] = await postsOf(second)
    await endPost(security, other?.id ?? '')
    expect(await rolesOf(second)).toEqual([])
  })
})

describe('an account', () => {
  it('is made once however often the form is sent, and its name is its own', async () => {
    const formKey = crypto.randomUUID()
    const input = { username: 'twice', name: '两次', organId: made.slj.id, formKey, mustChangePassword: true }
    await createStaff(system, input)
    await expect(createStaff(system, input)).rejects.toThrow('已经提交过')
    await expect(createStaff(system, { ...input, formKey: null })).rejects.toThrow('已经有人用了')
  })

  it('of the desk always changes its first password; only the system may leave it', async () => {
    const { staffId } = await createStaff(system, {
      username: 'keeps',
      name: '保留',
      organId: made.slj.id,
      formKey: null,
      mustChangePassword: false,
    })
    expect((await getStaff(made.connection.db, staffId)).mustChangePassword).toBe(true)
  })

  it('is listed by organ, role, state and words', async () => {
    const { db } = made.connection
    const names = async (filter: object) => (await listStaff(db, filter)).rows.map(row => row.username)
    expect(await names({ role: 'audit-administrator' })).toEqual(['zhaizhen'])
    expect(await names({ words: '姚' })).toEqual(['yaojing'])
    expect(await names({ words: '%' })).toEqual([])
    expect(await names({ organIds: [] })).toEqual([])
    expect((await listStaff(db, { organIds: [made.county.id] })).total).toBeGreaterThan(2)
    expect((await staffByIds(db, [guard.id, guard.id])).get(guard.id)?.name).toBe('姚静')
  })
})

describe('separation of the administrators (S-SEC-06)', () => {
  const all = Object.keys(roles) as Role[]
  const ordinary = all.filter(role => !isAdministrator(role))[0] as Role
  const administrators = all.filter(isAdministrator)

  it.each(
    administrators.flatMap(one =>
      [...administrators, ordinary].filter(other => other !== one).map(other => [one, other] as const),
    ),
  )('refuses %s beside %s, whichever came first', async (one, other) => {
    const first = await made.person(`a${crypto.randomUUID().slice(0, 8)}`, '甲', made.slj, [one])
    await expect(givePost(security, postOf(first, other, made.slj.id))).rejects.toThrow(
      /三员分立|不能再担任其他角色/,
    )
    const second = await made.person(`b${crypto.randomUUID().slice(0, 8)}`, '乙', made.slj, [other])
    await expect(givePost(security, postOf(second, one, made.slj.id))).rejects.toThrow(
      /三员分立|不能再担任其他角色/,
    )
  })

  it('looks at posts that begin later, and at nothing that is over', async () => {
    const person = await made.person('later', '以后', made.slj)
    await givePost(security, postOf(person, 'drafter', made.slj.id, { fromOn: day(30) }))
    await expect(
      givePost(security, postOf(person, 'audit-administrator', made.slj.id)),
    ).rejects.toMatchObject({ code: 'people.separation' })
    const [post] = await postsOf(person)
    await endPost(security, post?.id ?? '')
    await givePost(security, postOf(person, 'audit-administrator', made.slj.id))
  })

  it('gives a post once, again after it ended, and never to who has left', async () => {
    const person = await made.person('again', '又来', made.slj, ['drafter'])
    await expect(givePost(security, postOf(person, 'drafter', made.slj.id))).rejects.toThrow(
      '已经是县水利局的“起草人”',
    )
    await expect(
      givePost(security, postOf(person, 'signer', made.slj.id, { fromOn: day(2), untilOn: day(1) })),
    ).rejects.toThrow('不能早于')
    const [post] = await postsOf(person)
    await endPost(security, post?.id ?? '')
    await givePost(security, postOf(person, 'drafter', made.slj.id, { untilOn: today() }))
    expect(await rolesOf(person)).toEqual(['drafter'])
    expect(await rolesOf(person, 1)).toEqual([])
  })
})

describe('where a post reaches', () => {
  it('for a drafter: the own organ; for the openness office, signer, leader, general office: all below', async () => {
    const { slj, zls, county, jyj } = made
    for (const [role, below] of [
      ['drafter', false],
      ['case-officer', false],
      ['openness-office', true],
      ['signer', true],
      ['leader', true],
      ['general-office', true],
    ] as const) {
      const person = await made.person(`r${crypto.randomUUID().slice(0, 8)}`, '某某', slj, [role])
      const { actor } = await made.at(person)
      expect([...(actor.posts[0]?.reach ?? [])].sort()).toEqual((below ? [slj.id, zls.id] : [slj.id]).sort())
    }
    expect([...(security.actor.posts[0]?.reach ?? [])].sort()).toEqual(
      [county.id, slj.id, jyj.id, zls.id].sort(),
    )
  })

  it("for a government's own office: everything below that government", async () => {
    const input = {
      key: 'office',
      name: '云溪县人民政府办公室',
      shortName: '县政府办',
      parentId: made.county.id,
      type: 'office',
      level: 'county',
    }
    const office = await createOrgan(made.system, createOrganInput.parse(input))
    const { actor } = await made.at(await made.person('hemin', '何敏', office, ['openness-office']))
    expect(actor.posts[0]?.reach).toContain(made.zls.id)
    expect(actor.posts[0]?.reach).toContain(made.county.id)
  })
})

describe('a deputy', () => {
  let boss: Person
  let helper: Person
  let bossDesk: DeskContext
  beforeAll(async () => {
    boss = await made.person('boss', '李敏', made.slj, ['signer', 'department-head'])
    helper = await made.person('helper', '王强', made.slj, ['drafter'])
    bossDesk = await made.at(boss)
  })
  const arrange = async (more: object = {}, ctx: DeskContext = bossDesk) => {
    const posts = await postsOf(boss)
    return makeDeputy(ctx, {
      absentId: boss.id,
      deputyId: helper.id,
      postIds: posts.filter(post => post.role === 'signer').map(post => post.id),
      fromOn: day(1),
      untilOn: day(3),
      reason: '年休假',
      ...more,
    })
  }

  it('acts in the chosen posts, on the days agreed, both included', async () => {
    const id = await arrange()
    expect(await rolesOf(helper)).toEqual(['drafter'])
    expect(await rolesOf(helper, 1)).toEqual(['drafter', 'signer'])
    expect(await rolesOf(helper, 3)).toEqual(['drafter', 'signer'])
    expect(await rolesOf(helper, 4)).toEqual(['drafter'])
    expect(await rolesOf(boss, 2)).toEqual(['signer', 'department-head'])
    const clock = { now: made.clock.now, today: () => day(2) }
    const actor = await staffActor({ db: made.connection.db, clock }, helper.id)
    expect(actor?.posts[1]).toMatchObject({ role: 'signer', organId: made.slj.id })
    expect(actor?.posts[1]?.deputyFor).toMatch(/^代李敏行使签发人职责，至\d+年\d+月\d+日$/)
    await endDeputy(bossDesk, id)
    expect(await rolesOf(helper, 2)).toEqual(['drafter'])
  })

  it('loses the post with the absent person, when the post ends or the account is locked', async () => {
    const post = await givePost(security, postOf(boss, 'leader', made.slj.id))
    await arrange({ postIds: [post], fromOn: today() })
    expect(await rolesOf(helper)).toEqual(['drafter', 'leader'])
    await lockStaff(security, boss.id, { reason: '测试' })
    expect(await rolesOf(helper)).toEqual(['drafter'])
    await unlockStaff(security, boss.id)
    await endPost(security, post)
    expect(await rolesOf(helper)).toEqual(['drafter'])
  })

  it.each([
    ['last day before the first', () => ({ fromOn: day(3), untilOn: day(1) }), '不能早于第一天'],
    ['days gone by', () => ({ fromOn: day(-3), untilOn: day(-1) }), '已经过去'],
    ['more than a year', () => ({ untilOn: day(500) }), '最长一年'],
    ['oneself', () => ({ deputyId: boss.id }), '不能由本人代理自己'],
    ['a post of somebody else', () => ({ postIds: [crypto.randomUUID()] }), '已经不在任'],
  ])('is refused for %s', async (_, more, message) => {
    await expect(arrange(more())).rejects.toThrow(message)
  })

  it('is arranged by the absent person among colleagues, else by the security administrator', async () => {
    const far = await made.person('faraway', '远方', made.jyj)
    await expect(arrange({ deputyId: far.id })).rejects.toThrow('只能自己安排本单位的同事')
    await endDeputy(security, await arrange({ deputyId: far.id }, security))
    await expect(arrange({}, await made.at(helper))).rejects.toMatchObject({ status: 403 })
    await expect(arrange({}, system)).rejects.toMatchObject({ status: 403 })
  })

  it('is never one for an administrator of another kind (S-SEC-06)', async () => {
    const forWhom = async (absent: Person, deputy: Person) => {
      const postIds = (await postsOf(absent)).map(post => post.id)
      const id = await makeDeputy(security, {
        absentId: absent.id,
        deputyId: deputy.id,
        postIds,
        fromOn: today(),
        untilOn: day(2),
        reason: '出差',
      })
      await endDeputy(security, id)
    }
    const keeper = await made.person('keeper', '系统甲', made.slj, ['system-administrator'])
    const keeper2 = await made.person('keeper2', '系统乙', made.slj, ['system-administrator'])
    const watcher = await made.person('watcher', '审计甲', made.slj, ['audit-administrator'])
    const nobody = await made.person('nobody', '无职', made.slj)
    await expect(forWhom(keeper, watcher)).rejects.toThrow('三员分立')
    await expect(forWhom(keeper, helper)).rejects.toThrow('不能再担任其他角色')
    await expect(forWhom(boss, watcher)).rejects.toThrow('不能再担任其他角色')
    await forWhom(keeper, keeper2)
    await forWhom(keeper, nobody)
  })

  it('gets no post meanwhile that does not go with the one stood in for', async () => {
    const keeper = await made.person('keeper3', '系统丙', made.slj, ['system-administrator'])
    const nobody = await made.person('nobody2', '无职二', made.slj)
    const postIds = (await postsOf(keeper)).map(post => post.id)
    await makeDeputy(security, {
      absentId: keeper.id,
      deputyId: nobody.id,
      postIds,
      fromOn: day(10),
      untilOn: day(12),
      reason: '出差',
    })
    await expect(givePost(security, postOf(nobody, 'drafter', made.slj.id))).rejects.toMatchObject({
      code: 'people.separation',
    })
  })
})

describe('hand-over', () => {
  const drafts = new Map<string, string>()
  const work: HandOver = {
    label: '未发布的稿件',
    count: async (_, fromId) => [...drafts.values()].filter(owner => owner === fromId).length,
    async pass(_db, _ctx, fromId, to) {
      const passing = [...drafts].filter(([, owner]) => owner === fromId)
      for (const [draft] of passing) drafts.set(draft, to.id)
      return passing.length
    },
  }

  it('passes the chosen posts and all open work in one act, ends the rest and closes the account', async () => {
    const from = await made.person('leaving', '谢小燕', made.slj, ['drafter', 'case-officer', 'window-clerk'])
    const to = await made.person('taking', '崔丽娟', made.slj, ['drafter'])
    drafts.set('one', from.id).set('two', from.id).set('other', to.id)
    const posts = await postsOf(from)
    const postIds = posts.filter(post => post.role !== 'window-clerk').map(post => post.id)
    const fromDesk = await made.at(from)
    await makeDeputy(fromDesk, {
      absentId: from.id,
      deputyId: to.id,
      postIds: [posts[2]?.id ?? ''],
      fromOn: today(),
      untilOn: day(5),
      reason: '休假',
    })
    const browser = made.browser()
    await browser.signIn(from)
    await handOver(security, { fromId: from.id, toId: to.id, postIds, leaves: true, reason: '退休' }, [work])
    expect((await rolesOf(to))?.sort()).toEqual(['case-officer', 'drafter'])
    expect(await rolesOf(from)).toBeNull()
    expect([...drafts.values()]).toEqual([to.id, to.id, to.id])
    expect(await getStaff(made.connection.db, from.id)).toMatchObject({
      state: 'left',
      leftOn: today(),
      stateReason: '退休',
    })
    expect(await browser.resolve()).toEqual({ expiredStaffId: null })
    expect(await browser.signIn(from)).toMatchObject({ kind: 'page', status: 422 })
    const entry = await made.connection.db
      .selectFrom('auditEntries')
      .selectAll()
      .where('act', '=', 'people.hand-over')
      .executeTakeFirstOrThrow()
    expect(entry.sentence).toContain('把“谢小燕”的工作交接给“崔丽娟”')
    expect(entry.details).toMatchObject({ work: { 未发布的稿件: 2 } })
    await expect(
      handOver(security, { fromId: from.id, toId: to.id, postIds: [], leaves: true, reason: null }, []),
    ).rejects.toThrow('已经离岗')
    await expect(unlockStaff(security, from.id)).rejects.toThrow('已经离岗')
  })

  it('happens whole or not at all', async () => {
    const from = await made.person('halfway', '半途', made.slj, ['drafter'])
    const to = await made.person('halfway2', '接手', made.slj)
    const broken: HandOver = { ...work, pass: () => Promise.reject(new Error('the other module failed')) }
    const postIds = (await postsOf(from)).map(post => post.id)
    await expect(
      handOver(security, { fromId: from.id, toId: to.id, postIds, leaves: true, reason: null }, [broken]),
    ).rejects.toThrow()
    expect(await rolesOf(from)).toEqual(['drafter'])
    expect(await rolesOf(to)).toEqual([])
  })

  it('gives nobody roles that do not go together', async () => {
    const postIds = (await postsOf(guard)).map(post => post.id)
    const drafter = await made.person('drafting', '起草', made.county, ['drafter'])
    const free = await made.person('freehand', '空闲', made.county)
    const pass = (toId: string, ids: string[]) =>
      handOver(made.system, { fromId: guard.id, toId, postIds: ids, leaves: false, reason: null }, [])
    await expect(pass(drafter.id, postIds)).rejects.toMatchObject({ code: 'people.separation' })
    await expect(pass(guard.id, postIds)).rejects.toThrow('不能交接给本人')
    await pass(free.id, postIds)
    expect(await rolesOf(free)).toEqual(['security-administrator'])
    expect(await rolesOf(guard)).toEqual([])
  })
})
