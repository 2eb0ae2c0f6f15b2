import type { Editor } from '@tiptap/core'
import { element } from './elements.ts'
import { askForLink } from './link-dialog.ts'
import { askForDescription, askForPicture } from './picture-dialog.ts'
import { headingLevels } from './schema.ts'
import { askForCaption, askForTable } from './table-dialog.ts'

interface Tool {
  label: string
  /** More than the label says: the tip, read out as the description. */
  title?: string
  keys?: string
  act: (editor: Editor) => void
  /** A tool that is on or off says which. */
  isOn?: (editor: Editor) => boolean
  can?: (editor: Editor) => boolean
}

interface Group {
  label: string
  tools: Tool[]
  isShown?: (editor: Editor) => boolean
}

const numerals = ['一、', '（一）', '1.', '（1）']
const ranks = ['一级标题', '二级标题', '三级标题', '四级标题']

const run = (editor: Editor) => editor.chain().focus()

function layoutTool(label: string, title: string, layout: string): Tool {
  return {
    label,
    title,
    isOn: editor => editor.isActive({ class: layout }),
    act: editor => {
      const block = editor.isActive('heading') ? 'heading' : 'paragraph'
      const next = editor.isActive({ class: layout }) ? null : layout
      run(editor).updateAttributes(block, { class: next }).run()
    },
  }
}

const groups = (uploadUrl: string | undefined, say: (text: string) => void): Group[] => [
  {
    label: '撤销和恢复',
    tools: [
      { label: '撤销', keys: 'Control+Z', act: e => run(e).undo().run(), can: e => e.can().undo() },
      { label: '恢复', keys: 'Control+Y', act: e => run(e).redo().run(), can: e => e.can().redo() },
    ],
  },
  {
    label: '段落和标题',
    tools: [
      {
        label: '正文',
        keys: 'Control+Alt+0',
        act: e => run(e).setParagraph().run(),
        isOn: e => e.isActive('paragraph') && !e.isActive('bulletList') && !e.isActive('orderedList'),
      },
      ...headingLevels.map((level, index) => ({
        label: `${ranks[index]} ${numerals[index]}`,
        keys: `Control+Alt+${index + 1}`,
        act: (e: Editor) => run(e).toggleHeading({ level }).run(),
        isOn: (e: Editor) => e.isActive('heading', { level }),
      })),
    ],
  },
  {
    label: '文字',
    tools: [
      {
        label: '加粗',
        keys: 'Control+B',
        act: e => run(e).toggleBold().run(),
        isOn: e => e.isActive('bold'),
      },
      layoutTool('居中', '居中', 'align-center'),
      layoutTool('落款', '落款：署名和成文日期，靠右', 'signature'),
      {
        label: '清除格式',
        act: e => run(e).unsetAllMarks().clearNodes().updateAttributes('paragraph', { class: null }).run(),
      },
    ],
  },
  {
    label: '列表',
    tools: [
      {
        label: '项目列表',
        keys: 'Control+Shift+8',
        act: e => run(e).toggleBulletList().run(),
        isOn: e => e.isActive('bulletList'),
      },
      {
        label: '编号列表',
        keys: 'Control+Shift+7',
        act: e => run(e).toggleOrderedList().run(),
        isOn: e => e.isActive('orderedList'),
      },
    ],
  },
  {
    label: '插入',
    tools: [
      { label: '链接', keys: 'Control+K', act: askForLink, isOn: e => e.isActive('link') },
      ...(uploadUrl ? [{ label: '图片', act: (e: Editor) => askForPicture(e, uploadUrl, say) }] : []),
      { label: '表格', act: askForTable, can: e => !e.isActive('table') },
    ],
  },
  {
    label: '当前表格',
    isShown: e => e.isActive('table'),
    tools: [
      { label: '上方加行', act: e => run(e).addRowBefore().run() },
      { label: '下方加行', act: e => run(e).addRowAfter().run() },
      { label: '左侧加列', act: e => run(e).addColumnBefore().run() },
      { label: '右侧加列', act: e => run(e).addColumnAfter().run() },
      { label: '删除行', act: e => run(e).deleteRow().run() },
      { label: '删除列', act: e => run(e).deleteColumn().run() },
      { label: '首行表头', title: '首行是不是表头', act: e => run(e).toggleHeaderRow().run() },
      { label: '首列表头', title: '首列是不是表头', act: e => run(e).toggleHeaderColumn().run() },
      { label: '合并单元格', act: e => run(e).mergeCells().run(), can: e => e.can().mergeCells() },
      { label: '拆分单元格', act: e => run(e).splitCell().run(), can: e => e.can().splitCell() },
      { label: '表名', act: askForCaption },
      { label: '删除表格', act: e => run(e).deleteTable().run() },
    ],
  },
  {
    label: '当前图片',
    isShown: e => e.isActive('image'),
    tools: [
      { label: '修改图片说明', act: askForDescription },
      { label: '删除图片', act: e => run(e).deleteSelection().run() },
    ],
  },
]

export interface Toolbar {
  dom: HTMLElement
  /** Shows what is on, off and possible where the cursor stands. */
  refresh(): void
  focus(): void
}

/** One stop of the Tab key; arrow keys, Home and End walk over the buttons (ARIA toolbar pattern). */
export function makeToolbar(
  editor: Editor,
  about: { controls: string; uploadUrl: string | undefined; say: (text: string) => void },
): Toolbar {
  const dom = element('div', {
    class: 'editor-toolbar',
    role: 'toolbar',
    'aria-label': '正文格式',
    'aria-controls': about.controls,
  })
  const made = groups(about.uploadUrl, about.say).map(group => {
    const holder = element('div', { class: 'editor-group', role: 'group', 'aria-label': group.label })
    const tools = group.tools.map(tool => ({ tool, dom: toolButton(editor, tool) }))
    holder.append(...tools.map(each => each.dom))
    dom.append(holder)
    return { group, holder, tools }
  })
  const reachable = () =>
    made.filter(({ holder }) => !holder.hidden).flatMap(({ tools }) => tools.map(t => t.dom))
  let current = 0

  function moveTo(index: number, focus: boolean): void {
    const buttons = reachable()
    current = (index + buttons.length) % buttons.length
    for (const each of dom.querySelectorAll('button')) each.tabIndex = each === buttons[current] ? 0 : -1
    if (focus) buttons[current]?.focus()
  }

  dom.addEventListener('keydown', event => {
    const last = reachable().length - 1
    const step = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key]
    if (step !== undefined) moveTo(step, true)
    else if (event.key === 'Escape') editor.commands.focus()
    else return
    event.preventDefault()
  })
  dom.addEventListener('focusin', event => {
    const index = reachable().indexOf(event.target as HTMLButtonElement)
    if (index >= 0) moveTo(index, false)
  })

  const toolbar: Toolbar = {
    dom,
    focus: () => moveTo(current, true),
    refresh() {
      for (const { group, holder, tools } of made) {
        holder.hidden = group.isShown ? !group.isShown(editor) : false
        if (holder.hidden) continue
        for (const { tool, dom: pressed } of tools) showState(editor, tool, pressed)
      }
      moveTo(Math.min(current, reachable().length - 1), false)
    },
  }
  toolbar.refresh()
  return toolbar
}

function toolButton(editor: Editor, tool: Tool): HTMLButtonElement {
  const keys = tool.keys?.replaceAll('Control', 'Ctrl')
  const made = element(
    'button',
    {
      type: 'button',
      class: 'editor-tool',
      title: [tool.title ?? tool.label, keys && `（${keys}）`].filter(Boolean).join(''),
      'aria-keyshortcuts': tool.keys,
    },
    tool.label,
  )
  // The selection in the text must outlive the click.
  made.addEventListener('mousedown', event => event.preventDefault())
  made.addEventListener('click', () => {
    if (made.getAttribute('aria-disabled') !== 'true') tool.act(editor)
  })
  return made
}

/** `aria-disabled` instead of `disabled`: the button stays in the walk of the arrow keys and can be heard. */
function showState(editor: Editor, tool: Tool, pressed: HTMLButtonElement): void {
  if (tool.isOn) pressed.setAttribute('aria-pressed', String(tool.isOn(editor)))
  if (tool.can) pressed.setAttribute('aria-disabled', String(!tool.can(editor)))
}
