import { headingsOf } from '#modules/publications'

/** What an interpretation should explain (R-INT-04, I2), and the words by which a heading is known to do so. */
export const elements = {
  coversBackground: { label: '背景依据', known: /背景|依据|为什么|出台|由来|缘由|目的意义|编制过程/ },
  coversAim: { label: '目标任务', known: /目标|任务|解决什么|要达到|数字/ },
  coversTasks: { label: '主要内容', known: /主要|内容|重点|措施|步骤|怎么做|有哪些|改什么|谁来管|变化/ },
  coversScope: { label: '涉及范围', known: /范围|对象|适用|哪些人|谁可以|哪些|什么样的|受益|改多少/ },
  coversStandards: {
    label: '执行标准',
    known: /标准|价格|多少|补助|补贴|怎样计算|怎么算|算一算|期限|有效期/,
  },
  coversNotes: {
    label: '注意事项',
    known: /注意|提醒|到哪里|怎么办|怎么申请|怎样申请|办理|申请|投诉|咨询|联系|施行时间/,
  },
  coversTerms: { label: '关键词诠释', known: /关键词|名词|概念|什么是|是什么|怎么理解|术语/ },
  coversBenefits: { label: '惠民利民举措', known: /惠民|利民|便民|好处|减免|照顾|优惠|群众能|免费|受惠/ },
  coversChanges: { label: '新旧政策差异', known: /新旧|差异|衔接|变化|与原|不同|调整|提高了|修改了|原来/ },
} as const
export type ElementName = keyof typeof elements
export const elementNames = Object.keys(elements) as ElementName[]

/** Where the text explains an element; or why it need not; or that nothing is known of it. */
export type Covered =
  | { how: 'heading'; heading: string; id: string }
  | { how: 'reason'; reason: string }
  | { how: 'unknown-heading'; said: string }
  | { how: 'missing' }

const noneSaid = /^(?:无|没有|不涉及|不适用)(?:[：:，,。\s]\s*(.*))?$/s

/**
 * Every element with where it is explained. What the drafter said goes before what the headings let guess: part of a heading, or
 * `无：` and the reason.
 */
export function checklistOf(text: {
  bodyHtml: string
  fields: Record<string, unknown>
}): Record<ElementName, Covered> {
  const headings = headingsOf(text.bodyHtml)
  const covered = (name: ElementName): Covered => {
    const said = typeof text.fields[name] === 'string' ? text.fields[name].trim() : ''
    const none = noneSaid.exec(said)
    if (none) return { how: 'reason', reason: none[1]?.trim() || '不涉及' }
    const heading =
      said === ''
        ? headings.find(one => elements[name].known.test(one.text))
        : headings.find(one => squeezed(one.text).includes(squeezed(said)))
    if (heading) return { how: 'heading', heading: heading.text, id: heading.id }
    return said === '' ? { how: 'missing' } : { how: 'unknown-heading', said }
  }
  return Object.fromEntries(elementNames.map(name => [name, covered(name)])) as Record<ElementName, Covered>
}

const squeezed = (text: string) => text.replace(/[\s“”"《》]/g, '')

/** Elements of which neither a place nor a reason is known. */
export const openElements = (list: Record<ElementName, Covered>): ElementName[] =>
  elementNames.filter(name => list[name].how === 'missing' || list[name].how === 'unknown-heading')
