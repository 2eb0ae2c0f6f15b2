import { findingKinds } from './finding.ts'

export function kindLabel(kind: string): string {
  const known: Readonly<Record<string, string>> = { ...findingKinds, 'wrong-word': '错敏词' }
  return known[kind] ?? kind
}

export const decisionLabels = {
  'not-personal': '不属于个人信息',
  'must-be-public': '依法应当公开',
  'looked-at': '已人工核对，没有不该公开的',
  'keep-word': '用词正确，保留',
  masked: '已遮盖',
} as const
export type Decision = keyof typeof decisionLabels
