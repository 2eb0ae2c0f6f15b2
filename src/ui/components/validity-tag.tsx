import { inChinese } from '#lib/beijing-time'
import { type State, StateTag } from './state-tag.tsx'

const validities = {
  'in-force': ['现行有效', 'met'],
  'not-yet': ['尚未施行', 'soon'],
  amended: ['已修改', 'info'],
  'partly-lapsed': ['部分失效', 'soon'],
  repealed: ['已废止', 'off'],
  expired: ['已失效', 'off'],
} as const satisfies Record<string, readonly [string, State]>

/** 有效性 as a coloured word; with `from`, what is not yet in force says when it will be. */
export function ValidityTag(props: { validity: keyof typeof validities; from?: string | null | undefined }) {
  const [word, state] = validities[props.validity]
  return (
    <StateTag state={state}>
      {props.validity === 'not-yet' && props.from ? `${inChinese(props.from)}起施行` : word}
    </StateTag>
  )
}
