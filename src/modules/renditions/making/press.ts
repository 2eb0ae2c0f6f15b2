import { createHash } from 'node:crypto'
import type { FileStorage } from '#platform/storage/storage'
import { findFonts } from '../fonts.ts'
import type { OfficialDocument } from '../official-document.ts'
import { PageThread, tooBusy } from './page-thread.ts'
import { type Format, type PictureNamed, recipeOf, type ToPrint } from './rendition.ts'
import { readPictures } from './to-print.ts'

/** At once: each holds a connection of the database while it waits for its page. */
const mostAtOnce = 2
const mostInLine = 50

/** What writes pages in this process: one thread, and the order in which it is asked. */
export class Press {
  readonly storage: FileStorage
  private readonly fonts: string
  private readonly thread = new PageThread()
  private fingerprint: string | undefined
  private readonly underWay = new Map<string, Promise<unknown>>()
  private readonly line: (() => void)[] = []
  private running = 0

  /** @param fonts folder in which the administrator may have put fonts of their own */
  constructor(storage: FileStorage, fonts: string) {
    this.storage = storage
    this.fonts = fonts
  }

  recipe(what: ToPrint, format: Format): string {
    this.fingerprint ??= findFonts(this.fonts).fingerprint
    return recipeOf(what, format, this.fingerprint)
  }

  async write(
    document: OfficialDocument,
    format: Format,
    pictures: readonly PictureNamed[] = [],
  ): Promise<Uint8Array> {
    return this.thread.write({
      format,
      document,
      pictures: await readPictures(this.storage, pictures),
      fonts: this.fonts,
    })
  }

  /** Whoever asks for what is being made already gets the same. @throws unavailable when the line is too long. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const running = this.underWay.get(name)
    if (running) return running as Promise<T>
    const making = this.inTurn(make).finally(() => this.underWay.delete(name))
    this.underWay.set(name, making)
    return making
  }

  private async inTurn<T>(make: () => Promise<T>): Promise<T> {
    if (this.running >= mostAtOnce) {
      if (this.line.length >= mostInLine) throw tooBusy()
      await new Promise<void>(go => this.line.push(go))
    } else this.running++
    try {
      return await make()
    } finally {
      const next = this.line.shift()
      if (next) next()
      else this.running--
    }
  }

  stop(): Promise<void> {
    return this.thread.stop()
  }
}

/** Where everything lies that was ever made of an edition, also what a process that was killed has left behind. */
export const folderOf = (editionId: string): string => `renditions/${editionId.slice(-2)}/${editionId}`

export async function keepRendition(
  storage: FileStorage,
  editionId: string,
  bytes: Uint8Array,
): Promise<{ storageKey: string; sha256: string; size: number }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const storageKey = `${folderOf(editionId)}/${sha256}`
  await storage.keepBytes(storageKey, bytes)
  return { storageKey, sha256, size: bytes.length }
}

/** Whether the bytes lie there: they are made again when somebody has tidied them away. */
export async function isThere(storage: FileStorage, storageKey: string): Promise<boolean> {
  try {
    for await (const _ of await storage.read(storageKey, { from: 0, to: 0 })) return true
    return false
  } catch {
    return false
  }
}
