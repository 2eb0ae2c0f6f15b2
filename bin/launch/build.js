import { onlyOne } from './only-one.js'
import { runNode } from './run.js'
import { isBuilt } from './sources.js'
import { problem, step } from './words.js'

/** Builds dist/ when the sources have changed since. */
export async function build() {
  if (isBuilt()) return
  await onlyOne('build', async () => {
    if (isBuilt()) return
    step(2, '构建…')
    const code = await runNode(['bin/build.js'], { stdio: ['ignore', 2, 2] })
    if (code !== 0) problem('构建失败，原因见上。')
  })
}
