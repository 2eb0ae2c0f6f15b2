type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** The fields that an act changed, before and after, for the audit trail. */
export function changes(
  before: object | null,
  after: object,
): Record<string, { before: Plain; after: Plain }> {
  const old = plain(before ?? {})
  return Object.fromEntries(
    Object.entries(plain(after))
      .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]))
      .map(([field, value]) => [field, { before: old[field] ?? null, after: value }]),
  )
}

/** Instants become text, so that the value can be kept as JSON. */
function plain(value: object): Record<string, Plain> {
  return JSON.parse(JSON.stringify(value)) as Record<string, Plain>
}
