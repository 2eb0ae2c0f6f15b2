import { chmod, lstat, mkdir } from 'node:fs/promises'

export async function exists(path: string) {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/** mkdir subtracts the umask (root's may be 077); only a folder of our own making is changed. */
export async function makeFolder(folder: string, mode: number) {
  if (await mkdir(folder, { recursive: true, mode })) await chmod(folder, mode)
}

/** A place that every user may walk into, for what cannot stay in a folder that only root may enter. */
export async function placeOutside() {
  for (const folder of ['/var/lib/mingtang', '/var/tmp/mingtang'])
    try {
      await makeFolder(folder, 0o755)
      return folder
    } catch {}
  throw new Error('/var/lib/mingtang 和 /var/tmp/mingtang 都无法建立')
}
