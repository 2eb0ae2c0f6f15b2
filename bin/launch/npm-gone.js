import { readFileSync } from 'node:fs'

/**
 * Calls back when the npm that started us has been killed; only as `npm start`, for otherwise nobody stands above us whose
 * end would mean ours. Between npm and us there may be a shell, which does not notice.
 */
export function onNpmGone(gone) {
  if (process.env.npm_lifecycle_event !== 'start' || process.platform === 'win32') return
  const parent = process.ppid
  const shell = /^(sh|dash|bash|ash|busybox)$/.test(nameOf(parent))
  const above = shell ? parentOf(parent) : undefined
  const timer = setInterval(() => {
    if (process.ppid === parent && (above === undefined || parentOf(parent) === above)) return
    clearInterval(timer)
    gone()
  }, 250)
  timer.unref()
}

// Linux only; elsewhere npm's shell steps aside for us (exec), so that our parent is npm.
function nameOf(pid) {
  return read(`/proc/${pid}/comm`)
}

function parentOf(pid) {
  return /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1]
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
