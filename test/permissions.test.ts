import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStaff, givePost, requireSecondFactor } from '#modules/people'
import { type Actor, type Role, roles, type Staff } from '#platform/actor'
import { readConfig } from '#platform/config'
import type { DeskRoute } from '#platform/http/route'
import { root } from '#platform/root'
import { deskServer } from '../src/app/desk-server.tsx'
import { type House, openHouse } from '../src/app/house.ts'
import { makeGovernment, quietLog, systemContext, type TestGovernment } from './make/government.ts'
import { makeDraft } from './make/publication.ts'
import { testDatabase } from './make/test-database.ts'
import { makeTestFolder } from './make/test-folder.ts'

process.env.LOGIN_KEY ??= 'a key for tests, long enough to be taken for one'

const roleNames = Object.keys(roles) as Role[]
const administrators: readonly Role[] = [
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]
const organ = 'own-organ'

function staffIn(role: Role | null): Staff {
  const posts = role ? [{ role, organId: organ, reach: [organ] }] : []
  return { kind: 'staff', id: 'somebody', name: '某人', organId: organ, posts }
}

let house: House
beforeAll(async () => {
  const database = await testDatabase()
  const config = { ...readConfig({}), dataDir: await makeTestFolder(), publicUrl: 'http://site.example' }
  const opened = await openHouse({ config, databaseUrl: database.url, log: quietLog })
  house = {
    ...opened,
    async close() {
      await opened.close()
      await database.drop()
    },
  }
})
afterAll(() => house.close())

describe('docs/permissions.md', () => {
  it('says for every page of the desk and every act who may', async () => {
    await expect(await permissions(house.deskRoutes)).toMatchFileSnapshot(
      join(root, 'docs', 'permissions.md'),
    )
  })

  it('lets no role reach into an organ that is not its own', async () => {
    for (const { name, may, takes } of await acts()) {
      const elsewhere = takes('another-organ')
      if (elsewhere.length === 0) continue
      const reaching = roleNames.filter(role => may(staffIn(role), ...elsewhere))
      expect(reaching, `${name} in another organ`).toEqual([])
    }
  })
})

type May = (actor: Actor, ...about: unknown[]) => boolean
interface Act {
  name: string
  words: string
  may: May
  /** What the act is about, in this organ. */
  takes: (organId: string) => unknown[]
}

const inOrgan = (organId: string) => [organId]
const aboutOther = (organId: string) => [{ id: 'another', organId, editedById: 'another', above: [] }]
const ofNoOrgan = () => []

/** What the sentences of policy.ts are about, where they ask for more than an organ. */
const known: Record<string, [words: string, takes: Act['takes']]> = {
  'audit.mayReadAudit': ['查阅、核对、导出审计记录', ofNoOrgan],
  'catalogue.mayEditCatalogue': ['修改主动公开目录', inOrgan],
  'catalogue.mayReadCatalogue': ['查看主动公开目录', ofNoOrgan],
  'catalogue.mayRecordUnder': ['登记目录事项的公开', inOrgan],
  'documents.mayKeepNumbers': ['管理机关代字、说明空号', inOrgan],
  'documents.mayReadDocument': ['查看一件公文', organId => [{ organId, coOrganIds: [] }]],
  'documents.mayReadDocuments': ['查看公文', ofNoOrgan],
  'documents.mayReceiveSigned': ['登记已签发公文', inOrgan],
  'documents.mayStartDocument': ['起草公文、填写公开属性、送审', inOrgan],
  'duties.mayKeepCalendar': ['记录、撤回放假安排', inOrgan],
  'duties.mayReadCalendar': ['查看工作日历和定期义务', ofNoOrgan],
  'duties.mayReportDone': ['说明义务已经完成', inOrgan],
  'duties.mayUrge': ['督办、催办', inOrgan],
  'duties.mayWaive': ['免除义务、选择定期义务', inOrgan],
  'files.mayUpload': ['上传文件', ofNoOrgan],
  'renditions.mayKeepRenditions': ['查看没有做成的下载文件、重新制作', ofNoOrgan],
  'redaction.mayRedact': ['遮盖文件、查看待遮盖的原件', inOrgan],
  'personal-data.mayDecideFindings': ['对发现的个人信息作决定', inOrgan],
  'personal-data.mayKeepWord': ['决定保留拦截的错敏词', inOrgan],
  'personal-data.mayReadOriginal': ['查看遮盖以前封存的原文', inOrgan],
  'normative.mayDecideDefinition': ['决定是不是规范性文件', organId => [[organId]]],
  'normative.mayDecideItem': ['提出清理意见', organId => [organId, organId]],
  'normative.mayFile': ['登记规范性文件备案', inOrgan],
  'normative.mayGiveOpinion': [
    '出具合法性审核、公平竞争审查意见（不是自己送审的）',
    organId => [{ organId, askedById: 'another' }],
  ],
  'normative.mayPrepare': ['认定规范性文件、登记征求意见、送审', inOrgan],
  'normative.mayReadNormative': ['查看规范性文件', ofNoOrgan],
  'normative.mayRegister': ['登记编号、登记年度目录', inOrgan],
  'normative.mayRenew': ['登记有效期评估结论', inOrgan],
  'normative.mayRunCleanup': ['主持清理、核定意见、公布结果', inOrgan],
  'normative.maySetNormative': ['修改规范性文件的设置', inOrgan],
  'notifications.mayChoosePoints': ['设置提醒时间', inOrgan],
  'notifications.mayKeepMail': ['查看发信故障、重新发送', inOrgan],
  'notifications.mayReadOwn': ['看自己的通知、设置怎样收邮件', ofNoOrgan],
  'intake.mayKeepTokens': ['发放、停用公文接入密钥', inOrgan],
  'intake.mayReadCalls': ['看公文接入记录', inOrgan],
  'interpretation.mayApprovePlan': [
    '审定解读方案（不是自己最后修改的）',
    organId => [{ organId, changedById: 'another' }],
  ],
  'interpretation.mayJudge': ['为优秀解读评分（不评本单位的）', ofNoOrgan],
  'interpretation.mayKeepRatings': ['设置满多少人公布解读评价', inOrgan],
  'interpretation.mayNominate': ['提名优秀解读', inOrgan],
  'interpretation.mayPlan': ['编制解读方案', inOrgan],
  'interpretation.mayReadPlans': ['查看解读方案', ofNoOrgan],
  'interpretation.mayReadRatings': ['查看解读评价和评选', ofNoOrgan],
  'interpretation.mayRunSelection': ['开设优秀解读评选、公布结果', inOrgan],
  'ledger.mayKeepLedger': ['读取文件、确认任务、管理台账', inOrgan],
  'ledger.mayReadLedger': ['查看工作台账', ofNoOrgan],
  'ledger.mayWorkOnTasks': ['报送任务进展', inOrgan],
  'organisations.mayAdminister': ['进入机构和站点的管理页面', ofNoOrgan],
  'organisations.mayCreateOrgan': ['新建下级机构', organId => [organId, []]],
  'organisations.mayEditOrgan': ['修改机构', inOrgan],
  'organisations.mayEditProfile': ['填写机构职能、负责人和联系方式', organId => [{ id: organId, above: [] }]],
  'organisations.mayEditSite': ['修改站点', inOrgan],
  'organisations.mayMoveOrgan': ['调整机构的上级', organId => [organId, organId, []]],
  'organisations.mayRead': ['查看机构和站点', ofNoOrgan],
  'organisations.mayRestructure': ['登记机构调整', organId => [organId, organId]],
  'organisations.mayWriteProfiles': ['进入机构介绍的填写页面', ofNoOrgan],
  'people.mayChangeLoginRules': ['修改登录安全设置（全部机构）', organId => [[organId]]],
  'people.mayGiveRights': ['添加、收回角色，解锁，重置密码', inOrgan],
  'people.mayKeepAccounts': ['新建、修改账号', inOrgan],
  'people.mayLock': ['停用别人的账号', aboutOther],
  'people.mayMakeDeputy': ['为别人安排代理', aboutOther],
  'people.mayReadPeople': ['查看人员名单', ofNoOrgan],
  'people.mayReadPerson': ['查看人员', inOrgan],
  'people.mayUseDesk': ['使用工作台、管理自己的账号', ofNoOrgan],
  'policies.mayImport': ['导入历史文件', ofNoOrgan],
  'policies.maySettleDoubts': ['核对导入存疑', inOrgan],
  'publications.mayConfirmErasure': ['确认依法删除（不是提出的人）', inOrgan],
  'publications.mayErase': ['提出依法删除', inOrgan],
  'publications.mayDraft': ['起草、修改、送审', inOrgan],
  'publications.mayManageColumns': ['管理栏目', inOrgan],
  'publications.mayRead': ['查看各种状态的发布物', ofNoOrgan],
  'publications.mayReadColumns': ['查看栏目', ofNoOrgan],
  'publications.mayRelease': ['核查并开放导入的附件', inOrgan],
  'publications.mayReview': ['发布前审查（不是自己最后修改的）', aboutOther],
  'publications.mayWithdraw': ['撤下、转移、删除', inOrgan],
  'reposts.mayDeclineRepost': ['决定不转载', inOrgan],
  'reposts.mayKeepFeeds': ['管理转载来源', inOrgan],
  'reposts.mayReadReposts': ['查看转载提议和来源', inOrgan],
  'reposts.mayRepost': ['转载', inOrgan],
  'requests.mayFileRequest': ['登记当面、邮寄、传真来的申请', inOrgan],
  'requests.mayHandleRequest': ['查看、办理一件依申请公开', inOrgan],
  'requests.mayReadRequests': ['查看依申请公开（含交给本单位的子任务）', ofNoOrgan],
  'site-health.mayKeepHealth': ['处理网站检查的问题', inOrgan],
  'site-health.mayReadHealth': ['查看网站检查', inOrgan],
  'wording.mayKeepWords': ['管理错敏词表', ofNoOrgan],
  'wording.mayReadWords': ['查看错敏词表', ofNoOrgan],
  'topics.mayEdit': ['准备专题', inOrgan],
  'topics.mayOpen': ['公开、结束专题', inOrgan],
}

/** Every `may…` of every module's policy.ts. */
async function acts(): Promise<Act[]> {
  const found: Act[] = []
  for (const module of readdirSync(join(root, 'src', 'modules')).sort()) {
    const file = join(root, 'src', 'modules', module, 'policy.ts')
    const policy: Record<string, unknown> = await import(file).catch(() => ({}))
    for (const [sentence, may] of Object.entries(policy).sort()) {
      if (!sentence.startsWith('may') || typeof may !== 'function') continue
      const name = `${module}.${sentence}`
      const [words, takes] = known[name] ?? [name, inOrgan]
      found.push({ name, words, may: may as May, takes })
    }
  }
  return found
}

async function permissions(routes: readonly DeskRoute[]): Promise<string> {
  const doors = Map.groupBy(routes, route => route.path)
  const pages = [...doors].sort().map(([path, both]) => [
    `\`${path}\``,
    ...[...roleNames, null].map(role => {
      const open = both
        .filter(route => route.may(staffIn(role)))
        .map(route => (route.method === 'GET' ? '看' : '办'))
      return open.join('')
    }),
  ])
  const deeds = (await acts()).map(({ name, words, may, takes }) => [
    words === name ? `\`${name}\`` : `${words} \`${name}\``,
    ...[...roleNames, null].map(role => (may(staffIn(role), ...takes(organ)) ? '●' : '')),
  ])
  return `# 权限表：谁可以做什么

本页由 \`test/permissions.test.ts\` 从代码生成并在每次测试时核对，不要手改；权限有意变化时运行
\`npx vitest run test/permissions.test.ts --update\`。角色的含义见 \`docs/glossary.md\`，三员分立见 S-SEC-06。

## 工作台的页面

“看”可以打开，“办”可以提交；打开以后能办哪一件，由下一张表的权限逐件再问。

${table(['页面', ...columns], pages)}

## 办理

在本人任职的机构内；对任职范围以外的机构，任何角色都不能办理。

${table(['事项', ...columns], deeds)}
`
}

const columns = [...roleNames.map(role => roles[role]), '没有角色']

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : ':-:'))), ...rows.map(line)].join(
    '\n',
  )
}

describe('every role at every door of the desk', () => {
  const title = '起草中甲一号事项'
  const who = [...roleNames, null]
  let server: FastifyInstance
  let government: TestGovernment
  const filled = new Map<string, string>()
  const logins = new Map<Role | null, { id: string; cookie: string }>()

  beforeAll(async () => {
    const ctx = systemContext(house.connection.db, house.clock)
    server = await deskServer(house)
    government = await makeGovernment(ctx)
    await requireSecondFactor(ctx, 'nobody')
    const draft = await makeDraft(ctx, { ...government, department: government.government }, { title })
    for (const role of who) logins.set(role, await signIn(role))
    const params = {
      publications: draft.publicId,
      organs: government.government.key,
      sites: government.site.key,
      columns: government.columns.get('notices'),
      people: logins.get('drafter')?.id,
    }
    for (const [collection, id] of Object.entries(params)) filled.set(collection, id ?? '')
  })
  afterAll(() => server.close())

  async function signIn(role: Role | null): Promise<{ id: string; cookie: string }> {
    const ctx = systemContext(house.connection.db, house.clock)
    const organId = government.government.id
    const username = role ?? 'without-role'
    const name = role ? roles[role] : '没有角色的人'
    const made = await createStaff(ctx, { username, name, organId, formKey: null, mustChangePassword: false })
    if (role) await givePost(ctx, { staffId: made.staffId, role, organId, fromOn: null, untilOn: null })
    const answer = await server.inject({
      method: 'POST',
      url: '/login',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ username, password: made.password }).toString(),
    })
    expect(answer.statusCode, `${username} signs in`).toBe(303)
    return { id: made.staffId, cookie: answer.cookies.map(one => `${one.name}=${one.value}`).join('; ') }
  }

  const get = (url: string, role: Role | null) =>
    server.inject({ method: 'GET', url, headers: { cookie: logins.get(role)?.cookie ?? '' } })

  /** The address with something real in it, where there is something; else one that nobody knows. */
  function addressOf({ path }: DeskRoute): { address: string; isReal: boolean } {
    const collection = /^\/([^/]+)\/:/.exec(path)?.[1]
    const isReal = collection === undefined || filled.has(collection)
    const id = filled.get(collection ?? '') ?? crypto.randomUUID()
    return { address: path.replace(/:\w+/, id).replaceAll(/:\w+/g, 'unknown'), isReal }
  }

  /** Whoever may enter these in general may be refused at the one item: it is another's to review or to take down. */
  /** Administrators keep the house, not its texts (S-SEC-06); the trail of acts alone names what was acted on. */
  const seesNoDrafts = (role: Role | null, address: string) =>
    role === null || (administrators.includes(role) && !address.startsWith('/audit'))

  it.each(who.map(role => [role ?? 'without a role', role] as const))('%s', async (_, role) => {
    for (const route of house.deskRoutes) {
      if (route.method !== 'GET') continue
      const { address, isReal } = addressOf(route)
      const answer = await get(address, role)
      const said = `${role ?? 'without a role'} at ${address}: ${answer.statusCode}`
      if (!route.may(staffIn(role))) expect(answer.statusCode, said).toBe(403)
      else if (isReal) expect([200, 303], said).toContain(answer.statusCode)
      else expect(answer.statusCode, said).toBe(404)
      if (seesNoDrafts(role, address))
        expect(answer.payload.includes(title), `${said}, with a draft`).toBe(false)
    }
  })
})
