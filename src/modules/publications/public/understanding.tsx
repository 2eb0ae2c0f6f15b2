import { Fragment } from 'preact'
import type { Understood } from '#modules/search'
import { choiceAddress, type ListChoice } from './list-choice.ts'

/** How a question was read, where that is not as it was typed: nothing is exchanged in silence. */
export function Understanding(props: { understood: Understood; choice: ListChoice; path: string }) {
  const { understood, choice, path } = props
  const { corrected, offers, synonyms, pinyin, number, someWords } = understood
  const ask = (question: string) => choiceAddress(path, choice, { q: question })
  // What stands in quotation marks is taken to the letter
  const asTyped = ask(`“${(choice.q ?? '').replace(/[“”"]/g, '')}”`)
  const lines = [
    corrected && (
      <>
        没有找到“{choice.q}”，已按“<a href={ask(corrected.question)}>{corrected.question}</a>”查找。
      </>
    ),
    number?.alone && (
      <>没有完整是这个文号的文件，下面是序号相同的{number.year ? `（${number.year}年）` : ''}。</>
    ),
    someWords && <>没有同时包含全部词的内容，下面的只包含其中一部分。</>,
    pinyin && (
      <>
        “{pinyin.typed}”已按拼音查找：{pinyin.words.join('、')}。<a href={asTyped}>仍要查“{choice.q}”</a>
      </>
    ),
    synonyms.length > 0 && (
      <>
        也查找了意思相同的词：
        {synonyms.map(({ word, others }) => `${word}（${others.join('、')}）`).join('；')}。
        <a href={asTyped}>只查“{choice.q}”</a>
      </>
    ),
    offers.length > 0 && (
      <>
        您是不是要找：
        {offers.map(({ question }, index) => (
          <Fragment key={question}>
            {index > 0 ? '、' : ''}
            <a href={ask(question)}>{question}</a>
          </Fragment>
        ))}
      </>
    ),
  ].filter(line => line)
  return (
    <>
      {lines.map((line, index) => (
        <p key={index} class="mt-1 text-sm [&_a]:underline">
          {line}
        </p>
      ))}
    </>
  )
}
