/**
 * Puts other words in place of words that may be torn over several pieces of a text: the first piece gets what comes instead, the
 * others lose theirs.
 */
export function replaceAcross(pieces: readonly string[], instead: ReadonlyMap<string, string>): string[] {
  const whole = pieces.join('')
  const places: { from: number; to: number; by: string }[] = []
  for (const [words, by] of [...instead].sort(([one], [other]) => other.length - one.length))
    for (
      let from = whole.indexOf(words);
      words !== '' && from >= 0;
      from = whole.indexOf(words, from + words.length)
    ) {
      const to = from + words.length
      if (!places.some(place => from < place.to && place.from < to)) places.push({ from, to, by })
    }
  if (places.length === 0) return [...pieces]
  let start = 0
  return pieces.map(piece => {
    const end = start + piece.length
    let text = ''
    let at = start
    for (const { from, to, by } of places.toSorted((one, other) => one.from - other.from)) {
      if (to <= start || from >= end) continue
      text += whole.slice(at, Math.max(at, from))
      if (from >= start) text += by
      at = Math.min(end, to)
    }
    text += whole.slice(at, end)
    start = end
    return text
  })
}
