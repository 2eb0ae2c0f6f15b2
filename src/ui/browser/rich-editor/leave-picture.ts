import type { Editor } from '@tiptap/core'

/** What is inserted next goes behind a selected picture, not into its place. */
export function leavePicture(editor: Editor): void {
  if (!editor.isActive('image')) return
  const behind = editor.state.selection.to
  editor
    .chain()
    .insertContentAt(behind, { type: 'paragraph' })
    .setTextSelection(behind + 1)
    .run()
}
