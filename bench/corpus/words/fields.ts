import type { Field } from './field.ts'
import { fieldsOfLand } from './fields-of-land.ts'
import { fieldsOfOrder } from './fields-of-order.ts'
import { fieldsOfPeople } from './fields-of-people.ts'

export const fields: readonly Field[] = [...fieldsOfLand, ...fieldsOfPeople, ...fieldsOfOrder]

const byName = new Map(fields.map(field => [field.name, field]))

/** The fields of an organ; a government deals in all. */
export function fieldsNamed(names: readonly string[]): readonly Field[] {
  return names.length === 0 ? fields : names.flatMap(name => byName.get(name) ?? [])
}
