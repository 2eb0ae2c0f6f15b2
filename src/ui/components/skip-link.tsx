/** The first thing the keyboard meets. */
export function SkipLink() {
  return (
    <a class="skip-link" href="#main">
      跳到正文
    </a>
  )
}
