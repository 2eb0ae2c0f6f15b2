import { describe, expect, it } from 'vitest'
import { normaliseText } from './normalise.ts'

describe('normaliseText: the text that offsets point into', () => {
  it('ends every line with one line feed', () => {
    expect(normaliseText('一\r\n二\r三\n四\u2028五\v六\f七')).toBe('一\n二\n三\n四\n五\n六\n七')
  })

  it('drops the byte order mark and white space of every kind at both ends of a line', () => {
    expect(normaliseText('\uFEFF一、加强公开 \n\u3000\u3000（一）公开目录\u00A0\t\n\u200B二')).toBe(
      '一、加强公开\n（一）公开目录\n二',
    )
  })

  it('leaves everything within a line as it is printed', () => {
    const line = '工　作　任　务\t牵头单位  ：县政府办(A１)\u00A0完'
    expect(normaliseText(`  ${line}  `)).toBe(line)
  })

  it('keeps one empty line of several, none before and after the document', () => {
    expect(normaliseText('\n \n一\n\n二\n \u3000 \n\n三\n\n')).toBe('一\n\n二\n\n三')
  })

  it('changes nothing when done a second time', () => {
    const once = normaliseText('\r\n  一 \r\n\r\n\r\n\t二\r\n')
    expect(normaliseText(once)).toBe(once)
  })

  it('makes an empty text of an empty document', () => {
    expect([normaliseText(''), normaliseText(' \n\u3000\n')]).toEqual(['', ''])
  })
})
