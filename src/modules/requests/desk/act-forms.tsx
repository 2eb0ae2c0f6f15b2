import type { FormErrors, RawForm } from '#lib/forms'
import { publicId } from '#lib/ids'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, HiddenField } from '#ui/forms'
import { type Act, acts } from '../acts.ts'
import { extensionMost } from '../clock.ts'
import { type Choices, fieldsOf } from './act-fields.tsx'

export interface Failed {
  act: string
  raw: RawForm
  errors: FormErrors
}

interface ActFormsProps extends Choices {
  offered: readonly { act: Act; label: string; why: string | null }[]
  /** The form that was refused, with what was typed. */
  failed: Failed | null
}

/** What this person may do now, each with its form; and what cannot be done yet, with why. */
export function ActForms(props: ActFormsProps) {
  const open = props.offered.filter(one => one.why === null)
  const closed = props.offered.filter(one => one.why !== null)
  return (
    <>
      <Sheet title="现在可以做的" count={open.length}>
        {open.length === 0 ? <p>现在轮不到您办理。</p> : null}
        {open.map(({ act }) => (
          <ActForm key={act} act={act} {...props} />
        ))}
      </Sheet>
      {closed.length > 0 ? (
        <Sheet title="现在还不能做的，以及为什么">
          <ul>
            {closed.map(({ act, label, why }) => (
              <li key={act}>
                <b>{label}</b>：{why}
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </>
  )
}

function ActForm({ act, failed, ...rest }: ActFormsProps & { act: Act }) {
  const own = failed?.act === act ? failed : null
  const { request, settings } = rest.facts
  const first =
    act === 'ask-correction'
      ? { days: String(settings.correctionDays) }
      : act === 'ask-reasons'
        ? { days: String(settings.reasonsDays) }
        : act === 'ask-extension'
          ? { days: String(extensionMost) }
          : {}
  return (
    <details open={own !== null}>
      <summary>
        <b>{acts[act].label}</b>
      </summary>
      <Form
        id={act}
        action={`/requests/${request.id}`}
        values={own?.raw ?? first}
        errors={own?.errors ?? {}}
        label={acts[act].label}
        formKey={publicId(20)}
      >
        <HiddenField name="act" value={act} />
        {fieldsOf(act, rest)}
        <Actions primary={acts[act].label} />
      </Form>
    </details>
  )
}
