import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { requireSecondFactor } from '#modules/people'
import { inTransaction } from '#platform/db/database'
import type { Command, Out } from '#platform/module'
import { foundGovernment, type SampleLogin } from '../sample/found-government.ts'
import { usualColumns } from './usual-columns.ts'

/** Founds a real government: from a file, or by a few questions; nothing of the sample is in it. */
export const initCommand: Command = {
  name: 'init',
  usage: 'init [FILE.json]',
  summary: '建立自己的政府：名称、站点、首批机构和管理员（不含样例）',
  async run(ctx, args, out) {
    const founded = await ctx.db.selectFrom('installation').select('foundedAs').executeTakeFirst()
    if (founded && founded.foundedAs !== 'empty') {
      out.error(
        founded.foundedAs === 'sample'
          ? '这里装着样例政府。请先运行 ./bin/mingtang sample remove，再运行 init。'
          : '这里已经建立了政府，不能再建一次。机构、站点和人员请在工作台里增改。',
      )
      return 2
    }
    const [path] = args
    const file = path ? JSON.parse(await readFile(path, 'utf8')) : await ask(out)
    const logins = await inTransaction(ctx.db, async db => {
      const inside = { ...ctx, db }
      const { logins } = await foundGovernment(inside, file, { mustChangePassword: true })
      await requireSecondFactor(inside)
      await db
        .insertInto('installation')
        .values({ foundedAs: 'government' })
        .onConflict(conflict => conflict.column('oneRow').doUpdateSet({ foundedAs: 'government' }))
        .execute()
      return logins
    })
    tell(out, logins)
    return 0
  },
}

function tell(out: Out, logins: readonly SampleLogin[]): void {
  out.print('建好了。下面是首次登录的一次性密码，只显示这一次；登录后须改密码并绑定动态口令：')
  for (const login of logins)
    out.print(`  ${login.username}  ${login.password}  ${login.name}（${login.roles.join('、')}）`)
  out.print('现在运行 npm start，再打开工作台登录。')
}

/** The fewest questions that make a government that can begin. */
async function ask(out: Out): Promise<unknown> {
  const input = createInterface({ input: process.stdin, output: process.stderr })
  // By iterator: lines that come faster than the questions (from a pipe) are kept
  const lines = input[Symbol.asyncIterator]()
  const readAnswer = async (text: string): Promise<string> => {
    process.stderr.write(text)
    const { value, done } = await lines.next()
    if (done) throw new Error('回答还没有给全，什么也没有建立。')
    return value
  }
  const answer = async (question: string, check: RegExp, remedy: string, usual?: string): Promise<string> => {
    for (;;) {
      const text = (await readAnswer(`${question}${usual ? `［${usual}］` : ''}：`)).trim() || (usual ?? '')
      if (check.test(text)) return text
      out.error(remedy)
    }
  }
  try {
    const name = await answer('政府全称，例如 云溪县人民政府', /.{4,}/, '请填写全称。')
    const shortName = await answer('简称', /.{2,}/, '请填写简称。', name.replace('人民政府', '政府'))
    const code = await answer('行政区划代码（6 位数字）', /^\d{6}$/, '行政区划代码是 6 位数字。')
    const siteCode = await answer(
      '网站标识码（10 位）',
      /^(bm\d{8}|\d{10})$/,
      '网站标识码是 10 位数字。',
      `${code}0001`,
    )
    const domain = await answer(
      '网站域名，例如 www.yunxi.gov.cn',
      /^[a-z0-9.-]+\.[a-z]+$/,
      '请填写域名，不带 http://。',
    )
    const uscc = await answer(
      '政府的统一社会信用代码（18 位，暂无可留空）',
      /^([0-9A-Z]{18})?$/,
      '统一社会信用代码是 18 位。',
    )
    const office = await answer('政务公开主管部门', /.{4,}/, '请填写部门全称。', `${name}办公室`)
    const phone = await answer('联系电话', /^[\d-]{7,}$/, '请填写电话号码。')
    const others = (await readAnswer('其他首批机构全称，用顿号隔开（可留空，以后在工作台添加）：')).trim()
    const people = await askPeople(answer)
    return governmentOf({ name, shortName, siteCode, domain, uscc, office, phone, others, people })
  } finally {
    input.close()
  }
}

type Answer = (question: string, check: RegExp, remedy: string, usual?: string) => Promise<string>

const administrators = {
  'system-administrator': '系统管理员',
  'security-administrator': '安全管理员',
  'audit-administrator': '审计管理员',
}

/** Three administrators, who must be three persons (S-SEC-06), and the openness office. */
async function askPeople(answer: Answer) {
  const people: { username: string; name: string; organ: string; roles: string[] }[] = []
  for (const [role, label] of Object.entries({
    ...administrators,
    'openness-office': '政务公开办工作人员',
  })) {
    const name = await answer(`${label}姓名`, /.{2,}/, '请填写姓名。')
    const username = await answer(
      `${label}登录名`,
      /^[a-z][a-z0-9._-]{2,31}$/,
      '登录名用 3 至 32 个小写字母、数字，以字母开头。',
    )
    people.push({
      name,
      username,
      organ: role === 'openness-office' ? 'office' : 'government',
      roles: [role],
    })
  }
  return people
}

function governmentOf(told: {
  name: string
  shortName: string
  siteCode: string
  domain: string
  uscc: string
  office: string
  phone: string
  others: string
  people: object[]
}) {
  const level = /[县区旗]人民政府/.test(told.name)
    ? 'county'
    : /[省]|自治区/.test(told.name)
      ? 'province'
      : 'city'
  const others = told.others
    .split(/[、，,;；]/)
    .map(name => name.trim())
    .filter(Boolean)
  return {
    organs: [
      {
        key: 'government',
        name: told.name,
        shortName: told.shortName,
        type: 'government',
        level,
        uscc: told.uscc,
        docCodes: [],
        order: 0,
        phone: told.phone,
      },
      {
        key: 'office',
        parent: 'government',
        name: told.office,
        shortName: told.office,
        type: 'office',
        level,
        docCodes: [],
        order: 1,
        phone: told.phone,
      },
      ...others.map((name, index) => ({
        key: `organ-${index + 1}`,
        parent: 'government',
        name,
        shortName: name,
        type: /镇|乡|街道/.test(name) ? 'township' : 'department',
        level: /镇|乡|街道/.test(name) ? 'township' : level,
        docCodes: [],
        order: index + 2,
      })),
    ],
    sites: [
      {
        key: 'portal',
        organ: 'government',
        name: told.name,
        shortName: told.shortName,
        tagline: '政务公开',
        domain: told.domain,
        siteCode: told.siteCode,
        host: told.office,
        contactPhone: told.phone,
        columns: usualColumns,
      },
    ],
    staff: told.people,
  }
}
