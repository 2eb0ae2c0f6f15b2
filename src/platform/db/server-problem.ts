/** Something an operator can mend. The message is plain Chinese and is shown without a stack. */
export class ServerProblem extends Error {
  override name = 'ServerProblem'
}
