import type { Editor } from '@tiptap/core'
import { ask, labelled, ticked } from './dialog.ts'
import { element } from './elements.ts'
import { leavePicture } from './leave-picture.ts'

const accepted = '.jpg,.jpeg,.png,.webp,.gif'
/** The server has the last word; this spares a slow line the way. */
const largest = 5 * 1024 * 1024

interface Uploaded {
  url: string
  width: number | null
  height: number | null
}

/** Asks for the alternative text before the picture is in the text: afterwards nobody comes back for it (S-DES-05). */
export function askForPicture(
  editor: Editor,
  uploadUrl: string,
  say: (text: string) => void,
  given?: File,
): void {
  const file = element('input', { type: 'file', accept: accepted, class: 'file-input' })
  const about = describing()
  ask({
    title: '插入图片',
    confirm: '上传并插入',
    fields: [
      given
        ? element('p', { class: 'editor-hint' }, `粘贴的图片：${given.name || '截图'}`)
        : labelled('图片文件', file, 'jpg、png、webp 或 gif，不超过 5 MB。'),
      ...about.fields,
    ],
    async act() {
      const chosen = given ?? file.files?.[0]
      if (!chosen) return '请选择一个图片文件。'
      if (chosen.size > largest) return `“${chosen.name}”超过 5 MB。请把图片缩小或压缩后再上传。`
      const missing = about.missing()
      if (missing) return missing
      say('正在上传图片……')
      const sent = await upload(uploadUrl, chosen, about)
      if (typeof sent === 'string') return sent
      const { url, width, height } = sent
      const attrs = { src: url, alt: about.alt(), caption: about.caption(), width, height }
      leavePicture(editor)
      // The cursor goes on behind it: a picture left selected would be replaced by the next letter.
      editor
        .chain()
        .focus()
        .insertContent([{ type: 'image', attrs }, { type: 'paragraph' }])
        .run()
      say('图片已插入。')
      return null
    },
    after: () => editor.view.focus(),
  })
}

export function askForDescription(editor: Editor): void {
  const about = describing(editor.getAttributes('image'))
  ask({
    title: '修改图片说明',
    confirm: '确定',
    fields: about.fields,
    act() {
      const missing = about.missing()
      if (missing) return missing
      editor.chain().focus().updateAttributes('image', { alt: about.alt(), caption: about.caption() }).run()
      return null
    },
    after: () => editor.view.focus(),
  })
}

type Describing = ReturnType<typeof describing>

function describing(known: Record<string, unknown> = {}) {
  const alt = element('textarea', { class: 'textarea', rows: '2', maxlength: '200' })
  alt.value = String(known.alt ?? '')
  const decorative = element('input', { type: 'checkbox' })
  decorative.checked = known.src !== undefined && alt.value === ''
  const caption = element('input', { type: 'text', class: 'input', maxlength: '100' })
  caption.value = String(known.caption ?? '')
  const follow = () => {
    alt.disabled = decorative.checked
  }
  decorative.addEventListener('change', follow)
  follow()
  return {
    fields: [
      labelled('图片说明（必填）', alt, '图里有什么、说明什么，一两句话。看不到图片的人靠它了解内容。'),
      ticked('装饰图片，无需说明', decorative),
      labelled('图片下方的文字（可不填）', caption, '例如“图1 县城公交线路示意图”。'),
    ],
    decorative: () => decorative.checked,
    alt: () => (decorative.checked ? '' : alt.value.replace(/\s+/g, ' ').trim()),
    caption: () => caption.value.trim(),
    missing(): string | null {
      if (decorative.checked || alt.value.trim() !== '') return null
      alt.focus()
      return '请写一句图片说明；只起装饰作用的图片，请勾选“装饰图片，无需说明”。'
    },
  }
}

/** The uploaded picture, or what went wrong in words. */
async function upload(url: string, file: File, about: Describing): Promise<Uploaded | string> {
  const form = new FormData()
  form.set('role', 'picture')
  form.set('altText', about.alt())
  if (about.decorative()) form.set('decorative', 'yes')
  // A pasted screenshot has no telling name; files come last, so that the fields are read first.
  form.set('file', file, file.name || '截图.png')
  try {
    const response = await fetch(url, { method: 'POST', body: form, headers: { accept: 'application/json' } })
    const answer = response.headers.get('content-type')?.startsWith('application/json')
      ? await response.json()
      : null
    if (response.ok && answer?.url) return answer as Uploaded
    if (answer?.error) return String(answer.error)
    return response.redirected || response.status === 401 || response.status === 403
      ? '登录已过期，图片没有上传。文字已保存在本页：请在新的标签页重新登录，再回到这里上传。'
      : '服务器没有收下图片。请稍后再试；文字不受影响。'
  } catch {
    return '网络中断，图片没有上传。请检查网络后再试；文字不受影响。'
  }
}
