import { Editor } from '@tiptap/core'
import { button, element } from './elements.ts'
import { type KeptText, textKeeper } from './kept-text.ts'
import { askForLink } from './link-dialog.ts'
import { bodyOf, characterCount } from './output.ts'
import { cleanPaste } from './paste.ts'
import { askForPicture } from './picture-dialog.ts'
import { extensions, headingLevels } from './schema.ts'
import { makeToolbar } from './toolbar.ts'

const help =
  '按 Alt+F10 到工具栏，方向键选按钮，Esc 回到正文；在表格里按 Tab 到下一格，最后一格再按 Tab 离开。'

/** Puts the editor in the place of a text field, which goes on carrying the text to the server. */
export function mountEditor(textarea: HTMLTextAreaElement): void {
  const form = textarea.form
  const uploadUrl = textarea.dataset.uploadUrl
  const id = textarea.id || `editor-${textarea.name}`
  textarea.id = `${id}-source`

  const surface = element('div', { class: 'editor-surface' })
  const status = element('p', { class: 'editor-status', role: 'status' })
  const count = element('span', { class: 'editor-count' })
  const keptAt = element('span', { class: 'editor-kept' })
  const helpLine = element('p', { class: 'editor-hint', id: `${id}-help` }, help)
  const say = (text: string) => {
    status.textContent = text
  }

  const label = document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(id)}"]`)
  if (label) label.id ||= `${id}-label`
  const editor = new Editor({
    element: surface,
    extensions,
    content: textarea.value,
    injectCSS: false,
    // “1. ” at the start of a paragraph is the text of an official document, not a wish for a list.
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      attributes: {
        id,
        class: 'editor-text',
        role: 'textbox',
        'aria-multiline': 'true',
        ...(label ? { 'aria-labelledby': label.id } : { 'aria-label': '正文' }),
        'aria-describedby': [textarea.getAttribute('aria-describedby'), helpLine.id]
          .filter(Boolean)
          .join(' '),
        ...(textarea.getAttribute('aria-invalid') === 'true' ? { 'aria-invalid': 'true' } : {}),
        ...(textarea.required ? { 'aria-required': 'true' } : {}),
        lang: 'zh-CN',
        spellcheck: 'false',
      },
      transformPastedHTML(html) {
        const clean = cleanPaste(html)
        if (clean.lostPictures > 0)
          say(`有 ${clean.lostPictures} 张图片不能随文字粘贴。请用工具栏的“图片”逐张上传，并写明图片说明。`)
        return clean.html
      },
      handlePaste: (_, event) => takePicture(event.clipboardData),
      handleDrop: (_, event) => takePicture(event.dataTransfer),
      handleKeyDown(_, event) {
        if (event.altKey && event.key === 'F10') toolbar.focus()
        else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') askForLink(editor)
        else return headingKey(editor, event)
        return true
      },
    },
  })
  const toolbar = makeToolbar(editor, { controls: id, uploadUrl, say })

  /** A picture alone on the clipboard, such as a screenshot; text with pictures goes through the cleaning. */
  function takePicture(data: DataTransfer | null): boolean {
    const picture = [...(data?.files ?? [])].find(file => file.type.startsWith('image/'))
    if (!picture || !uploadUrl || data?.types.includes('text/html')) return false
    askForPicture(editor, uploadUrl, say, picture)
    return true
  }

  const frame = element(
    'div',
    { class: 'editor', 'data-editor-for': textarea.name },
    toolbar.dom,
    surface,
    element('div', { class: 'editor-foot' }, count, keptAt, helpLine),
    status,
  )
  textarea.hidden = true
  textarea.required = false
  textarea.after(frame)
  for (const note of form?.querySelectorAll<HTMLElement>(
    `[data-plain-note="${CSS.escape(textarea.name)}"]`,
  ) ?? [])
    note.hidden = true
  label?.addEventListener('click', () => editor.view.focus())
  sayFormat(form, textarea.name)

  const hidden = (field: string) => form?.querySelector<HTMLInputElement>(`input[name="${field}"]`)?.value
  const version = hidden('revision') || hidden('formKey') || ''
  const keeper = textKeeper(textarea.name, version)
  const offered = keeper.offer(bodyOf(editor))
  if (offered) frame.before(offerBack(offered, version))

  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    clearTimeout(timer)
    textarea.value = bodyOf(editor)
  }
  const refreshCount = () => {
    count.textContent = `共 ${characterCount(editor).toLocaleString('zh-CN')} 字`
  }
  refreshCount()
  editor.on('transaction', () => toolbar.refresh())
  editor.on('update', () => {
    refreshCount()
    clearTimeout(timer)
    timer = setTimeout(() => {
      write()
      keeper.keep(textarea.value)
      keptAt.textContent = `文字已暂存在本页（${clock(new Date())}）`
    }, 400)
  })
  form?.addEventListener('submit', () => {
    write()
    keeper.markSubmitted()
  })
  window.addEventListener('pagehide', () => {
    if (timer !== undefined) write()
  })

  function offerBack(kept: KeptText, now: string): HTMLElement {
    const when = new Date(kept.at)
    const meanwhile = kept.over !== now ? '此后这份文稿又保存过，恢复前请比较。' : ''
    const notice = element(
      'div',
      { class: 'editor-offer', role: 'group', 'aria-label': '恢复未保存的文字' },
      element(
        'p',
        {},
        `本页留有 ${when.getMonth() + 1}月${when.getDate()}日 ${clock(when)} 写的、可能没有保存的文字。${meanwhile}`,
      ),
    )
    notice.append(
      button(
        '恢复未保存的文字',
        () => {
          editor.chain().focus().setContent(kept.html, { emitUpdate: true }).run()
          notice.remove()
          say('已恢复。按“撤销”可以回到恢复之前。')
        },
        { class: 'editor-button editor-button-primary' },
      ),
      button(
        '不需要，删去',
        () => {
          keeper.forget()
          notice.remove()
          editor.commands.focus()
        },
        { class: 'editor-button' },
      ),
    )
    return notice
  }
}

/** Tells the server that the field holds HTML, not text that still has to be given its structure. */
function sayFormat(form: HTMLFormElement | null, name: string): void {
  form?.append(element('input', { type: 'hidden', name: `${name}Format`, value: 'html' }))
}

/** Ctrl+Alt+1…4 for the four levels, as in Word and WPS. */
function headingKey(editor: Editor, event: KeyboardEvent): boolean {
  const level =
    event.altKey && (event.ctrlKey || event.metaKey)
      ? headingLevels[Number(event.code.replace('Digit', '')) - 1]
      : undefined
  if (level === undefined) return false
  editor.chain().focus().toggleHeading({ level }).run()
  return true
}

const clock = (at: Date) => `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`
