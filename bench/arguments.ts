import { parseArgs } from 'node:util'

const benches = [
  'pages',
  'corpus',
  'import',
  'search',
  'growth',
  'duties',
  'plan',
  'log',
  'renditions',
  'all',
] as const
export type Bench = (typeof benches)[number]
export type ServerKind = 'embedded' | 'system'

export interface Asked {
  bench: Bench
  /** Documents. */
  scale: number
  seed: number
  server: ServerKind
  /** What was loaded stays for the next run. */
  keep: boolean
}

const usage = `用法：npm run bench -- [${benches.join(' | ')}] [--scale N] [--seed N] [--server embedded|system] [--keep]
  pages   不带名字时也是它：启动、缓存页、不缓存页、发布（样例政府）
  corpus  语料生成的速度和词频
  import  写出 N 份文件，用 bin/mingtang import 导入，每秒多少份
  search  装入 N 份文件，按问法分类的搜索、列表时间，分面，内存，磁盘
  growth  一万、十万、一百万（不超过 N）各量一遍
  duties  N 项未完成的义务：清单、看板、生成和完成一项
  plan    读计划：逐份文件的准确率（真实文件要设 REAL_DOCUMENTS），一份 200 页的时间和内存
  log     公开日志：成批写入 N 条、一份证明的大小、取得和核验的时间、整本核对
  renditions  十页公文的 PDF、Word：第一份和以后每份的时间
  all     corpus、import、search
  --server system  用本机安装的 PostgreSQL（默认用自带的）；设了 DATABASE_URL 就用它
  --keep           装好的数据留着，下次同样的 --scale --seed --server 接着用`

/** The words after `npm run bench --`. @throws with the usage where they make no sense. */
export function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      scale: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      server: { type: 'string', default: 'embedded' },
      keep: { type: 'boolean', default: false },
    },
  })
  const bench = benches.find(one => one === (positionals[0] ?? 'pages'))
  const scale = Number(values.scale)
  const seed = Number(values.seed)
  const server = (['embedded', 'system'] as const).find(one => one === values.server)
  if (!bench || !server || !Number.isInteger(scale) || scale < 1 || !Number.isInteger(seed) || seed < 0)
    throw new Error(usage)
  return { bench, scale, seed, server, keep: values.keep }
}
