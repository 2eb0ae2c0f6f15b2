/** The text itself: an editor where scripts run, a plain field where they do not. */
export function BodyField(props: { value: string; error: string | undefined; siteId: string }) {
  const { value, error, siteId } = props
  const described = ['field-bodyHtml-hint', ...(error ? ['field-bodyHtml-error'] : [])].join(' ')
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for="field-bodyHtml">
        正文<span class="field-required">必填</span>
      </label>
      <div class="field-hint" id="field-bodyHtml-hint">
        不用再写标题和文号，页面上已经有了。图片要写说明。
        <span data-plain-note="bodyHtml">
          可以把全文作为纯文字贴进来，一段一行，保存时自动分段、认标题和落款；已有标记的文字请保留标记。
        </span>
      </div>
      {error && (
        <div class="field-error" id="field-bodyHtml-error">
          <span class="sr-only">错误：</span>
          {error}
        </div>
      )}
      <textarea
        class="textarea field-full"
        id="field-bodyHtml"
        name="bodyHtml"
        rows={22}
        required
        data-rich-editor
        data-upload-url={`/files?site=${siteId}`}
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
      >
        {/* the parser drops the first line break of a textarea */}
        {value.startsWith('\n') ? `\n${value}` : value}
      </textarea>
    </div>
  )
}
