import type { Editor } from '@tiptap/core'
import { ask, labelled } from './dialog.ts'
import { element } from './elements.ts'

/** Asks for an address, and for the text when none is selected: “点击这里” tells nobody where a link leads. */
export function askForLink(editor: Editor): void {
  const inLink = editor.isActive('link')
  if (inLink) editor.chain().extendMarkRange('link').run()
  const { empty } = editor.state.selection
  const address = element('input', { type: 'text', inputmode: 'url', class: 'input', autocomplete: 'off' })
  address.value = String(editor.getAttributes('link').href ?? '')
  const text = element('input', { type: 'text', class: 'input', maxlength: '200' })
  ask({
    title: inLink ? '修改链接' : '插入链接',
    confirm: '确定',
    fields: [
      ...(empty ? [labelled('链接文字', text, '写明链接到什么，不要写“点击这里”。')] : []),
      labelled('链接地址', address, '以 https:// 开头的网址，或以 / 开头的本站地址。'),
    ],
    more: inLink
      ? [{ label: '去掉链接', act: () => editor.chain().extendMarkRange('link').unsetLink().run() }]
      : [],
    act() {
      const href = address.value.trim()
      if (!/^(https?:\/\/[^\s/]+\S*|\/(?!\/)\S*)$/i.test(href)) {
        address.focus()
        return '链接地址不对。请填写以 https:// 开头的网址，或以 / 开头的本站地址，中间不要有空格。'
      }
      const words = text.value.trim()
      if (empty && words === '') {
        text.focus()
        return '请填写链接文字。'
      }
      const chain = editor.chain().focus()
      if (empty)
        chain.insertContent({ type: 'text', text: words, marks: [{ type: 'link', attrs: { href } }] }).run()
      else chain.setLink({ href }).run()
      return null
    },
    after: () => editor.view.focus(),
  })
}
