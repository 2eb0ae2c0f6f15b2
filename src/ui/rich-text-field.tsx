import { Around } from './forms/field.tsx'
import { type FieldProps, useField } from './forms/form.tsx'

export interface RichTextFieldProps extends FieldProps {
  /** Where the editor posts pictures; without it pictures cannot be inserted. */
  uploadHref?: string | undefined
  rows?: number | undefined
}

/**
 * The body of a publication. With scripts it becomes an editor (page: `scripts: ['rich-editor']`, style `editor.css`),
 * and a hidden field `NAMEFormat=html` says so; without, what is typed is plain text that the server gives its structure.
 */
export function RichTextField(props: RichTextFieldProps) {
  const { name, label, hint, required, rows = 24 } = props
  const field = useField({ ...props, hint: hint ?? '' })
  return (
    <Around
      field={field}
      label={label}
      required={required}
      hint={
        <>
          {hint}
          <span data-plain-note={name}>
            直接写文字即可：空一行分段，“一、”“（一）”开头的短行会成为标题，竖线“| 甲 | 乙
            |”排成的几行会成为表格。
          </span>
        </>
      }
    >
      <textarea
        class="textarea field-full"
        id={field.id}
        name={name}
        rows={rows}
        required={required}
        data-rich-editor
        data-upload-url={props.uploadHref}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
      >
        {field.value.startsWith('\n') ? `\n${field.value}` : field.value}
      </textarea>
    </Around>
  )
}
