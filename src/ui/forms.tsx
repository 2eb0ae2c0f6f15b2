/** The door to every form control; the parts stand in `forms/`. */
export { Actions, DangerAct, LinkButton, PostButton, SubmitButton, type Tone } from './forms/buttons.tsx'
export {
  CheckboxField,
  CheckboxList,
  FieldGroup,
  type Option,
  RadioList,
  SelectField,
} from './forms/choice-fields.tsx'
export { Form, type FormValues } from './forms/form.tsx'
export {
  DateField,
  DateTimeField,
  FileField,
  HiddenField,
  TextArea,
  TextField,
} from './forms/text-fields.tsx'
