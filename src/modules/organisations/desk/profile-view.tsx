import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import type { ProfileContent } from '../profile.ts'

/** What an organ says of itself, to read. */
export function ProfileView({ of }: { of: ProfileContent }) {
  const office = of.opennessOffice
  return (
    <div class="grid gap-3">
      <h3>主要职责</h3>
      {of.functions.length === 0 ? (
        <p>还没有填写。</p>
      ) : (
        <ol class="list-decimal pl-6">
          {of.functions.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      <DataTable
        caption="负责人"
        columns={[
          { key: 'name', head: '姓名', cell: row => row.name },
          { key: 'post', head: '职务', cell: row => row.post },
          { key: 'duties', head: '分工', cell: row => row.duties || '—' },
        ]}
        rows={of.leaders}
        rowKey={row => `${row.post}${row.name}`}
        empty={<p>还没有填写。</p>}
      />
      <DataTable
        caption="内设机构"
        columns={[
          { key: 'name', head: '名称', cell: row => row.name },
          { key: 'duties', head: '职责', cell: row => row.duties || '—' },
          { key: 'phone', head: '电话', cell: row => row.phone || '—' },
        ]}
        rows={of.sections}
        rowKey={row => row.name}
        empty={<p>还没有填写。</p>}
      />
      <h3>联系方式</h3>
      <DefinitionList
        items={[
          { term: '办公地址', value: of.address || null },
          { term: '办公时间', value: of.officeHours || null },
          { term: '办公电话', value: of.phone || null },
          { term: '传真', value: of.fax || null },
          { term: '电子邮箱', value: of.email || null },
          { term: '邮政编码', value: of.postcode || null },
        ]}
      />
      <h3>政府信息公开工作机构</h3>
      <DefinitionList
        items={[
          { term: '名称', value: office.name || null },
          { term: '负责人', value: office.officer || null },
          { term: '电话', value: office.phone || null },
          { term: '地址', value: office.address || null },
          { term: '传真', value: office.fax || null },
          { term: '电子邮箱', value: office.email || null },
        ]}
      />
    </div>
  )
}
