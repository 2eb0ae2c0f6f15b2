import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Chance } from '../../bench/corpus/chance.ts'
import { type CorpusDocument, documentAt, planOf } from '../../bench/corpus/corpus.ts'
import { bodyHtmlOf } from '../../bench/corpus/files.ts'
import { jpegBytes, pngBytes } from '../make/file-bytes.ts'
import { type AttachmentKind, attachmentBytes } from './attachments.ts'
import { gbkBytes } from './gbk.ts'
import { homePage, host, listPage, type Template, templates } from './templates.ts'

/** What must become of a document page. */
export interface ExpectedDocument {
  document: CorpusDocument
  /** Path and query of every address under which the old site showed it. */
  addresses: string[]
  /** Files of its page: address on the old site, and what is in them. */
  attachments: { address: string; sha256: string; kind: AttachmentKind; shared: boolean }[]
  pictures: { address: string; sha256: string }[]
}

export interface Mirror {
  host: string
  /** Path under the folder → bytes. */
  files: ReadonlyMap<string, Buffer>
  documents: readonly ExpectedDocument[]
  /** Addresses of pages that are no documents. */
  lists: readonly string[]
  /** Pages under two addresses. */
  duplicates: number
  /** Links to what was not saved. */
  broken: number
}

/** One manner of keeping documents on the old site. */
interface Section {
  column: string
  folder: string
  template: Template
  charset: 'utf-8' | 'gb2312'
  /** File as wget saved it, and the address it had. */
  place(document: CorpusDocument, serial: number): { file: string; address: string }
}

const compact = (day: string) => day.replaceAll('-', '')
const same = (path: string) => ({ file: path, address: `/${path}` })

const sections: readonly Section[] = [
  {
    column: '政策文件',
    folder: 'zwgk/zcwj',
    template: 'table',
    charset: 'utf-8',
    place: ({ publishedOn }, serial) =>
      same(`zwgk/zcwj/${compact(publishedOn).slice(0, 6)}/t${compact(publishedOn)}_${serial}.html`),
  },
  {
    column: '信息公开目录',
    folder: 'xxgk/content',
    template: 'list',
    charset: 'gb2312',
    place: ({ publishedOn }, serial) =>
      same(`xxgk/content/${publishedOn.replaceAll('-', '/')}/${serial.toString(36)}${serial}.html`),
  },
  {
    column: '通知公告',
    folder: 'info/1012',
    template: 'spans',
    charset: 'utf-8',
    place: (_, serial) => same(`info/1012/${serial}.htm`),
  },
  {
    column: '部门文件',
    folder: 'zwgk/bmwj',
    template: 'table',
    charset: 'utf-8',
    place: (_, serial) => ({
      file: `zwgk/bmwj/content.jsp@id=${serial}`,
      address: `/zwgk/bmwj/content.jsp?id=${serial}`,
    }),
  },
  {
    column: '公开目录',
    folder: 'gkml',
    template: 'list',
    charset: 'gb2312',
    place: (_, serial) => same(`gkml/content.jsp?id=${serial}&col=3`),
  },
]

const firstSerial = 12_000
const kinds = ['docx', 'xlsx', 'pdf', 'zip'] as const
const formNames = ['申报表', '任务分解表', '名单', '评分标准', '资金分配表', '承诺书', '操作规程', '项目清单']

/**
 * A whole old site as wget mirrors it, in the manner of real ones, with the list of what must become of every page. `pages` counts
 * its HTML pages.
 */
export function mirrorOf({ pages, seed }: { pages: number; seed: number }): Mirror {
  const files = new Map<string, Buffer>()
  const put = (path: string, bytes: Buffer) => void files.set(`${host}/${path}`, bytes)
  const articles = Math.floor(pages * 0.92)
  const plan = planOf({ scale: articles, seed })
  const shared = Array.from({ length: Math.max(2, Math.floor(articles / 60)) }, (_, at) => sharedFile(at))
  const documents: ExpectedDocument[] = []
  const listed = new Map<Section, { href: string; title: string; day: string }[]>()
  let duplicates = 0
  let broken = 0

  for (let at = 0; at < articles; at++) {
    const chance = new Chance(seed, at, 90)
    const document = documentAt(plan, at)
    const section = chance.any(sections)
    const serial = firstSerial + at
    const { file, address } = section.place(document, serial)
    const expected: ExpectedDocument = { document, addresses: [address], attachments: [], pictures: [] }
    const links: { href: string; name: string }[] = []
    let body = bodyHtmlOf(document)
    const folder = dirname(file)
    const beside = (name: string) => ({ path: `${folder}/${name}`, href: chance.any([name, `./${name}`]) })
    const elsewhere = (name: string) => {
      const path = `files/${document.publishedOn.slice(0, 4)}/${name}`
      return {
        path,
        href: chance.any([
          `/${path}`,
          `http://${host}/${path}`,
          `${'../'.repeat(folder.split('/').length)}${path}`,
        ]),
      }
    }

    if (chance.happens(0.15)) {
      const png = chance.happens(0.7)
      const name = `W0${compact(document.publishedOn)}${serial}.${png ? 'png' : 'jpg'}`
      const bytes = png ? pngBytes(40 + (at % 50), 30 + Math.floor(at / 50)) : uniqueJpeg(at)
      const { path, href } = chance.any([beside, elsewhere])(name)
      put(path, bytes)
      expected.pictures.push({ address: `/${path}`, sha256: shaOf(bytes) })
      body = body.replace(
        '</p>',
        `</p>\n<p style="text-align: center"><img src="${href}" alt="现场图片"></p>`,
      )
    }
    const count = chance.happens(0.25) ? chance.between(1, 3) : 0
    for (let number = 1; number <= count; number++) {
      const kind = chance.any(kinds)
      const name = `${document.title.slice(0, 24).replace(/[《》“”]/g, '')}${chance.any(formNames)}${number}`
      const bytes = attachmentBytes(kind, `${name}（${serial}）`)
      const { path, href } = chance.any([beside, elsewhere])(
        `P0${compact(document.publishedOn)}${serial}${number}.${kind}`,
      )
      put(path, bytes)
      expected.attachments.push({ address: `/${path}`, sha256: shaOf(bytes), kind, shared: false })
      links.push({ href, name: `${name}.${kind}` })
    }
    if (at < shared.length * 2) {
      const one = shared[at % shared.length]
      if (one) {
        put(one.path, one.bytes)
        expected.attachments.push({
          address: `/${one.path}`,
          sha256: shaOf(one.bytes),
          kind: one.kind,
          shared: true,
        })
        links.push({ href: `/${one.path}`, name: one.name })
      }
    }
    if (chance.happens(0.015)) {
      broken += 1
      if (chance.happens(0.5))
        links.push({ href: `/files/lost/${serial}.pdf`, name: `遗失的附件${serial}.pdf` })
      else body = body.replace('</p>', `</p>\n<p><img src="lost${serial}.png" alt=""></p>`)
    }
    const before = documents.at(-1)
    if (before && chance.happens(0.1))
      body += `\n<p>相关链接：<a href="${before.addresses[0]}">${before.document.title}</a></p>`

    const text = templates[section.template]({ document, body, attachments: links, serial }, section.charset)
    const bytes = section.charset === 'utf-8' ? Buffer.from(text) : gbkBytes(text)
    put(file, bytes)
    const again = chance.unit()
    if (again < 0.02) {
      // Reached from the home page, with a query that changes nothing
      duplicates += 1
      const mark = address.includes('?') ? '&' : '?'
      put(`${file}${file.includes('?') || file.includes('@') ? '&' : '@'}from=home`, bytes)
      expected.addresses.push(`${address}${mark}from=home`)
    } else if (again < 0.04 && isFree(expected, body, links)) {
      duplicates += 1
      put(`zwgk/tzgg/t${serial}.html`, bytes)
      expected.addresses.push(`/zwgk/tzgg/t${serial}.html`)
    }
    documents.push(expected)
    const entries = listed.get(section) ?? []
    entries.push({ href: address, title: document.title, day: document.publishedOn })
    listed.set(section, entries)
  }

  const lists = putLists(put, listed, Math.max(1, pages - articles - duplicates))
  put('css/style.css', Buffer.from('body { font-family: SimSun }'))
  put('js/jquery.js', Buffer.from('/* jquery */'))
  put('images/logo.png', pngBytes(3, 3))
  return { host, files, documents, lists, duplicates, broken }
}

/** Can be shown from another folder: names its parts from the root, or has none. */
const isFree = (expected: ExpectedDocument, body: string, links: readonly { href: string }[]) =>
  expected.pictures.length === 0 &&
  !body.includes('<img') &&
  links.every(({ href }) => /^(?:\/|http)/.test(href))

function putLists(
  put: (path: string, bytes: Buffer) => void,
  listed: ReadonlyMap<Section, { href: string; title: string; day: string }[]>,
  most: number,
): string[] {
  const lists = ['/']
  put('index.html', Buffer.from(homePage([...listed.values()].flatMap(entries => entries.slice(0, 8)))))
  for (const [section, entries] of listed) {
    const inPage = Math.max(6, Math.ceil((entries.length * listed.size) / Math.max(1, most - 1)))
    const pages = Math.ceil(entries.length / inPage)
    for (let page = 0; page < pages; page++) {
      const name = page === 0 ? 'index.html' : `index_${page}.html`
      const part = entries.slice(page * inPage, (page + 1) * inPage)
      put(`${section.folder}/${name}`, Buffer.from(listPage(section.column, part, page, pages)))
      lists.push(`/${section.folder}/${name}`)
    }
  }
  return lists
}

function sharedFile(at: number) {
  const kind = kinds[at % kinds.length] ?? 'pdf'
  const name = `全县通用表格${at + 1}.${kind}`
  return { path: `files/common/form${at + 1}.${kind}`, name, kind, bytes: attachmentBytes(kind, name) }
}

/** A comment in it makes each another file. */
function uniqueJpeg(at: number): Buffer {
  const bytes = jpegBytes()
  const comment = Buffer.from(`No ${at}`)
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
  return Buffer.concat([bytes.subarray(0, 2), head, comment, bytes.subarray(2)])
}

const shaOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Lays the mirror into a folder. */
export async function writeMirror(folder: string, mirror: Mirror): Promise<void> {
  for (const [path, bytes] of mirror.files) {
    const place = join(folder, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, bytes)
  }
}
