import { Refused } from '#lib/errors'
import { type FormErrors, mustRead, type RawForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { ProgressBar } from '#ui/components/progress-bar'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  CheckboxList,
  Form,
  HiddenField,
  LinkButton,
  PostButton,
  SelectField,
  SubmitButton,
  TextField,
} from '#ui/forms'
import {
  addBoxes,
  askBurning,
  boxWords,
  decideBoxes,
  decideBoxesInput,
  groundInput,
  rectsInput,
} from '../actions/change-boxes.ts'
import { recordReading } from '../actions/result-of.ts'
import { groundNames, grounds } from '../engine/box.ts'
import { type BoxRow, findPage, listBoxes, type Redaction, states } from '../queries.ts'
import { reasonsOf } from '../reasons.ts'
import { loadRedaction, may } from './load-redaction.ts'
import { PageView } from './page-view.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/redactions/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/redactions/:id', may, handle: change },
]

async function change(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { id } = await loadRedaction(ctx, incoming)
  const { form } = incoming
  try {
    await perform(ctx, id, form)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const query = { ...incoming.query, page: textOf(form, 'page') || '1' }
    return show(
      ctx,
      { ...incoming, query },
      { form, errors: { '': error.message }, status: error.status === 400 ? 422 : error.status },
    )
  }
  return seeOther(
    `/redactions/${id}?page=${encodeURIComponent(textOf(form, 'page') || '1')}&done=${textOf(form, 'act')}`,
  )
}

async function perform(ctx: DeskContext, id: string, form: RawForm): Promise<void> {
  switch (textOf(form, 'act')) {
    case 'draw': {
      const ground = mustRead(groundInput, textOf(form, 'ground'))
      const rects = mustRead(rectsInput, readRects(textOf(form, 'rects')))
      const number = Number(textOf(form, 'page'))
      return addBoxes(
        ctx,
        id,
        rects.map(rect => ({ page: number, rect, ground })),
      )
    }
    case 'find': {
      const ground = mustRead(groundInput, textOf(form, 'ground'))
      await boxWords(ctx, id, textOf(form, 'words'), ground)
      return
    }
    case 'accepted':
    case 'rejected':
      return decideBoxes(ctx, id, mustRead(decideBoxesInput, { boxes: form.boxes, decision: form.act }))
    case 'undo': {
      const mine = (await listBoxes(ctx.db, id)).filter(
        box => box.state === 'accepted' && box.proposedBy === ctx.actor.name,
      )
      const last = mine.toSorted((one, other) => one.serial - other.serial).at(-1)
      if (last) await decideBoxes(ctx, id, { boxes: [last.id], decision: 'rejected' })
      return
    }
    case 'burn':
      return askBurning(ctx, id)
  }
}

function readRects(text: string): unknown {
  try {
    return JSON.parse(text || '[]')
  } catch {
    return []
  }
}

const done: Record<string, string> = {
  draw: '已经画上。',
  find: '找到的地方都已经画上，可能不止这一页。',
  accepted: '已经确认。',
  rejected: '已经取消，这几处不遮盖。',
  undo: '已经撤销上一处。',
  burn: '一分钟之内开始制作，完成后核验。',
}

interface Tried {
  form: RawForm
  errors: FormErrors
  status: number
}

async function show(ctx: DeskContext, incoming: Incoming, tried?: Tried): Promise<Reply> {
  const redaction = await loadRedaction(ctx, incoming)
  const { id, title, pageCount } = redaction
  const asked = Number(queryText(incoming, 'page') ?? '1')
  const number = Number.isInteger(asked) && asked >= 1 && asked <= (pageCount ?? 1) ? asked : 1
  const shown = await findPage(ctx.db, id, number)
  const boxes = await listBoxes(ctx.db, id)
  const isOpen = redaction.state === 'open' || redaction.state === 'refused'
  if (shown && number === 1 && !tried) await recordReading(ctx, id, title)
  const said = done[queryText(incoming, 'done') ?? '']
  const here = boxes.filter(box => box.page === number && box.state !== 'rejected')
  const runs = redaction.state === 'reading' || redaction.state === 'burning'
  return page({
    title: `遮盖：${title}`,
    status: tried?.status ?? 200,
    crumbs: [{ label: '文件遮盖', href: '/redactions' }, { label: title }],
    scripts: ['forms', ...(isOpen ? ['redaction'] : []), ...(runs ? ['refresh'] : [])],
    body: (
      <>
        <PageHead title={`遮盖：${title}`} note={`${redaction.fileName}，${states[redaction.state]}。`} />
        {said && !tried && <Notice tone="success" title={said} />}
        {tried?.errors[''] && <Notice tone="error" title={tried.errors['']} />}
        <Standing redaction={redaction} />
        {shown && (
          <Sheet title={`第 ${number} 页`}>
            {shown.unseen > 0 && (
              <Notice
                tone="info"
                title={`这一页有 ${shown.unseen} 个看不见的字（被盖住、与底色相同或在页面之外），不会进入结果。`}
              />
            )}
            {shown.words.length === 0 && (
              <Notice
                tone="warning"
                title="这一页是图像，机器看不到上面的字：个人信息要由人逐处查找，结果也不能按文字检索。"
              />
            )}
            <PageView id={id} page={shown} boxes={here} chooses={isOpen} />
            <Pager
              page={{ total: pageCount ?? 1, pageSize: 1, page: number }}
              href={n => `/redactions/${id}?page=${n}`}
            />
          </Sheet>
        )}
        {isOpen && shown && (
          <Drawing
            id={id}
            number={number}
            values={tried?.form ?? {}}
            canUndo={boxes.some(box => box.state === 'accepted' && box.proposedBy === ctx.actor.name)}
          />
        )}
        <BoxList id={id} number={number} boxes={boxes} isOpen={isOpen} />
        <Reasons boxes={boxes} />
        <LeftOutList redaction={redaction} />
      </>
    ),
  })
}

function Standing({ redaction }: { redaction: Redaction }) {
  const { id, state, pagesDone, pageCount, faults } = redaction
  if (state === 'reading' || state === 'burning')
    return (
      <ProgressBar
        label={`${states[state]}，已完成的页数`}
        value={pagesDone}
        max={Math.max(1, pageCount ?? 1)}
      />
    )
  if (state === 'proved')
    return (
      <Notice
        tone="success"
        title="已制作，并且重新打开核验过：遮盖处的文字和图像都取不出来，没有文件属性、批注和附件。"
      >
        <LinkButton href={`/redactions/${id}/result`}>下载遮盖后的文件</LinkButton>
      </Notice>
    )
  if (state === 'open') return null
  return (
    <Notice
      tone="error"
      title={state === 'refused' ? '核验没有通过，没有结果可以下载。' : '这份文件读不了。'}
    >
      <ul>
        {faults.map(({ page: at, why }, key) => (
          <li key={key}>{at === null ? why : `第 ${at} 页：${why}`}</li>
        ))}
      </ul>
    </Notice>
  )
}

const groundOptions = groundNames.map(value => ({
  value,
  label: `${grounds[value].label}（${grounds[value].article}）`,
  hint: grounds[value].words,
}))

function Drawing({
  id,
  number,
  values,
  canUndo,
}: {
  id: string
  number: number
  values: RawForm
  canUndo: boolean
}) {
  return (
    <Sheet title="遮盖">
      <Form action={`/redactions/${id}`} values={values} errors={{}} label="按词遮盖" layout="stack">
        <HiddenField name="page" value={String(number)} />
        <HiddenField name="rects" value="[]" />
        <SelectField name="ground" label="依据" required options={groundOptions} />
        <TextField
          name="words"
          label="查找的词"
          hint="所有页面上的这个词都会遮盖；不用鼠标、不用脚本也能办"
          maxLength={100}
        />
        <p role="status" data-redaction-status class="text-soft text-sm" />
        <Actions primary="遮盖所有找到的" primaryName="act" primaryValue="find">
          <SubmitButton tone="plain" name="act" value="draw">
            遮盖选中的地方
          </SubmitButton>
        </Actions>
      </Form>
      {canUndo && (
        <PostButton
          action={`/redactions/${id}`}
          label="撤销上一处"
          hidden={{ act: 'undo', page: String(number) }}
          tone="quiet"
        />
      )}
    </Sheet>
  )
}

function BoxList({
  id,
  number,
  boxes,
  isOpen,
}: {
  id: string
  number: number
  boxes: readonly BoxRow[]
  isOpen: boolean
}) {
  const open = boxes.filter(box => box.state !== 'rejected')
  const proposed = open.filter(box => box.state === 'proposed')
  return (
    <Sheet title="遮盖的地方" count={open.length} {...(proposed.length > 0 ? { tone: 'late' as const } : {})}>
      {open.length === 0 && <p>还没有遮盖的地方。</p>}
      {open.length > 0 && isOpen && (
        <Form action={`/redactions/${id}`} values={{}} errors={{}} label="遮盖的地方">
          <HiddenField name="page" value={String(number)} />
          <CheckboxList
            name="boxes"
            label="哪几处"
            hint={proposed.length > 0 ? `${proposed.length} 处是机器的建议，要由人确认或者取消。` : undefined}
            values={proposed.map(box => box.id)}
            options={open.map(box => ({ value: box.id, label: wordsOfBox(box) }))}
          />
          <Actions primary="确认勾选的" primaryName="act" primaryValue="accepted">
            <SubmitButton tone="plain" name="act" value="rejected">
              取消勾选的
            </SubmitButton>
          </Actions>
        </Form>
      )}
      {open.length > 0 && !isOpen && (
        <ul>
          {open.map(box => (
            <li key={box.id}>{wordsOfBox(box)}</li>
          ))}
        </ul>
      )}
      {isOpen && proposed.length === 0 && (
        <PostButton
          action={`/redactions/${id}`}
          label="制作遮盖后的文件"
          hidden={{ act: 'burn', page: String(number) }}
          tone="primary"
        />
      )}
    </Sheet>
  )
}

const wordsOfBox = ({ page: at, ground, note, state, proposedBy, decidedBy }: BoxRow) =>
  `第 ${at} 页，${grounds[ground].label}${note ? `（${note}）` : ''}，${state === 'proposed' ? `${proposedBy}建议` : `${decidedBy ?? proposedBy}确认`}`

function Reasons({ boxes }: { boxes: readonly BoxRow[] }) {
  const reasons = reasonsOf(boxes.filter(box => box.state === 'accepted'))
  if (reasons.length === 0) return null
  return (
    <Sheet title="部分公开的理由">
      <ul>
        {reasons.map(one => (
          <li key={one.ground}>{one.sentence}</li>
        ))}
      </ul>
    </Sheet>
  )
}

function LeftOutList({ redaction }: { redaction: Redaction }) {
  if (redaction.leftOut.length === 0) return null
  return (
    <Sheet title="原件里有、不会进入结果的" count={redaction.leftOut.length}>
      <ul>
        {redaction.leftOut.map(({ place, what }, key) => (
          <li key={key}>
            {place}：{what}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
