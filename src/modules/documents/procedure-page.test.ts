import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '#platform/root'
import { actNames, acts, guards } from './acts.ts'
import { chainOf, grounds, type opennesses, returnReasons, stateNames, states } from './document.ts'
import { parties } from './policy.ts'

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

const list = (words: Readonly<Record<string, string>>) =>
  Object.values(words)
    .map(word => `- ${word}`)
    .join('\n')

const chain = (kind: string, openness: keyof typeof opennesses) =>
  ['drafting' as const, ...chainOf({ kind, openness }), 'signed' as const]
    .map(state => states[state])
    .join(' → ')

it('docs/document-procedure.md is drawn from the table', async () => {
  const rows = actNames.map(act => {
    const { label, at, guards: asked } = acts[act]
    const where = stateNames.flatMap(state => {
      const by = at[state]
      return by ? [`${states[state]}（${by.map(party => parties[party]).join('、')}）`] : []
    })
    return [`${label} \`${act}\``, where.join('；'), asked.map(guard => guards[guard]).join('；') || '—']
  })
  await expect(`# 公文办理：谁在什么时候可以做什么

本页由 \`src/modules/documents/procedure-page.test.ts\` 从代码里的办理表生成并在每次测试时核对，不要手改；有意变化时运行
\`npx vitest run src/modules/documents/procedure-page.test.ts --update\`。

## 经过

- 政策文件，主动公开：${chain('policy', 'proactive')}
- 政策文件，拟不公开：${chain('policy', 'withheld')}
- 行政规范性文件：${chain('normative-document', 'proactive')}

签发以后：主动公开的由办公室、公开办或者签发人公开；依申请公开的留存；不予公开的定期重新评估。部门负责人审核、办公室核稿两步，
机构可以设置为没有（R-EXC-13 是默认做法）。

## 办理表

${table(['事项', '在哪一步（由谁）', '还要'], rows)}

## 不公开的法律依据

${list(grounds)}

## 退文理由

${list(returnReasons)}
`).toMatchFileSnapshot(join(root, 'docs', 'document-procedure.md'))
})
