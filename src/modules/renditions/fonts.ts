import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The faces of a page: which families may set each, the first that is there, and in which weight. */
export interface Faces {
  folders: readonly string[]
  faces: Record<FaceName, Face>
  /** Changes whenever other fonts would make other pages. */
  fingerprint: string
}

interface Face {
  families: readonly string[]
  weight: number
}

type FaceName = 'body' | 'kai' | 'hei' | 'title' | 'mark' | 'strong'

/** The official fonts are licensed and never come along; an administrator may have them (S-GWG-25). */
const official: Record<FaceName, readonly string[]> = {
  body: [
    'FangSong_GB2312',
    '仿宋_GB2312',
    'FZFangSong-Z02',
    'FZFangSong-Z02S',
    'FangSong',
    '仿宋',
    'FandolFang R',
  ],
  kai: [
    'KaiTi_GB2312',
    '楷体_GB2312',
    'FZKai-Z03',
    'FZKai-Z03S',
    'KaiTi',
    '楷体',
    'LXGW WenKai',
    'FandolKai',
  ],
  hei: ['SimHei', '黑体', 'FZHei-B01', 'FZHei-B01S'],
  title: ['FZXiaoBiaoSong-B05', 'FZXiaoBiaoSong-B05S', '方正小标宋简体', '方正小标宋_GBK'],
  mark: ['FZXiaoBiaoSong-B05', 'FZXiaoBiaoSong-B05S', '方正小标宋简体', '方正小标宋_GBK'],
  strong: [],
}

const free: Record<FaceName, Face> = {
  body: { families: ['Noto Serif SC'], weight: 400 },
  kai: { families: ['Noto Serif SC'], weight: 600 },
  hei: { families: ['Noto Sans SC', 'Noto Serif SC'], weight: 700 },
  title: { families: ['Noto Serif SC'], weight: 700 },
  mark: { families: ['Noto Serif SC'], weight: 900 },
  strong: { families: ['Noto Serif SC'], weight: 700 },
}

/** Come with the compiler; for signs that no Chinese font has, as ☑ and ₂. */
const signs = ['DejaVu Sans Mono', 'New Computer Modern Math']

const brought = [
  ['@expo-google-fonts/noto-serif-sc', '400Regular'],
  ['@expo-google-fonts/noto-serif-sc', '600SemiBold'],
  ['@expo-google-fonts/noto-serif-sc', '700Bold'],
  ['@expo-google-fonts/noto-serif-sc', '900Black'],
  ['@expo-google-fonts/noto-sans-sc', '700Bold'],
] as const

/** @param folder where an administrator may put fonts, `fonts` of the data folder; it need not exist */
export function findFonts(folder: string): Faces {
  const own = existsSync(folder)
    ? readdirSync(folder)
        .filter(name => /\.(?:ttf|otf|ttc|otc)$/i.test(name))
        .sort()
    : []
  const packages = brought.flatMap(([name, weight]) => {
    const at = folderOf(name)
    return at ? [{ path: join(at, weight), version: `${name}/${weight}` }] : []
  })
  const marks = [
    ...own.map(name => `${name} ${statSync(join(folder, name)).size}`),
    ...packages.map(one => one.version),
  ]
  return {
    folders: [...(own.length > 0 ? [folder] : []), ...packages.map(one => one.path)],
    faces: facesOf(own.length > 0),
    fingerprint: createHash('sha256').update(marks.join('\n')).digest('hex').slice(0, 16),
  }
}

function facesOf(hasOwn: boolean): Record<FaceName, Face> {
  const face = (name: FaceName): Face => ({
    families: [...(hasOwn ? official[name] : []), ...free[name].families, ...signs],
    weight: free[name].weight,
  })
  return {
    body: face('body'),
    kai: face('kai'),
    hei: face('hei'),
    title: face('title'),
    mark: face('mark'),
    strong: face('strong'),
  }
}

function folderOf(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return null
  }
}
