import { type Channel, channels } from './item.ts'

/** Without blanks, brackets as the sheet prints them. */
export const plain = (text: string) =>
  text
    .replace(/[\s　]/g, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/^\uFEFF/, '')

/** √ → true, blank → false, something else → null. */
export function tick(text: string): boolean | null {
  const sign = plain(text)
  if (/^(?:√|✓|✔|■|☑|是|Y|y|1)$/u.test(sign) || /^[√✓✔]/u.test(sign)) return true
  return /^(?:|—+|-+|×|✗|□|否|无|N|n|0)$/u.test(sign) ? false : null
}

const codeOf = (label: string): Channel | undefined => {
  const wanted = channelWord(label)
  return (Object.keys(channels) as Channel[]).find(code => channelWord(channels[code]) === wanted)
}
const channelWord = (label: string) =>
  plain(label)
    .replace(/[（）/、]/g, '')
    .replace('电子屏', '')

/** “■政府网站 □政府公报 …”, or the names alone with 、 between them. */
export function readChannels(printed: string): { codes: Channel[]; faults: string[] } {
  if (printed.trim() === '') return { codes: [], faults: [] }
  const boxed = [...printed.matchAll(/([■☑√□☐])\s*([^■☑√□☐]*)/gu)]
  const parts: [boolean, string][] =
    boxed.length > 0
      ? boxed.map(([, box = '', label = '']) => ['■☑√'.includes(box), label])
      : printed.split(/[、，,；;\s]+/).map(label => [true, label])
  const chosen = new Set<Channel>()
  const left = new Set<Channel>()
  const faults: string[] = []
  for (const [isChosen, printedLabel] of parts) {
    const label = printedLabel.replace(/[、，,；;。_＿\s]+$/u, '').trim()
    if (label === '') continue
    const code = codeOf(label.replace(/[:：].*$/, ''))
    if (!code)
      faults.push(`不认识“${label.slice(0, 20)}”。请用标准写法：${Object.values(channels).join('、')}。`)
    else (isChosen ? chosen : left).add(code)
  }
  const both = [...chosen].find(code => left.has(code))
  if (both) faults.push(`“${channels[both]}”既选了又没有选。请只留一处。`)
  if (chosen.size === 0 && faults.length === 0)
    faults.push('一项也没有选。请在要用的渠道前写“■”，例如：■政府网站。')
  return { codes: [...chosen], faults }
}
