/** OFD measures in millimetres. */
export const POINTS_PER_MILLIMETRE = 72 / 25.4

/** Numbers in an attribute, divided by blanks. */
export function numbersOf(value: string | undefined): number[] {
  const parts = (value ?? '').trim().split(/\s+/)
  return parts.filter(part => part !== '').map(Number)
}
