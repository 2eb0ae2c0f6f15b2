import type { Module } from '#platform/module'
import type { HandOver } from './actions/hand-over.ts'
import { newLoginKey } from './commands/new-login-key.command.ts'
import { resetPasswordCommand } from './commands/reset-password.command.ts'
import { routes as account } from './desk/account.page.tsx'
import { routes as deputies } from './desk/deputies.page.tsx'
import { handOverRoutes } from './desk/hand-over.page.tsx'
import { routes as loginRules } from './desk/login-rules.page.tsx'
import { routes as newPerson } from './desk/new-person.page.tsx'
import { routes as ownDeputies } from './desk/own-deputies.page.tsx'
import { routes as password } from './desk/password.page.tsx'
import { routes as peopleList } from './desk/people.page.tsx'
import { routes as person } from './desk/person.page.tsx'
import { routes as secondFactor } from './desk/second-factor.page.tsx'
import { purge } from './jobs/purge-logins.job.ts'
import { mayReadPeople } from './policy.ts'

/** `handOvers`: open work of other modules that passes when somebody leaves; only `app` knows those modules. */
export const peopleWith = (handOvers: readonly HandOver[]): Module => ({
  name: 'people',
  deskRoutes: [
    ...account,
    ...password,
    ...secondFactor,
    ...ownDeputies,
    ...peopleList,
    ...newPerson,
    ...deputies,
    ...loginRules,
    ...person,
    ...handOverRoutes(handOvers),
  ],
  menu: [{ group: 'administration', label: '人员与角色', href: '/people', order: 85, may: mayReadPeople }],
  jobs: [purge],
  commands: [resetPasswordCommand, newLoginKey],
})

export const people: Module = peopleWith([])
