import type { FormErrors, RawForm } from '#lib/forms'
import { Actions, Form, HiddenField, SubmitButton } from '#ui/forms'
import type { FilingChoice } from '../filing.ts'
import type { Kind } from '../kind.ts'
import type { ColumnChoice } from './column-fields.tsx'
import { DraftFields, draftLabels } from './draft-fields.tsx'

export interface DraftEditorProps {
  action: string
  kind: Kind
  raw: RawForm
  errors: FormErrors
  siteId: string
  columns: ColumnChoice
  isCorrection: boolean
  filing: readonly FilingChoice[]
  hidden: Record<string, string>
  primary: string
  cancel: { label: string; href: string }
  /** Where the script saves after a while of rest; null where a person has to decide first. */
  autosave?: string | null
}

/** The whole form of a draft, with what can be done with it afterwards. */
export function DraftEditor(props: DraftEditorProps) {
  const { kind, raw, errors } = props
  return (
    <div class="mt-6">
      <Form
        action={props.action}
        values={raw}
        errors={errors}
        labels={draftLabels(kind)}
        uploads
        label="文稿"
      >
        {Object.entries(props.hidden).map(([name, value]) => (
          <HiddenField key={name} name={name} value={value} />
        ))}
        <DraftFields
          kind={kind}
          raw={raw}
          errors={errors}
          siteId={props.siteId}
          columns={props.columns}
          isCorrection={props.isCorrection}
          filing={props.filing}
        />
        {props.autosave && <p class="editor-kept" role="status" data-autosave={props.autosave} />}
        <Actions primary={props.primary} cancel={props.cancel}>
          <SubmitButton tone="plain" name="next" value="continue">
            保存，接着写
          </SubmitButton>
          <SubmitButton tone="plain" name="next" value="submit">
            保存并送审
          </SubmitButton>
        </Actions>
      </Form>
    </div>
  )
}
