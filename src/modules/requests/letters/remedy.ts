import { type Reply, reconsiderationFirst, ruleOf } from '../reply-kinds.ts'

/** Who reviews what this organ decides (R-REM-07, 10), and where an application for review can be made on line (R-LET-33). */
export interface RemedyBodies {
  reconsideration: string
  court: string
  /** Address of the reconsideration organ's on-line service; null: it has none that is known. */
  online: string | null
}

const days = 60
const months = 6
const daysAfterReview = 15

/** What the letter is called in its own remedy paragraph. */
type Named = '答复书' | '告知书' | '更正告知书'

/**
 * How a decision can be contested (R-REM-03…05, 11): reconsideration first where something is withheld under Arts 14–16, else at the
 * applicant's choice. Null: nothing was decided about the information, so there is nothing to contest.
 * @param electronic the letter is served on line, and has to name the on-line service for review (复议法 Art. 22)
 */
export function remedyOf(
  replies: readonly Reply[],
  bodies: RemedyBodies,
  { named = '答复书', electronic }: { named?: Named; electronic: boolean },
): string | null {
  if (replies.every(reply => ruleOf(reply.kind).remedy === 'none')) return null
  const paragraph = reconsiderationFirst(replies) ? reviewFirst(bodies, named) : ofChoice(bodies, named)
  return paragraph + (electronic ? onLine(bodies) : '')
}

const reviewFirst = ({ reconsideration, court }: RemedyBodies, named: Named) =>
  `如对本${named}不服，应当自收到本${named}之日起${days}日内先向${reconsideration}申请行政复议；` +
  `对行政复议决定不服的，可以自收到行政复议决定书之日起${daysAfterReview}日内向${court}提起行政诉讼。`

/** For what goes by no reply kind: told to a third party, the correction of a record. */
export const ofChoice = ({ reconsideration, court }: RemedyBodies, named: Named) =>
  `如对本${named}不服，可以自收到本${named}之日起${days}日内向${reconsideration}申请行政复议，` +
  `或者${months}个月内向${court}提起行政诉讼。`

export const onLine = ({ online, reconsideration }: RemedyBodies) =>
  online === null
    ? `行政复议申请可以当面、邮寄提交，也可以按${reconsideration}公布的互联网渠道提交。`
    : `行政复议申请可以在网上提交：${online}。`
