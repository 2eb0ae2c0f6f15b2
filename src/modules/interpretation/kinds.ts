import { h } from 'preact'
import { z } from 'zod'
import type { Kind } from '#modules/publications'

/** Forms of interpretation (I2). */
export const interpretationForms = {
  text: '文字解读',
  diagram: '图解',
  video: '视频',
  'press-conference': '新闻发布会',
  expert: '专家解读',
  leader: '负责人解读',
  qa: '问答',
} as const

export const kinds: readonly Kind[] = [
  {
    name: 'interpretation',
    label: '政策解读',
    segment: 'interpretations',
    door: 'policies',
    hasValidity: false,
    schemaType: 'Article',
    uses: ['summary', 'keywords', 'source', 'author', 'theme'],
    requires: ['source'],
    links: { interprets: '解读的文件' },
    meets: { interprets: ['R-INT-02'] },
    // S-FUN-04: an interpretation says who wrote it
    fields: z.object({
      form: z
        .enum(Object.keys(interpretationForms) as [keyof typeof interpretationForms], '请选择解读形式。')
        .meta({ label: '解读形式', input: 'select', options: interpretationForms }),
      interpreter: z
        .string('请填写解读人或者解读单位。')
        .trim()
        .min(1, '请填写解读人或者解读单位。')
        .max(60)
        .meta({ label: '解读人' }),
    }),
    before: view => {
      const { form, interpreter } = view.fields as {
        form?: keyof typeof interpretationForms
        interpreter?: string
      }
      const words = `${form ? interpretationForms[form] : '解读'} · 解读人：${interpreter ?? view.organName}`
      return h('p', { class: 'page-note' }, words)
    },
  },
]
