// The template speaks of a module `record-hall` that keeps `bamboo-slip`s (竹简): words found nowhere else, of two parts each,
// so that every way of writing them can be told apart.
export const camel = kebab => kebab.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
export const snake = kebab => kebab.replaceAll('-', '_')
const pascal = kebab => camel(`-${kebab}`)
const spoken = kebab => kebab.replaceAll('-', ' ')
const sentence = kebab => spoken(kebab).replace(/^./, letter => letter.toUpperCase())

export function plural(noun) {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`
}

/** What a module keeps, by its name: `requests` keeps a `request`, `gazette` a `gazette-entry`. */
export function thingOf(name) {
  if (/ies$/.test(name)) return `${name.slice(0, -3)}y`
  return /[^s]s$/.test(name) ? name.slice(0, -1) : `${name}-entry`
}

/** The text or file name of the template in the words of the new module. */
export function exchange(text, { name, thing, label }) {
  const words = [
    [plural('bamboo-slip'), plural(thing)],
    ['bamboo-slip', thing],
    ['record-hall', name],
  ]
  const written = words.flatMap(([from, to]) =>
    [kebab => kebab, camel, pascal, snake, spoken, sentence].map(write => [write(from), write(to)]),
  )
  return [...written, ['竹简', label]].reduce((done, [from, to]) => done.replaceAll(from, to), text)
}
