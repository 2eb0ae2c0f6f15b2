import { mountEditor } from './rich-editor/mount-editor.ts'

/** Every `<textarea data-rich-editor>` becomes an editor; without this script it stays a plain text field. */
for (const textarea of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-rich-editor]'))
  mountEditor(textarea)
