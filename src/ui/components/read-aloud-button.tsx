/** Reads the article of the page (S-ACC-04); shown only where the browser has a voice. */
export function ReadAloudButton() {
  return (
    <button
      type="button"
      class="btn btn-outline btn-primary btn-sm"
      data-read-aloud-button
      aria-pressed="false"
      hidden
    >
      朗读
    </button>
  )
}
