import { h } from 'preact'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import type { Kind } from '#modules/publications'
import { type ElementName, elementNames, elements } from './checklist.ts'
import { ChecklistAdvice } from './desk/checklist-advice.tsx'
import { type InterpretationForm, interpretationForms, whatFormMisses } from './forms.ts'
import { InterpretationHead } from './public/interpretation-head.tsx'
import { RatingBox } from './public/rating-box.tsx'
import { questionsIn } from './questions.ts'
import { interpreterOf } from './who.ts'

const line = (longest: number) => z.string().trim().max(longest).optional()

const checklist = Object.fromEntries(
  elementNames.map(name => [name, line(200).meta({ label: elements[name].label, group: checklistGroup() })]),
) as Record<ElementName, z.ZodOptional<z.ZodString>>

function checklistGroup(): string {
  return '内容要素：各写在哪个小标题下（写小标题里的几个字）。没有写的填“无：理由”；空着的，系统按小标题自动认'
}

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
    // I3: the head of an organ interprets in person once a year
    meetsOfYear: ({ fields }) => {
      const { isLeader, organ } = interpreterOf(fields)
      return isLeader ? { rules: ['I3'], organName: organ || undefined } : { rules: [] }
    },
    fields: z.object({
      form: z
        .enum(Object.keys(interpretationForms) as [InterpretationForm], '请选择解读形式。')
        .meta({ label: '解读形式', input: 'select', options: interpretationForms }),
      // S-FUN-04: an interpretation says who wrote it
      interpreter: z
        .string('请填写解读人或者解读单位。')
        .trim()
        .min(1, '请填写解读人或者解读单位。')
        .max(60)
        .meta({ label: '解读人', hint: '谁起草、谁解读：写姓名，或者起草的科室、单位。' }),
      interpreterPost: line(60).meta({ label: '解读人职务', hint: '例如“局长”；专家写职称。' }),
      interpreterOrgan: line(80).meta({
        label: '解读人单位',
        hint: '和发布机构不同的写全称，例如专家的单位。',
      }),
      isLeader: z.boolean().optional().meta({
        label: '由单位主要负责人亲自解读',
        input: 'checkbox',
        hint: '勾选的列入“领导解读”，也算作该单位当年主要负责人的解读。',
      }),
      heldOn: z
        .string()
        .trim()
        .refine(isPlainDate, '举行日期不是存在的日期。')
        .optional()
        .meta({ label: '举行日期', input: 'date', hint: '新闻发布会、访谈填写。' }),
      heldAt: line(100).meta({ label: '举行地点' }),
      speakers: z
        .array(z.string().trim().max(100))
        .max(20)
        .optional()
        .meta({ label: '发布人、受访人', input: 'lines', hint: '姓名和职务。' }),
      mediaAddress: z
        .url({ protocol: /^https?$/, error: '网址应以 http:// 或者 https:// 开头。' })
        .optional()
        .meta({
          label: '视频、音频的网址',
          hint: '文件传在视频平台上的填写；传在本站的不填，作为附件上传，再传一张封面图片。正文写文字版。',
        }),
      ...checklist,
    }),
    misses: whatFormMisses,
    advice: text => h(ChecklistAdvice, { text }),
    schemaOf: ({ fields, bodyHtml, organName }) => {
      const { name, post, organ } = interpreterOf(fields)
      const questions = fields.form === 'qa' ? questionsIn(bodyHtml) : []
      return {
        contributor: post
          ? {
              '@type': 'Person',
              name,
              jobTitle: post,
              worksFor: { '@type': 'Organization', name: organ || organName },
            }
          : { '@type': 'Organization', name },
        ...(questions.length > 0
          ? {
              '@type': ['Article', 'FAQPage'],
              mainEntity: questions.map(({ question, answer }) => ({
                '@type': 'Question',
                name: question,
                acceptedAnswer: { '@type': 'Answer', text: answer },
              })),
            }
          : {}),
      }
    },
    before: view => h(InterpretationHead, { view }),
    after: view => h(RatingBox, { view }),
  },
]
