import { type RawForm, textsOf } from '#lib/forms'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'

/** Another officer changed it: both values of whatever differs; the form keeps one's own. */
export function Meanwhile(props: {
  by: string
  labels: Readonly<Record<string, string>>
  theirs: RawForm
  mine: RawForm
}) {
  const { by, labels, theirs, mine } = props
  const shown = (form: RawForm, name: string) => textsOf(form, name).join('、')
  const differing = Object.keys(labels).filter(name => shown(theirs, name) !== shown(mine, name))
  return (
    <>
      <Notice tone="warning" title={`还没有保存：您打开之后，${by}改过这个专题。`}>
        {differing.length > 0
          ? '下表是两边不同的地方，表单里是您填写的。核对后再按“保存”，就以您的为准。'
          : '同事改的是别处，您填写的都在表单里。再按一次“保存”就可以。'}
      </Notice>
      {differing.length > 0 ? (
        <DataTable
          caption="两边不同的地方"
          columns={[
            { key: 'name', head: '项目', cell: row => labels[row.name] ?? row.name },
            { key: 'theirs', head: '现在的', cell: row => shown(theirs, row.name) || '（空）' },
            { key: 'mine', head: '您填写的', cell: row => shown(mine, row.name) || '（空）' },
          ]}
          rows={differing.map(name => ({ name }))}
          rowKey={row => row.name}
        />
      ) : null}
    </>
  )
}
