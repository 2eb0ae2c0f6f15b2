/**
 * Islands are modules, so they never hold up the page. The first is fetched beside the style sheet and, where the browser
 * can wait for it, runs before the first paint, so that a remembered text size does not jump.
 */
export function Scripts(props: { first: string; rest: readonly string[]; assets: (name: string) => string }) {
  const early = { blocking: 'render', async: true }
  return (
    <>
      <script type="module" src={props.assets(`${props.first}.js`)} {...early} />
      {props.rest.map(name => (
        <script key={name} type="module" src={props.assets(`${name}.js`)} />
      ))}
    </>
  )
}
