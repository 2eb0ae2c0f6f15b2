/**
 * Roles a member of staff can hold in an organ. The three administrators are separate persons: none may hold
 * two of them, nor any other role beside one (S-SEC-06).
 */
export const roles = {
  drafter: '起草人',
  'department-head': '部门负责人',
  'secrecy-reviewer': '保密审查员',
  'legality-reviewer': '合法性审核员',
  'general-office': '办公室核稿',
  signer: '签发人',
  'openness-office': '政务公开办',
  'case-officer': '案件承办人',
  leader: '领导',
  'window-clerk': '窗口人员',
  'system-administrator': '系统管理员',
  'security-administrator': '安全管理员',
  'audit-administrator': '审计管理员',
} as const

export type Role = keyof typeof roles

/** A role in one organ; for the government's own organ it reaches down to the organs below it. */
export interface Post {
  role: Role
  organId: string
  /** The organs in which the role holds: its organ and, for some roles, all organs below. */
  reach: readonly string[]
  /** Set when the post is held for somebody who is away. */
  deputyFor?: string
}

export type Actor = Visitor | Staff | SystemActor
export interface Visitor {
  kind: 'visitor'
}
export interface Staff {
  kind: 'staff'
  id: string
  name: string
  organId: string
  posts: readonly Post[]
}
/** The system itself, for jobs and commands; `why` names which. */
export interface SystemActor {
  kind: 'system'
  why: string
}

export const visitor: Visitor = { kind: 'visitor' }
export const system = (why: string): SystemActor => ({ kind: 'system', why })

/** Whether the actor holds one of the roles, in the organ where one is named. The system may do what its job does. */
export function holds(actor: Actor, wanted: Role | readonly Role[], organId?: string): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind === 'visitor') return false
  const list = typeof wanted === 'string' ? [wanted] : wanted
  return actor.posts.some(
    post => list.includes(post.role) && (organId === undefined || post.reach.includes(organId)),
  )
}

/** Who acted, for records that must stay readable after the account is gone. */
export function actorName(actor: Actor): string {
  return actor.kind === 'staff' ? actor.name : actor.kind === 'system' ? `系统（${actor.why}）` : '访客'
}

export function actorId(actor: Actor): string | null {
  return actor.kind === 'staff' ? actor.id : null
}
