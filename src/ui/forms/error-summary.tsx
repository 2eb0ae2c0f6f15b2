import type { FormErrors } from '#lib/forms'
import { fieldId } from './field-id.ts'

export interface ErrorSummaryProps {
  errors: FormErrors
  labels?: Readonly<Record<string, string>> | undefined
  /** What was kept and what to do, in place of the usual sentence. */
  message?: string | undefined
  prefix?: string | undefined
}

/** Every error on top of the form, each a link to its field. An error of the whole form has the name ''. */
export function ErrorSummary({ errors, labels = {}, message, prefix }: ErrorSummaryProps) {
  const names = Object.keys(errors)
  if (names.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-error-summary>
      <h2>有 {names.length} 处需要改一改</h2>
      <p>{message ?? '还没有提交成功。您填写的内容都在下面，改好后请再提交一次。'}</p>
      <ul>
        {names.map(name => (
          <li key={name}>
            {name === '' ? (
              errors[name]
            ) : (
              <a href={`#${fieldId(name, prefix)}`}>
                {labels[name] ? `${labels[name]}：` : ''}
                {errors[name]}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
