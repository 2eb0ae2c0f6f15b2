import { z } from 'zod'
import { invalid } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { getOrgan } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type Document, grounds, materialTypes, opennesses } from '../document.ts'
import type { KeptFile } from '../kept-file.ts'
import { type Seen, takeStep } from '../take-step.ts'

const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>) =>
  Object.keys(words) as [Key, ...Key[]]

/** 公开属性 with reason and ground (R-SRC-01, R-EXC-02 to R-EXC-08), and what the signature needs to know. */
export const attributeInput = z
  .object({
    openness: z.enum(keysOf(opennesses), '请选择公开属性。'),
    opennessGround: z
      .preprocess(blankAsNull, z.enum(keysOf(grounds), '请从条例的条款中选择依据。').nullable())
      .default(null),
    opennessReason: z.string().trim().min(4, '请写明理由。').max(500, '理由最多 500 字。'),
  })
  .superRefine((attribute, check) => {
    if (attribute.openness === 'withheld' && !attribute.opennessGround)
      check.addIssue({
        code: 'custom',
        path: ['opennessGround'],
        message: '拟不公开的，请选择法律依据（条例第十四条至第十六条）。',
      })
  })

export const prepareInput = attributeInput.safeExtend({
  letterCodeId: z.preprocess(blankAsNull, z.uuid('请重新选择机关代字。').nullable()).default(null),
  coOrganIds: z
    .preprocess(
      value => (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter(id => id !== ''),
      z.array(z.uuid()).max(20, '联合行文的单位最多 20 个。'),
    )
    .default([]),
})
export type Prepare = z.output<typeof prepareInput>

/** The first step's own part: attribute, family of numbers, co-issuing organs. */
export function prepareDocument(ctx: Context, seen: Seen, input: Prepare) {
  return takeStep(ctx, 'prepare', seen, async (db, { document }) => {
    const { coOrganIds, letterCodeId, ...attribute } = input
    if (letterCodeId) await checkFamily(db, document.organId, letterCodeId)
    await replaceCoOrgans(db, document, coOrganIds)
    return {
      toState: 'drafting',
      changes: { ...attribute, letterCodeId, opennessConfirmedAt: null },
    }
  })
}

async function checkFamily(db: Database, organId: string, letterCodeId: string): Promise<void> {
  const family = await db
    .selectFrom('letterCodes')
    .select('retiredAt')
    .where('id', '=', letterCodeId)
    .where('organId', '=', organId)
    .executeTakeFirst()
  if (!family || family.retiredAt)
    throw invalid('documents.unknown-family', '这个机关代字不是本单位的，或者已经停用。请重新选择。')
}

export async function replaceCoOrgans(
  db: Database,
  document: Pick<Document, 'id' | 'organId'>,
  organIds: readonly string[],
): Promise<void> {
  await db.deleteFrom('documentCoOrgans').where('documentId', '=', document.id).execute()
  const others = [...new Set(organIds)].filter(id => id !== document.organId)
  for (const id of others) await getOrgan(db, id)
  if (others.length > 0)
    await db
      .insertInto('documentCoOrgans')
      .values(others.map((organId, at) => ({ documentId: document.id, organId, position: at + 1 })))
      .execute()
}

export const materialInput = z.object({
  type: z.enum(keysOf(materialTypes), '请选择材料的种类。'),
  title: z.string().trim().min(2, '请写材料的名称。').max(100),
  words: z.string().trim().max(5000, '最多 5000 字，更长的请作为文件附上。').default(''),
})

/** Adds a material (R-NOR-07), or says what became of opinions in words. */
export function addMaterial(
  ctx: Context,
  seen: Seen,
  input: z.output<typeof materialInput>,
  file: KeptFile | null,
) {
  if (!file && input.words === '')
    throw invalid('documents.material-empty', '请写明材料的内容、存放的地方，或者附上文件。')
  return takeStep(ctx, 'add-material', seen, async (db, { document }) => {
    await db
      .insertInto('documentMaterials')
      .values({
        id: uuidv7(),
        documentId: document.id,
        ...input,
        file: file && JSON.stringify(file),
        addedBy: actorName(ctx.actor),
        addedById: actorId(ctx.actor),
        addedAt: ctx.clock.now(),
      })
      .execute()
    return { toState: document.state, opinion: `附上${materialTypes[input.type]}：${input.title}` }
  })
}

/** Takes a material out; that it was there stays known. */
export function removeMaterial(ctx: Context, seen: Seen, materialId: string) {
  return takeStep(ctx, 'add-material', seen, async (db, { document, materials }) => {
    const material = materials.find(one => one.id === materialId)
    if (!material) throw invalid('documents.no-material', '这份材料已经撤下了。')
    await db
      .updateTable('documentMaterials')
      .set({ removedAt: ctx.clock.now() })
      .where('id', '=', materialId)
      .execute()
    return { toState: document.state, opinion: `撤下${materialTypes[material.type]}：${material.title}` }
  })
}
