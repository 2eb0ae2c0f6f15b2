import { parentPort, workerData } from 'node:worker_threads'
import { plainText } from '#lib/plain-text'
import { vectorsOf } from '#modules/search'
import { documentAt, planOf } from '../corpus.ts'
import { type CutItem, relationsOf, textOf } from './item.ts'

/** A thread that writes documents and cuts their words: asked for a range, it answers with their items. */
const plan = planOf(workerData as { scale: number; seed: number })

parentPort?.on('message', ({ from, to }: { from: number; to: number }) => {
  const items: CutItem[] = []
  for (let at = from; at < to; at++) {
    const document = documentAt(plan, at)
    const text = textOf(document)
    items.push({
      organKey: document.organ.key,
      kind: document.kind,
      text,
      relations: relationsOf(document),
      origin: {
        archive: true,
        sourcePublishedOn: document.publishedOn,
        sourceUrl: document.sourceUrl,
        formerIndexNo: null,
        importKey: `corpus-${plan.seed}-${at}`,
      },
      vectors: vectorsOf({ ...text, bodyText: plainText(text.bodyHtml) }),
    })
  }
  parentPort?.postMessage({ from, items })
})
