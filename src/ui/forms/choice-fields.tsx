import type { ComponentChildren } from 'preact'
import { Around, AroundGroup, Says } from './field.tsx'
import { type FieldProps, useField } from './form.tsx'

export interface Option {
  value: string
  label: string
  hint?: string | undefined
  disabled?: boolean | undefined
  /** Heading under which a select shows it. */
  group?: string | undefined
}

export interface SelectFieldProps extends FieldProps {
  options: readonly Option[]
  /** The first line, which means nothing chosen; null leaves it out. */
  blank?: string | null | undefined
}

export function SelectField(props: SelectFieldProps) {
  const { name, label, hint, required, options, blank = '请选择' } = props
  const field = useField(props)
  const groups = new Map<string, Option[]>()
  for (const option of options) {
    const group = groups.get(option.group ?? '')
    if (group) group.push(option)
    else groups.set(option.group ?? '', [option])
  }
  const line = (option: Option) => (
    <option
      key={option.value}
      value={option.value}
      selected={option.value === field.value}
      disabled={option.disabled}
    >
      {option.label}
    </option>
  )
  return (
    <Around field={field} label={label} hint={hint} required={required}>
      <select
        class="select field-medium"
        id={field.id}
        name={name}
        required={required}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
      >
        {blank !== null && <option value="">{blank}</option>}
        {[...groups].map(([group, members]) =>
          group === '' ? (
            members.map(line)
          ) : (
            <optgroup key={group} label={group}>
              {members.map(line)}
            </optgroup>
          ),
        )}
      </select>
    </Around>
  )
}

export interface RadioListProps extends FieldProps {
  options: readonly Option[]
}

export function RadioList(props: RadioListProps) {
  const field = useField(props)
  return (
    <AroundGroup field={field} label={props.label} hint={props.hint} required={props.required}>
      {props.options.map((option, index) => (
        <Choice
          key={option.value}
          type="radio"
          id={`${field.id}-${index + 1}`}
          name={props.name}
          option={option}
          checked={option.value === field.value}
        />
      ))}
    </AroundGroup>
  )
}

export interface CheckboxListProps extends Omit<FieldProps, 'value'> {
  options: readonly Option[]
  /** Where they differ from the form's values. */
  values?: readonly string[] | undefined
}

export function CheckboxList(props: CheckboxListProps) {
  const field = useField({ ...props, value: undefined })
  const chosen = props.values ?? field.values
  return (
    <AroundGroup field={field} label={props.label} hint={props.hint} required={props.required}>
      {props.options.map((option, index) => (
        <Choice
          key={option.value}
          type="checkbox"
          id={`${field.id}-${index + 1}`}
          name={props.name}
          option={option}
          checked={chosen.includes(option.value)}
        />
      ))}
    </AroundGroup>
  )
}

export interface CheckboxFieldProps extends FieldProps {
  /** Where it differs from the form's values. */
  checked?: boolean | undefined
}

/** One box that is ticked or not. `value` is what is posted when it is. */
export function CheckboxField(props: CheckboxFieldProps) {
  const value = props.value ?? 'yes'
  const field = useField({ ...props, value: undefined })
  return (
    <div class={field.error ? 'field field-wrong' : 'field'}>
      <div class="choice">
        <input
          class="checkbox"
          type="checkbox"
          id={field.id}
          name={props.name}
          value={value}
          checked={props.checked ?? field.values.includes(value)}
          required={props.required}
          aria-describedby={field.describedBy}
          aria-invalid={field.invalid}
        />
        <label for={field.id}>
          {props.label}
          {props.required && <span class="field-required">必填</span>}
        </label>
      </div>
      <Says field={field} hint={props.hint} />
    </div>
  )
}

function Choice(props: {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  option: Option
  checked: boolean
}) {
  const { type, id, name, option, checked } = props
  return (
    <div class="choice">
      <input
        class={type}
        type={type}
        id={id}
        name={name}
        value={option.value}
        checked={checked}
        disabled={option.disabled}
        aria-describedby={option.hint === undefined ? undefined : `${id}-hint`}
      />
      <label for={id}>{option.label}</label>
      {option.hint !== undefined && (
        <span class="choice-hint" id={`${id}-hint`}>
          {option.hint}
        </span>
      )}
    </div>
  )
}

/** Several fields under one heading. */
export function FieldGroup(props: { legend: string; hint?: ComponentChildren; children: ComponentChildren }) {
  return (
    <fieldset class="field-group">
      <legend>{props.legend}</legend>
      {props.hint !== undefined && <p class="field-hint">{props.hint}</p>}
      {props.children}
    </fieldset>
  )
}
