import { onNpmGone } from './npm-gone.js'
import { endOf, passSignals, startNode } from './run.js'
import { say } from './words.js'

/**
 * Runs the site until it ends. Whoever kills the launcher or npm hard (kill -9) means the site: it hears of its parent's end
 * by the closed channel ("disconnect"), and of npm's by us. Without that it would hold on to its port unseen.
 */
export async function serve(args) {
  const child = startNode(['--enable-source-maps', 'dist/main.js', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  child.on('error', () => {})
  passSignals(child)
  onNpmGone(() => child.kill('SIGTERM'))
  const code = await endOf(child)
  if (code === 137) say('网站进程被强行结束了。数据没有受损，重新运行 npm start 即可。')
  return code
}
