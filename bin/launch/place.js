import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder, wherever the launcher is called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export function at(...parts) {
  return join(root, ...parts)
}
