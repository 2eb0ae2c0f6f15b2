import { posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type CheerioAPI, load } from 'cheerio'
import { type HtmlElement, isElement } from '../html-element.ts'
import { legibleText } from '../printed/legible-text.ts'
import { orientedTexts, type SetText } from '../printed/oriented-texts.ts'
import type { PrintedPage } from '../printed/printed-page.ts'
import { textOfPages } from '../printed/printed-text.ts'
import type { Rule } from '../printed/rules.ts'
import type { ReadDocument } from '../read-document.ts'
import { damaged, encrypted, UnreadableFile } from '../unreadable-file.ts'
import type { Package } from '../zip/open-package.ts'
import { POINTS_PER_MILLIMETRE } from './ofd-numbers.ts'
import { ofdRules } from './ofd-rules.ts'
import { setTextsOf } from './ofd-text.ts'

const PAGE_LIMIT = 3000
const A4: Size = [210, 297]

/** .ofd (GB/T 33190): pages of XML with text set by coordinates → text in paragraphs, as from a PDF. */
export async function readOfd(file: string, parts: Package): Promise<ReadDocument> {
  if (parts.names.some(name => /(?:^|\/)Encryptions?\.xml$/i.test(name))) throw encrypted(file)
  const start = await xmlOf(parts, 'OFD.xml')
  const pages: PrintedPage[] = []
  for (const root of named(start, 'DocRoot')) {
    const part = locate('', start(root).text())
    if (!parts.has(part)) throw damaged(file)
    pages.push(...(await pagesOf(file, parts, part)))
  }
  const letters = pages.map(page =>
    page.texts.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0),
  )
  return { form: 'text', format: 'ofd', ...legibleText(file, textOfPages(pages), letters) }
}

async function pagesOf(file: string, parts: Package, part: string): Promise<PrintedPage[]> {
  const document = await xmlOf(parts, part)
  const folder = posix.dirname(part)
  const list = named(document, 'Pages').flatMap(pages => document(pages).children().toArray())
  if (list.length > PAGE_LIMIT) {
    const why = `“${file}”有 ${list.length} 页，超过一份文件 ${PAGE_LIMIT} 页的上限，没有读取。请拆成几份后再导入。`
    throw new UnreadableFile('too-large', why)
  }
  const templates = new Map(
    named(document, 'TemplatePage').map(({ attribs }) => [
      attribs.ID ?? '',
      locate(folder, attribs.BaseLoc ?? ''),
    ]),
  )
  const drawnTemplates = new Map<string, Drawn>()
  const whole = boxOf(document) ?? A4
  const pages: PrintedPage[] = []
  for (const { attribs } of list) {
    const content = locate(folder, attribs.BaseLoc ?? '')
    if (!parts.has(content)) continue
    const page = await xmlOf(parts, content)
    const drawn = [drawnOn(page)]
    for (const { attribs: uses } of named(page, 'Template')) {
      const template = templates.get(uses.TemplateID ?? '')
      if (template === undefined || !parts.has(template)) continue
      const known = drawnTemplates.get(template) ?? drawnOn(await xmlOf(parts, template))
      drawnTemplates.set(template, known)
      drawn.push(known)
    }
    const [width, height] = boxOf(page) ?? whole
    pages.push({
      width: width * POINTS_PER_MILLIMETRE,
      height: height * POINTS_PER_MILLIMETRE,
      texts: orientedTexts(drawn.flatMap(one => one.texts)),
      rules: drawn.flatMap(one => one.rules),
    })
    await setImmediate()
  }
  return pages
}

async function xmlOf(parts: Package, part: string): Promise<CheerioAPI> {
  return load(await parts.text(part), { xml: true })
}

/** Elements by their name, whatever prefix the writer chose. */
function named($: CheerioAPI, name: string): HtmlElement[] {
  return $(`${name}, ofd\\:${name}`).toArray().filter(isElement)
}

type Drawn = { texts: SetText[]; rules: Rule[] }

function drawnOn($: CheerioAPI): Drawn {
  return { texts: setTextsOf($), rules: ofdRules($) }
}

type Size = [width: number, height: number]

function boxOf($: CheerioAPI): Size | null {
  const [box] = named($, 'PhysicalBox')
  const [, , width, height] = box ? $(box).text().trim().split(/\s+/).map(Number) : []
  return width && height ? [width, height] : null
}

/** Places are told from the folder of the part that tells them, or from the root of the package. */
function locate(folder: string, place: string): string {
  const path = place.trim().replaceAll('\\', '/')
  return posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(folder, path))
}
