import { describe, expect, it } from 'vitest'
import type { EditionText } from '#modules/publications'
import { whatFormMisses } from './forms.ts'
import { questionsIn } from './questions.ts'

const transcript = `<p>${'各位居民，今天说一说农村供水的收费办法。'.repeat(5)}</p>`
const misses = (
  fields: Record<string, unknown>,
  bodyHtml = transcript,
  mediaTypes: readonly string[] = [],
): string[] =>
  Object.keys(
    whatFormMisses(
      { fields, bodyHtml } as unknown as EditionText,
      mediaTypes.map(mediaType => ({ role: 'attachment', mediaType })),
    ),
  )

describe('what each form of interpretation requires (I2, R-INT-05)', () => {
  it('a text and a case need nothing more than their words', () => {
    expect(misses({ form: 'text' })).toEqual([])
    expect(misses({ form: 'case' })).toEqual([])
  })

  it('a diagram shows a picture that says what it shows, or a table (S-ACC)', () => {
    expect(misses({ form: 'diagram' })).toEqual(['bodyHtml'])
    expect(misses({ form: 'diagram' }, '<p><img src="/files/x/a.png" alt=""></p>')).toEqual(['bodyHtml'])
    expect(misses({ form: 'diagram' }, '<p><img src="/files/x/a.png" alt="水价由两部分组成"></p>')).toEqual(
      [],
    )
    expect(misses({ form: 'diagram' }, '<table><tr><td>2元</td></tr></table>')).toEqual([])
  })

  it('a video is a file with a poster, or an address, and always has a text version (S-ACC)', () => {
    expect(misses({ form: 'video' })).toEqual(['fields.mediaAddress'])
    expect(misses({ form: 'video' }, transcript, ['video/mp4'])).toEqual(['newFiles'])
    expect(misses({ form: 'animation' }, transcript, ['video/webm', 'image/png'])).toEqual([])
    const elsewhere = { form: 'video', mediaAddress: 'https://video.yunxi.example/1' }
    expect(misses(elsewhere)).toEqual([])
    expect(misses(elsewhere, '<p>请看视频。</p>')).toEqual(['bodyHtml'])
  })

  it('an audio needs no poster, and a video is no audio', () => {
    expect(misses({ form: 'audio' }, transcript, ['audio/mpeg'])).toEqual([])
    expect(misses({ form: 'audio' }, transcript, ['video/mp4', 'image/png'])).toEqual(['fields.mediaAddress'])
  })

  it('a press conference says when, where and who; an interview when and who', () => {
    expect(misses({ form: 'press-conference' })).toEqual([
      'fields.heldOn',
      'fields.speakers',
      'fields.heldAt',
    ])
    expect(misses({ form: 'interview', heldOn: '2026-11-18', speakers: ['潘秋月 局长'] })).toEqual([])
  })

  it('an expert and a leader are named with what they are (S-FUN-04)', () => {
    expect(misses({ form: 'expert' })).toEqual(['fields.interpreterPost'])
    expect(misses({ form: 'leader', interpreterPost: '局长' })).toEqual([])
  })

  it('questions and answers hold at least one of each', () => {
    expect(misses({ form: 'qa' })).toEqual(['bodyHtml'])
    expect(misses({ form: 'qa' }, '<p>问：水价多少？</p><p>答：2.60元。</p>')).toEqual([])
  })
})

describe('questions in a text', () => {
  it('are paragraphs that ask, with everything up to the next as the answer', () => {
    expect(
      questionsIn(
        '<p>引言。</p><p>问：哪些家庭可以申请？</p><p>答：本县户籍。</p><p>也包括外来人员。</p><p>问题二：怎么办？</p><p>答：网上办。</p>',
      ),
    ).toEqual([
      { question: '哪些家庭可以申请？', answer: '本县户籍。\n也包括外来人员。' },
      { question: '怎么办？', answer: '网上办。' },
    ])
  })

  it('or headings that end with a question mark; another heading ends the answer', () => {
    expect(
      questionsIn(
        '<h2>一、水价怎么算？</h2><p>两部分。</p><ul><li>基本水量</li></ul><h2>二、咨询电话</h2><p>0990</p>',
      ),
    ).toEqual([{ question: '水价怎么算？', answer: '两部分。\n基本水量' }])
  })

  it('a question that nobody answers is none', () => {
    expect(questionsIn('<p>问：还有吗？</p>')).toEqual([])
    expect(questionsIn('')).toEqual([])
  })
})
