import type { ComponentChildren } from 'preact'
import type { useField } from './form.tsx'

interface AroundProps {
  field: ReturnType<typeof useField>
  label: string
  hint?: ComponentChildren
  required?: boolean | undefined
  children: ComponentChildren
}

/** Label, hint and error around one control. */
export function Around({ field, label, hint, required, children }: AroundProps) {
  return (
    <div class={field.error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={field.id}>
        {label}
        {required && <Required />}
      </label>
      <Says field={field} hint={hint} />
      {children}
    </div>
  )
}

/** Legend, hint and error around several controls that answer one question. */
export function AroundGroup({ field, label, hint, required, children }: AroundProps) {
  return (
    <fieldset
      class={field.error ? 'field field-wrong' : 'field'}
      id={field.id}
      tabIndex={field.error ? -1 : undefined}
      aria-describedby={field.describedBy}
    >
      <legend class="field-label">
        {label}
        {required && <Required />}
      </legend>
      <Says field={field} hint={hint} />
      {children}
    </fieldset>
  )
}

/** A word, not a star: nobody has to look up what the star means. */
function Required() {
  return <span class="field-required">必填</span>
}

export function Says({ field, hint }: Pick<AroundProps, 'field' | 'hint'>) {
  return (
    <>
      {hint !== undefined && (
        <div class="field-hint" id={`${field.id}-hint`}>
          {hint}
        </div>
      )}
      {field.error && (
        <div class="field-error" id={`${field.id}-error`}>
          <span class="sr-only">错误：</span>
          {field.error}
        </div>
      )}
    </>
  )
}
