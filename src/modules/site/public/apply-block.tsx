import { DefinitionList } from '#ui/components/definition-list'
import { LinkButton } from '#ui/forms'
import type { ApplyOffice } from './disclosure-facts.ts'

const whatToWrite =
  '没有公开的政府信息，可以向制作它的单位申请。申请要写明三件事：申请人的姓名或者名称、身份证明和联系方式；需要的信息叫什么，或者怎样能找到它；希望用什么形式得到。不用说明用途。'
const whenAnswered = '能够当场答复的当场答复；不能当场答复的，自收到申请之日起20个工作日内答复。'

/** How to ask for information that is not public, at the office that takes requests (条例 Art. 27–33). */
export function ApplyBlock({ office, base }: { office: ApplyOffice; base: string }) {
  const reachable = office.address !== '' || office.phone !== '' || office.internet !== ''
  return (
    <>
      <p class="mt-3">{whatToWrite}</p>
      <p class="mt-2">{whenAnswered}</p>
      <p class="actions mt-3">
        <LinkButton tone="primary" href={`${base}/requests/new?organ=${office.organId}`}>
          网上提出申请
        </LinkButton>
        <LinkButton href={`${base}/requests/track`}>查询办理情况</LinkButton>
      </p>
      {reachable ? (
        <>
          <p class="mt-2 mb-2">
            {`向${office.organName}申请，可以当面提交、邮寄或者按下面的方式联系；书写有困难的，可以口头提出，由工作人员代写。`}
          </p>
          <DefinitionList
            items={[
              { term: '受理机构', value: office.name || null },
              { term: '办公地址', value: office.address || null },
              { term: '办公时间', value: office.hours || null },
              { term: '联系电话', value: office.phone || null },
              { term: '传真', value: office.fax || null },
              { term: '互联网', value: office.internet || null },
            ]}
          />
        </>
      ) : (
        <p class="mt-3">
          {office.organName}还没有公布受理申请的地址和电话，请拨打页面底部主办单位的电话询问。
        </p>
      )}
      {office.guide ? (
        <p class="mt-3">
          申请的步骤、收费和救济办法，见<a href={base + office.guide}>{office.organName}政府信息公开指南</a>。
        </p>
      ) : null}
    </>
  )
}
