import type { Chance } from './chance.ts'
import { townshipNames } from './organs.ts'
import {
  firstSigns,
  givenSigns,
  roadEnds,
  secondSigns,
  surnames,
  trades,
  villageEnds,
  waterEnds,
} from './words/places.ts'

/** A name of two signs out of some sixteen thousand; a few are met often, most hardly ever. */
const stemOf = (chance: Chance): string => stemAt(chance.unit() ** 2)

/** One of those hardly ever met. */
export const rareStemOf = (chance: Chance): string => stemAt(0.4 + chance.unit() * 0.6)

const stems = firstSigns.length * secondSigns.length

function stemAt(share: number): string {
  // Neighbours in the list should not look alike
  const spread = (Math.floor(share * stems) * 2399) % stems
  return `${firstSigns[spread % firstSigns.length]}${secondSigns[Math.floor(spread / firstSigns.length)]}`
}

export const villageOf = (chance: Chance) => `${stemOf(chance)}${chance.any(villageEnds)}`
export const roadOf = (chance: Chance) => `${stemOf(chance)}${chance.any(roadEnds)}`
export const waterOf = (chance: Chance) => `${stemOf(chance)}${chance.any(waterEnds)}`
export const townOf = (chance: Chance) => chance.any(townshipNames)
export const companyOf = (chance: Chance) =>
  `云溪县${stemOf(chance)}${chance.any(trades)}${chance.happens(0.8) ? '有限公司' : '专业合作社'}`
export const personOf = (chance: Chance) =>
  `${chance.any(surnames)}${chance.any(givenSigns)}${chance.happens(0.6) ? chance.any(givenSigns) : ''}`
