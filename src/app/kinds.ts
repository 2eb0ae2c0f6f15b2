import { kinds as interpretationKinds } from '../modules/interpretation/kinds.ts'
import { kinds as ledgerKinds } from '../modules/ledger/kinds.ts'
import { kinds as normativeKinds } from '../modules/normative/kinds.ts'
import { kinds as policyKinds } from '../modules/policies/kinds.ts'
import { kinds as repostKinds } from '../modules/reposts/kinds.ts'
import { kinds as siteKinds } from '../modules/site/kinds.ts'

/** What can be published. */
export const kinds = [
  ...policyKinds,
  ...interpretationKinds,
  ...siteKinds,
  ...repostKinds,
  ...ledgerKinds,
  ...normativeKinds,
]
