import { numberingOf } from '#modules/files'
import { type Block, type Face, type Run, textOf } from './official-document.ts'

/** `1.` and `（1）` are levels too, in the type of the text (S-GWG-13). */
const third = /^\d{1,3}[.．、](?!\d)/
const fourth = /^[（(]\d{1,3}[）)]/

/** A heading of a body, by the numbering it opens with. */
export function headingBlock(runs: readonly Run[]): Block {
  const text = textOf(runs)
  const numbering = numberingOf(text)
  const plain = runs.map(({ bold: _, ...run }) => run)
  switch (numbering?.kind) {
    case 'part':
    case 'chapter':
      return { kind: 'heading', level: 1, runs: plain.map(inFace('hei')), align: 'center' }
    case 'section':
      return { kind: 'heading', level: 2, runs: plain.map(inFace('kai')), align: 'center' }
    case 'one':
    case 'article':
      return { kind: 'heading', level: 1, runs: plain.map(inFace('hei')) }
    case 'bracket':
      return { kind: 'heading', level: 2, runs: plain.map(inFace('kai')) }
  }
  if (third.test(text) || fourth.test(text))
    return { kind: 'heading', level: third.test(text) ? 3 : 4, runs: plain }
  return { kind: 'heading', level: 1, runs: plain.map(inFace('hei')) }
}

/** A paragraph whose first words are its title, or which is an article: these words in the type of their level. */
export function levelled(runs: readonly Run[]): Run[] {
  const numbering = numberingOf(textOf(runs))
  if (!numbering) return [...runs]
  const face: Face = numbering.kind === 'bracket' || numbering.kind === 'section' ? 'kai' : 'hei'
  const bolds = runs.findIndex(run => !run.bold)
  const isBold = bolds !== 0
  if (numbering.kind === 'article' && !isBold) return splitAfter(runs, numbering.mark.length, face)
  // All bold is the whole paragraph's emphasis, not a title that leads it
  if (!isBold || (bolds < 0 && textOf(runs).length > 60)) return [...runs]
  return runs.map(({ bold, ...run }, at) =>
    bolds < 0 || at < bolds ? { ...run, face } : bold ? { ...run, bold } : run,
  )
}

function splitAfter(runs: readonly Run[], length: number, face: Face): Run[] {
  const [first, ...rest] = runs
  if (!first || first.text.length < length) return [...runs]
  const { text, ...style } = first
  return [
    { ...style, text: text.slice(0, length), face },
    { ...style, text: text.slice(length) },
    ...rest,
  ].filter(run => run.text !== '')
}

const inFace = (face: Face) => (run: Run) => ({ ...run, face })

/** A line of nothing but a title in the first level, though its body marks it as a paragraph. */
export function isBareHeading(text: string): boolean {
  const numbering = numberingOf(text)
  return (
    numbering !== null &&
    numbering.kind !== 'article' &&
    text.length <= 45 &&
    !/[。；;：:，,、！？]/.test(text.slice(numbering.mark.length))
  )
}
