// What the launcher says. Progress goes to stderr: the output of a command stays clean.

let firstTime = false

/** The steps are only counted aloud when there is something to wait for. */
export function step(number, text) {
  if (number < 3) firstTime = true
  if (firstTime) say(`${['第一步', '第二步', '第三步'][number - 1]}/共三步 ${text}`)
}

export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Ends the launcher with a plain message and no stack. */
export function problem(text) {
  throw Object.assign(new Error(text), { name: 'LaunchProblem' })
}

/** A sign of life every ten seconds while `work` goes on. */
export async function whileWaiting(work) {
  const began = Date.now()
  const timer = setInterval(() => say(`  …已用 ${Math.round((Date.now() - began) / 1000)} 秒`), 10_000)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}
