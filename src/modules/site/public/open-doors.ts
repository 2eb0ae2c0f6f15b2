import { listOrgansBelow } from '#modules/organisations'
import { policyKinds } from '#modules/policies'
import { countPublic, type ListFilter } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { interpretationKinds, platformPath } from '../platform.ts'

export interface OpenDoor {
  label: string
  text: string
  href: string
}

/** The few things most people come for, each with how much is behind it; nothing that is not there. */
export async function openDoors(ctx: PublicContext, now: Date): Promise<OpenDoor[]> {
  const { db, site } = ctx
  const count = (filter: Partial<ListFilter>) => countPublic(db, now, { siteId: site.id, ...filter })
  const [policies, inForce, disclosed, interpretations, organs] = await Promise.all([
    count({ kinds: policyKinds }),
    count({ kinds: policyKinds, validity: 'in-force' }),
    count({ columnPath: platformPath }),
    count({ kinds: interpretationKinds }),
    listOrgansBelow(db, site.organId),
  ])
  return [
    {
      label: '政策文件库',
      text: `${policies} 件，其中 ${inForce} 件现行有效`,
      href: '/policies',
      shown: policies > 0,
    },
    {
      label: '政府信息公开',
      text: '指南、制度、法定公开内容、年报',
      href: '/disclosure',
      shown: disclosed > 0,
    },
    {
      label: '政策解读',
      text: `${interpretations} 件，说清为什么、怎么办`,
      href: '/interpretations',
      shown: interpretations > 0,
    },
    { label: '机构', text: '职责、领导、电话、办公时间', href: '/organs', shown: organs.length > 0 },
  ]
    .filter(door => door.shown)
    .map(({ shown: _, ...door }) => door)
}
