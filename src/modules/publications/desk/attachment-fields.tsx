import type { RawForm } from '#lib/forms'
import { allowedExtensions, limits, playedExtensions } from '#modules/files'
import { CheckboxField, FieldGroup, FileField, HiddenField, TextField } from '#ui/forms'
import { attachmentsOfForm } from '../draft-form.ts'

/** What is attached: its name for readers, its place, and whether to take it out; and a field for more. */
export function AttachmentFields({ raw }: { raw: RawForm }) {
  return (
    <FieldGroup
      legend="附件"
      hint="读者看到的是附件名称，请写明内容，例如“2026年部门预算表”。新选的文件在保存时上传。"
    >
      {attachmentsOfForm(raw).map((row, at) => (
        <FieldGroup key={row.fileId} legend={`附件 ${at + 1}`} hint={row.file}>
          <HiddenField name={`attachments.${at}.fileId`} value={row.fileId} />
          <HiddenField name={`attachments.${at}.file`} value={row.file} />
          <div class="grid gap-5 sm:grid-cols-[1fr_9rem]">
            <TextField
              name={`attachments.${at}.title`}
              label="附件名称"
              required
              maxLength={200}
              width="full"
            />
            <TextField
              name={`attachments.${at}.position`}
              label="排在第几"
              inputMode="numeric"
              width="short"
            />
          </div>
          <CheckboxField name={`attachments.${at}.remove`} label="保存时去掉这个附件" checked={row.remove} />
        </FieldGroup>
      ))}
      <FileField
        name="newFiles"
        label="添加附件"
        multiple
        accept={allowedExtensions.map(extension => `.${extension}`).join(',')}
        maxBytes={limits.attachmentBytes}
        larger={{ extensions: playedExtensions, maxBytes: limits.mediaBytes }}
      />
    </FieldGroup>
  )
}
