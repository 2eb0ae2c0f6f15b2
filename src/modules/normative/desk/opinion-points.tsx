import { type RawForm, textOf } from '#lib/forms'
import { FieldGroup, RadioList, TextField } from '#ui/forms'
import { pointsOf, type ReviewKind } from '../reviews.ts'

/** The checklist of a review, each point with what is to be changed (R-NOR-08). */
export const OpinionPoints = ({ kind }: { kind: ReviewKind }) => (
  <>
    {Object.entries(pointsOf(kind)).map(([name, text]) => (
      <FieldGroup key={name} legend={text}>
        <RadioList
          name={`held-${name}`}
          label="审核结果"
          options={[
            { value: 'yes', label: '符合' },
            { value: 'no', label: '不符合' },
          ]}
        />
        <TextField name={`note-${name}`} label="问题和怎样改" width="full" />
      </FieldGroup>
    ))}
  </>
)

/** The checklist as it stands in the form. */
export const pointsIn = (kind: ReviewKind, form: RawForm) =>
  Object.fromEntries(
    Object.keys(pointsOf(kind)).flatMap(name => {
      const held = textOf(form, `held-${name}`)
      return held === '' ? [] : [[name, { held: held === 'yes', note: textOf(form, `note-${name}`) }]]
    }),
  )
