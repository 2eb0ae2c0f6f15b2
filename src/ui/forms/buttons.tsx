import type { ComponentChildren } from 'preact'
import { Form, type FormProps } from './form.tsx'

/** primary: the next step, once on a page; danger: takes something away; quiet: looks like a link. */
export type Tone = 'primary' | 'plain' | 'danger' | 'quiet'

const toneClass: Record<Tone, string> = {
  primary: 'btn btn-primary',
  plain: 'btn btn-outline btn-primary',
  danger: 'btn btn-outline btn-error',
  quiet: 'btn btn-ghost',
}
const classOf = (tone: Tone, small: boolean | undefined) =>
  small ? `${toneClass[tone]} btn-sm` : toneClass[tone]

export interface SubmitButtonProps {
  tone?: Tone | undefined
  small?: boolean | undefined
  name?: string | undefined
  value?: string | undefined
  /** Sends the same fields to another address. */
  formAction?: string | undefined
  children: ComponentChildren
}

export function SubmitButton({ tone = 'primary', small, children, ...rest }: SubmitButtonProps) {
  return (
    <button type="submit" class={classOf(tone, small)} {...rest}>
      {children}
    </button>
  )
}

export function LinkButton(props: {
  href: string
  tone?: Tone | undefined
  small?: boolean | undefined
  download?: boolean | undefined
  children: ComponentChildren
}) {
  return (
    <a class={classOf(props.tone ?? 'plain', props.small)} href={props.href} download={props.download}>
      {props.children}
    </a>
  )
}

export interface ActionsProps {
  primary: string
  primaryName?: string | undefined
  primaryValue?: string | undefined
  cancel?: { label: string; href: string } | undefined
  /** Further buttons, between the first act and the way back. */
  children?: ComponentChildren
}

/** The last line of a form: what to do next, first. */
export function Actions({ primary, primaryName, primaryValue, cancel, children }: ActionsProps) {
  return (
    <div class="actions">
      <SubmitButton name={primaryName} value={primaryValue}>
        {primary}
      </SubmitButton>
      {children}
      {cancel && (
        <LinkButton tone="quiet" href={cancel.href}>
          {cancel.label}
        </LinkButton>
      )}
    </div>
  )
}

type Hidden = Readonly<Record<string, string>> | undefined

function HiddenFields({ fields }: { fields: Hidden }) {
  return (
    <>
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** One act as one button, where a link would be wrong because it changes something. */
export function PostButton(props: {
  action: string
  label: string
  hidden?: Hidden
  tone?: Tone | undefined
  small?: boolean | undefined
}) {
  return (
    <form class="post-button" method="post" action={props.action}>
      <HiddenFields fields={props.hidden} />
      <SubmitButton tone={props.tone ?? 'plain'} small={props.small}>
        {props.label}
      </SubmitButton>
    </form>
  )
}

/** An act that takes something away says first what will happen; it needs two steps, no script. */
export function DangerAct(props: {
  label: string
  warning: ComponentChildren
  action: string
  confirm: string
  hidden?: Hidden
  values?: FormProps['values']
  /** Errors open it again. */
  errors?: FormProps['errors']
  labels?: FormProps['labels']
  /** Fields that the act asks for, such as the reason. */
  children?: ComponentChildren
}) {
  const { errors = {} } = props
  return (
    <details class="danger-act" open={Object.keys(errors).length > 0}>
      <summary class="btn btn-outline btn-error">{props.label}</summary>
      <Form action={props.action} values={props.values} errors={errors} labels={props.labels}>
        <p>{props.warning}</p>
        <HiddenFields fields={props.hidden} />
        {props.children}
        <button type="submit" class="btn btn-error">
          {props.confirm}
        </button>
      </Form>
    </details>
  )
}
