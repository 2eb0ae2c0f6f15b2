import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** Nothing is read from here: what is set is handed over. */
const workspace = join(tmpdir(), 'mingtang-redaction')

export const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json')),
  '400Regular',
)

let compiler: NodeCompiler | undefined

/** A page program with its data → PDF. The same always gives the same bytes. */
export async function typeset(
  program: string,
  data: unknown,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<Uint8Array> {
  const typst = await import('@myriaddreamin/typst-ts-node-compiler')
  compiler ??= typst.NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fontFolder] }] })
  try {
    for (const [name, bytes] of pictures) compiler.mapShadow(join(workspace, name), Buffer.from(bytes))
    const compiled = compiler.compile({ mainFileContent: program, inputs: { data: JSON.stringify(data) } })
    const made = compiled.result
    if (!made) {
      const error = compiled.takeError()
      const why = JSON.stringify(error && compiler.fetchDiagnostics(error)).slice(0, 1000)
      throw new Error(`the page was not set: ${why}`)
    }
    return compiler.pdf(made, { pdfStandard: '1.7' })
  } finally {
    compiler.resetShadow()
    compiler.evictCache(2)
  }
}
