import type { Editor } from '@tiptap/core'
import { ask, labelled, ticked } from './dialog.ts'
import { element } from './elements.ts'
import { leavePicture } from './leave-picture.ts'

const number = (value: string, most: string) =>
  element('input', { type: 'number', class: 'input', min: '1', max: most, value, inputmode: 'numeric' })

export function askForTable(editor: Editor): void {
  const rows = number('3', '200')
  const columns = number('3', '20')
  const head = element('input', { type: 'checkbox', checked: true })
  ask({
    title: '插入表格',
    confirm: '插入',
    fields: [
      labelled('行数（含表头）', rows),
      labelled('列数', columns),
      ticked('第一行是表头（读屏软件靠它说出每一格属于哪一列）', head),
    ],
    act() {
      const size = { rows: Number(rows.value), cols: Number(columns.value) }
      if (!isWithin(size.rows, 200) || !isWithin(size.cols, 20))
        return '行数请填 1 到 200，列数请填 1 到 20。更大的表请作为附件上传，或从 Excel、WPS 粘贴。'
      leavePicture(editor)
      editor
        .chain()
        .focus()
        .insertTable({ ...size, withHeaderRow: head.checked })
        .run()
      return null
    },
    after: () => editor.view.focus(),
  })
}

const isWithin = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

export function askForCaption(editor: Editor): void {
  const caption = element('input', { type: 'text', class: 'input', maxlength: '100' })
  caption.value = String(editor.getAttributes('table').caption ?? '')
  ask({
    title: '表名',
    confirm: '确定',
    fields: [labelled('表名', caption, '显示在表格上方，例如“2026年重点任务分工表”。留空则不显示。')],
    act() {
      editor.chain().focus().updateAttributes('table', { caption: caption.value.trim() }).run()
      return null
    },
    after: () => editor.view.focus(),
  })
}
