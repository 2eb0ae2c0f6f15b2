import type { ComponentChildren } from 'preact'
import { Around } from './field.tsx'
import { type FieldProps, useField } from './form.tsx'

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search' | 'number' | undefined
  maxLength?: number | undefined
  autocomplete?: string | undefined
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | undefined
  /** As wide as what goes in: a number is not a title. */
  width?: 'short' | 'medium' | 'full' | undefined
  readOnly?: boolean | undefined
  pattern?: string | undefined
  min?: number | string | undefined
  max?: number | string | undefined
}

export function TextField(props: TextFieldProps) {
  const { type = 'text', width = 'medium', name, label, hint, required } = props
  const field = useField(props)
  // the types of Preact know one kind of input at a time
  const kind = { type } as { type: 'text' }
  return (
    <Around field={field} label={label} hint={hint} required={required}>
      <input
        class={`input field-${width}`}
        {...kind}
        id={field.id}
        name={name}
        // a password is never sent back
        value={type === 'password' ? undefined : field.value}
        required={required}
        maxLength={props.maxLength}
        autocomplete={props.autocomplete}
        inputMode={props.inputMode}
        readOnly={props.readOnly}
        pattern={props.pattern}
        min={props.min}
        max={props.max}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
      />
    </Around>
  )
}

export interface TextAreaProps extends FieldProps {
  rows?: number | undefined
  maxLength?: number | undefined
  readOnly?: boolean | undefined
}

/** `maxLength` is told and counted, not enforced while typing: a pasted text must not lose its end unseen. */
export function TextArea(props: TextAreaProps) {
  const { name, label, required, rows = 6, maxLength } = props
  const hint: ComponentChildren =
    maxLength === undefined ? (
      props.hint
    ) : (
      <>
        {props.hint} 最多 {maxLength} 字
        <span data-count-of={name} data-count-limit={maxLength} />
      </>
    )
  const field = useField({ ...props, hint })
  return (
    <Around field={field} label={label} hint={hint} required={required}>
      <textarea
        class="textarea field-full"
        id={field.id}
        name={name}
        rows={rows}
        required={required}
        readOnly={props.readOnly}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
      >
        {/* the parser drops the first line break of a textarea */}
        {field.value.startsWith('\n') ? `\n${field.value}` : field.value}
      </textarea>
    </Around>
  )
}

export interface DateFieldProps extends FieldProps {
  min?: string | undefined
  max?: string | undefined
}

/** An ISO date, `2026-11-23`. */
export function DateField(props: DateFieldProps) {
  return <Dated {...props} type="date" />
}

/** Beijing wall-clock time; comes as `2026-11-23T10:02`, which `fromBeijing` reads. */
export function DateTimeField(props: DateFieldProps) {
  return <Dated {...props} type="datetime-local" />
}

function Dated(props: DateFieldProps & { type: 'date' | 'datetime-local' }) {
  const field = useField(props)
  return (
    <Around field={field} label={props.label} hint={props.hint} required={props.required}>
      <input
        class="input field-date"
        type={props.type}
        id={field.id}
        name={props.name}
        value={field.value}
        required={props.required}
        min={props.min}
        max={props.max}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
      />
    </Around>
  )
}

export interface FileFieldProps extends Omit<FieldProps, 'value'> {
  /** `.docx,.pdf` */
  accept?: string | undefined
  maxBytes?: number | undefined
  /** What may be larger: names that end so (`mp4`), and how large. */
  larger?: { extensions: readonly string[]; maxBytes: number } | undefined
  multiple?: boolean | undefined
}

export function FileField(props: FileFieldProps) {
  const { name, label, required, accept, maxBytes, larger, multiple } = props
  const limits = [
    accept && `可用格式：${accept.split(',').join(' ')}`,
    maxBytes !== undefined && `${multiple ? '每个' : ''}不超过 ${sizeInWords(maxBytes)}`,
    larger && `视频、音频（${larger.extensions.join('、')}）不超过 ${sizeInWords(larger.maxBytes)}`,
  ].filter(Boolean)
  const hint: ComponentChildren =
    limits.length === 0 ? (
      props.hint
    ) : (
      <>
        {props.hint} {limits.join('，')}
      </>
    )
  const field = useField({ ...props, hint, value: null })
  return (
    <Around field={field} label={label} hint={hint} required={required}>
      <input
        class="file-input field-medium"
        type="file"
        id={field.id}
        name={name}
        accept={accept}
        multiple={multiple}
        required={required}
        data-max-bytes={maxBytes}
        data-larger={larger?.extensions.join(' ')}
        data-larger-bytes={larger?.maxBytes}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
      />
    </Around>
  )
}

/** `20 MB`, `512 KB` */
function sizeInWords(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} 字节`
}

export function HiddenField({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />
}
