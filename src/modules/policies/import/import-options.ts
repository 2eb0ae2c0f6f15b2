import { z } from 'zod'
import type { ImportChoice } from './destination.ts'

export interface ImportOptions extends ImportChoice {
  paths: string[]
  mode: 'preview' | 'apply' | 'publish'
  json: boolean
  /** Prints the report of a run again and does nothing else. */
  report: string | null
}

const withValue = ['site', 'organ', 'column', 'kind', 'from', 'report'] as const
const run = z.union([z.literal('last'), z.uuid()])

/** The words after `import`; a message in plain words where they make no sense. */
export function readOptions(args: readonly string[]): ImportOptions | { error: string } {
  const options: ImportOptions = { paths: [], mode: 'preview', json: false, report: null }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (!arg.startsWith('--')) {
      options.paths.push(arg)
      continue
    }
    const [name = '', given] = arg.slice(2).split(/=(.*)/s)
    const valued = withValue.find(one => one === name)
    if (valued) {
      const value = given ?? args[++i]
      if (value === undefined || value === '' || value.startsWith('--'))
        return { error: `--${name} 后面要写明是哪一个。` }
      options[valued] = value
    } else if (name === 'json') options.json = true
    else if (name === 'apply' || name === 'publish-as-archive') {
      const mode = name === 'apply' ? 'apply' : 'publish'
      if (options.mode !== 'preview' && options.mode !== mode)
        return { error: '--apply（存为草稿）和 --publish-as-archive（直接公开）只能选一个。' }
      options.mode = mode
    } else return { error: `不认识的选项 --${name}。` }
  }
  if (options.report !== null) {
    const isRun = run.safeParse(options.report).success
    return isRun ? options : { error: '--report 后面写批次号，或者 last（最近一次）。' }
  }
  if (options.from !== undefined) {
    if (!URL.canParse(options.from) || !/^https?:$/.test(new URL(options.from).protocol))
      return {
        error: `--from 后面写原网站的网址，例如 https://www.example.gov.cn/。“${options.from}”不是网址。`,
      }
  }
  return options.paths.length > 0 ? options : { error: '请写明要导入的文件或文件夹。' }
}
