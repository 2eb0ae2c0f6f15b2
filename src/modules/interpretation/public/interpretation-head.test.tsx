import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../publications/view-for-tests.ts'
import { InterpretationHead } from './interpretation-head.tsx'

const file = (name: string) => ({ href: `/files/7k2m9c4x3p/${name}`, title: name, size: 1 })
const headOf = (form: string, files: readonly string[], more: object = {}) =>
  render(
    <InterpretationHead
      view={viewOf({
        kind: 'interpretation',
        fields: { form, interpreter: '供水股', ...more },
        attachments: files.map(file),
        bodyHtml: '<p>解说词。</p>',
      })}
    />,
  )

describe('what is played on the page of an interpretation (R-INT-05, S-ACC)', () => {
  it('a video with its poster, and the words announced below', () => {
    const html = headOf('video', ['说水价.MP4', '封面.png', '方案.pdf'])
    expect(html).toContain('<video')
    expect(html).toContain('poster="/files/7k2m9c4x3p/封面.png"')
    expect(html).toContain('preload="metadata"')
    expect(html).not.toContain('方案.pdf')
    expect(html).toContain('文字版')
  })

  it('a sound without a picture', () => {
    expect(headOf('audio', ['说水价.mp3'])).toContain('<audio')
  })

  it('nothing of others: an address elsewhere is a link that asks first (S-ID-04)', () => {
    const html = headOf('video', [], { mediaAddress: 'https://video.yunxi.example/1' })
    expect(html).not.toContain('<video')
    expect(html).toContain('/leaving?to=https%3A%2F%2Fvideo.yunxi.example%2F1')
  })

  it('a press conference says when, where and who', () => {
    const html = headOf('press-conference', [], {
      heldOn: '2026-06-03',
      heldAt: '县政府新闻发布厅',
      speakers: ['高云帆 局长'],
    })
    expect(html).toContain('2026年6月3日')
    expect(html).toContain('县政府新闻发布厅')
    expect(html).toContain('高云帆 局长')
  })
})
