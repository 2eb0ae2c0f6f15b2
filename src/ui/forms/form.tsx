import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FormErrors } from '#lib/forms'
import { ErrorSummary } from './error-summary.tsx'
import { fieldId } from './field-id.ts'

export type FormValues = Readonly<Record<string, string | readonly string[] | null | undefined>>

interface FormState {
  values: FormValues
  errors: FormErrors
  /** Goes before the ids of the fields, where two forms on one page have fields of the same name. */
  prefix: string
}

const CurrentForm = createContext<FormState>({ values: {}, errors: {}, prefix: '' })

export interface FormProps {
  action: string
  method?: 'get' | 'post'
  /** What was typed, or what is stored; each field takes its own by name. */
  values?: FormValues | undefined
  errors?: FormErrors | undefined
  /** Field name → label, for the links of the error summary. */
  labels?: Readonly<Record<string, string>> | undefined
  /** Makes a creating act safe against double clicks: the act keeps it in a unique column. */
  formKey?: string | undefined
  /** Sends files. */
  uploads?: boolean | undefined
  /** Name of the form for readers who hear the page. */
  label?: string | undefined
  /** Distinguishes this form from another on the same page. */
  id?: string | undefined
  /** Fields below one another, or side by side as in a filter; a form that only asks stands in a row. */
  layout?: 'stack' | 'row' | undefined
  children: ComponentChildren
}

/** The browser's own checks are off: it would refuse in its own words, one field at a time, and keep nothing. */
export function Form(props: FormProps) {
  const { action, method = 'post', values = {}, errors = {}, id, children } = props
  const layout = props.layout ?? (method === 'get' ? 'row' : 'stack')
  const prefix = id ? `${id}-` : ''
  return (
    <CurrentForm.Provider value={{ values, errors, prefix }}>
      <form
        class={`form form-${layout}`}
        id={id}
        action={action}
        method={method}
        enctype={props.uploads ? 'multipart/form-data' : undefined}
        aria-label={props.label}
        role={method === 'get' ? 'search' : undefined}
        novalidate
      >
        <ErrorSummary errors={errors} labels={props.labels} prefix={prefix} />
        {props.formKey && <input type="hidden" name="formKey" value={props.formKey} />}
        {children}
      </form>
    </CurrentForm.Provider>
  )
}

export interface FieldProps {
  name: string
  label: string
  hint?: ComponentChildren
  required?: boolean | undefined
  /** Where it differs from the form's values. */
  value?: string | null | undefined
  error?: string | undefined
}

/** What a control needs to know of its form: id, value, error, and what describes it. */
export function useField(props: Pick<FieldProps, 'name' | 'value' | 'error' | 'hint'>) {
  const form = useContext(CurrentForm)
  const id = fieldId(props.name, form.prefix)
  const error = props.error ?? form.errors[props.name]
  const given = props.value !== undefined ? props.value : form.values[props.name]
  const values = given === null || given === undefined ? [] : typeof given === 'string' ? [given] : given
  const described = [props.hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean)
  return {
    id,
    error,
    value: values[0] ?? '',
    values,
    describedBy: described.length > 0 ? described.join(' ') : undefined,
    invalid: error ? true : undefined,
  }
}
