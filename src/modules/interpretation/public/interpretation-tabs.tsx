import { Tabs } from '#ui/components/tabs'

const views = {
  library: { label: '政策文件库', path: '/policies' },
  all: { label: '政策解读', path: '/interpretations' },
  leaders: { label: '领导解读', path: '/interpretations/leaders' },
  selections: { label: '优秀解读评选', path: '/interpretations/selections' },
} as const

/** The policies and the views of their interpretations beside one another. */
export function InterpretationTabs(props: {
  base: string
  current: Exclude<keyof typeof views, 'library'>
  /** False where there is nothing in the library. */
  withLibrary?: boolean
}) {
  return (
    <Tabs
      label="政策解读"
      items={Object.entries(views)
        .filter(([name]) => name !== 'library' || (props.withLibrary ?? true))
        .map(([name, { label, path }]) => ({
          label,
          href: props.base + path,
          current: name === props.current,
        }))}
    />
  )
}
