import {
  type Block,
  isDateLine,
  type LabelledValue,
  labelledValues,
  signersOf,
  splitSignedLine,
} from '#modules/files'
import { isFooter, isSiteChrome, mayStandInFooter } from './site-chrome.ts'

/** What the site prints under the text. `host` is who runs the site: not who issued the document. */
export type Foot = { bodyTo: number; labelled: LabelledValue[]; host: string | null }

export function readFoot(blocks: Block[], from: number): Foot {
  let bodyTo = blocks.length
  while (bodyTo > from && belongsToFoot(blocks, bodyTo - 1)) bodyTo--
  const lines = blocks.slice(bodyTo).map(block => block.text)
  const hosts = lines.map(
    line => /^(?:主办(?:单位)?|版权所有)\s*[：:]?\s*([\u4e00-\u9fff（）()]{3,40})/.exec(line)?.[1],
  )
  return {
    bodyTo,
    labelled: lines.filter(line => !isFooter(line)).flatMap(labelledValues),
    host: hosts.find(host => host !== undefined) ?? null,
  }
}

function belongsToFoot(blocks: Block[], at: number): boolean {
  const block = blocks[at]
  if (!block || block.kind === 'raw') return false
  const { text } = block
  if (text === '' || isFooter(text) || isSiteChrome(text)) return true
  if (isDateLine(text) || signersOf(text).length > 0 || splitSignedLine(text)) return false
  // Words in between are the site's only when the site has already begun above them.
  return (
    mayStandInFooter(text) &&
    blocks.slice(Math.max(0, at - 3), at).some(({ text: above }) => isFooter(above) || isSiteChrome(above))
  )
}
