import type { ComponentChildren } from 'preact'

export interface Step {
  title: ComponentChildren
  /** When, in words: `11月17日 10:02`. */
  at?: string | undefined
  text?: ComponentChildren
  state: 'done' | 'now' | 'ahead'
}

const words = { done: '已完成', now: '正在进行', ahead: '尚未到' } as const

export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="timeline">
      {steps.map((step, index) => (
        <li
          key={`${index}-${step.state}`}
          class={`step-${step.state}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <span class="sr-only">{words[step.state]}：</span>
          <b>{step.title}</b>
          {(step.at || step.text) && (
            <div>
              {step.at && <time>{step.at}</time>} {step.text}
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
