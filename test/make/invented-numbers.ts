/** Numbers of nobody, made by rule: areas, dates and order numbers that a formula gives, with the right check digits. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An identity number of 18 places. */
export function inventedIdentity(seed: number): string {
  const areas = ['350128', '110101', '440305', '510107', '330108', '620102', '650102', '210203']
  const area = areas[seed % areas.length]
  const year = 1930 + ((seed * 7) % 80)
  const month = String(1 + ((seed * 5) % 12)).padStart(2, '0')
  const day = String(1 + ((seed * 11) % 28)).padStart(2, '0')
  const first = `${area}${year}${month}${day}${String((seed * 37) % 1000).padStart(3, '0')}`
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0)
  return first + '10X98765432'[sum % 11]
}

/** Of 15 places, as they were until 1999. */
export function inventedOldIdentity(seed: number): string {
  const whole = inventedIdentity(seed)
  return `${whole.slice(0, 6)}${String(30 + ((seed * 7) % 60))}${whole.slice(10, 17)}`
}

export const inventedMobile = (seed: number) =>
  `1${['39', '38', '86', '77', '50'][seed % 5]}${String(10_000_000 + ((seed * 7_654_321) % 89_999_999)).slice(0, 8)}`

/** A card number that passes the check of Luhn. */
export function inventedCard(seed: number, length = 19): string {
  const begin = ['621700', '622848', '622202', '621226'][seed % 4] ?? '621700'
  const body =
    begin +
    String(1_000_000_000_000 + seed * 7_919_777)
      .slice(1)
      .padEnd(13, '7')
  const first = body.slice(0, length - 1)
  let sum = 0
  for (let at = 0; at < first.length; at++) {
    const digit = Number(first[first.length - 1 - at]) * (at % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return first + ((10 - (sum % 10)) % 10)
}

/** A unified social credit code (GB 32100). */
export function inventedCreditCode(seed: number): string {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const factors = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  const first = `${seed % 2 ? '91' : '11'}350128${seed % 3 ? 'MA' : '00'}${String((seed * 7_654_321) % 10_000_000).padStart(7, '0')}`
  const sum = factors.reduce((total, factor, at) => total + factor * signs.indexOf(first[at] ?? ''), 0)
  return first + signs[(31 - (sum % 31)) % 31]
}
