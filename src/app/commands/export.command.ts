import { parseArgs } from 'node:util'
import { recordAct } from '#modules/audit'
import { findSite } from '#modules/organisations'
import { readConfig } from '#platform/config'
import type { Command } from '#platform/module'
import { openStorage } from '#platform/storage/storage'
import { progressOn } from '../archive/progress.ts'
import { writeArchive } from '../archive/write-archive.ts'

/** Everything that was ever public, for anybody to read without this program (no lock-in). */
export const exportCommand: Command = {
  name: 'export',
  usage: 'export 文件夹 [--site 站点] [--json]',
  summary: '导出全部公开记录：网址、历次版本、引用和效力关系、附件，不用本软件也能读',
  async run(ctx, args, out) {
    const options = readOptions(args)
    if ('error' in options) {
      out.error(`${options.error}\n${help}`)
      return 2
    }
    const site = options.site === null ? null : await findSite(ctx.db, { key: options.site })
    if (options.site !== null && !site) {
      out.error(`没有代码为“${options.site}”的站点。站点代码在工作台“站点”里可以查到。`)
      return 2
    }
    const { db, clock } = ctx
    const notes: string[] = []
    const storage = openStorage(readConfig().dataDir)
    const manifest = await writeArchive(
      { db, clock, storage, progress: progressOn(out), note: text => void notes.push(text) },
      { ...options, site },
    )
    await recordAct(db, ctx, {
      act: 'archive.exported',
      sentence: `导出了${site ? `站点“${site.name}”的` : '全部'}公开记录`,
      details: {
        site: options.site,
        withClosed: options.withClosed,
        withWithdrawnText: options.withWithdrawnText,
      },
    })
    if (options.json) out.print(JSON.stringify({ folder: options.folder, ...manifest, notes }))
    else {
      const lines = (file: string) => manifest.files[file]?.lines ?? 0
      out.print(
        `导出完成：${options.folder}。机构 ${lines('organs.jsonl')} 个，栏目 ${lines('columns.jsonl')} 个，发布物 ${lines('publications.jsonl')} 件，附件和图片 ${manifest.stored.count} 个。`,
      )
      for (const note of notes) out.print(`说明：${note}`)
      out.print('里面的 README.txt 说明每个文件和每一项。在空的明堂里恢复：./bin/mingtang restore 文件夹')
    }
    return 0
  },
}

interface ExportOptions {
  folder: string
  site: string | null
  withClosed: boolean
  withWithdrawnText: boolean
  json: boolean
}

function readOptions(args: readonly string[]): ExportOptions | { error: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        site: { type: 'string' },
        'with-closed': { type: 'boolean', default: false },
        'with-withdrawn-text': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const [folder, ...more] = positionals
    if (folder === undefined || more.length > 0) return { error: '请给出一个新文件夹的名称。' }
    if (/\.(zip|tar|t?gz|7z)$/i.test(folder))
      return { error: '导出为文件夹；需要压缩包时，请把导出的文件夹再压缩。' }
    return {
      folder,
      site: values.site ?? null,
      withClosed: values['with-closed'],
      withWithdrawnText: values['with-withdrawn-text'],
      json: values.json,
    }
  } catch {
    return { error: '有不认识的选项。' }
  }
}

const help = `用法：./bin/mingtang export 文件夹 [--site 站点] [--with-closed] [--with-withdrawn-text] [--json]
  文件夹                 还不存在，或者是空的
  --site                 只导出一个站点的发布物（站点代码）
  --with-closed          连同还没有开放的附件和原件（可能含有个人信息）
  --with-withdrawn-text  连同已经停止公开的内容的正文
  --json                 只输出一份 JSON`
