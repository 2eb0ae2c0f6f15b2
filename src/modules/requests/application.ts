import { z } from 'zod'
import { blankAsNull } from '#lib/forms'
import {
  type ApplicantKind,
  applicantKindNames,
  carrierNames,
  type IdKind,
  idKindNames,
  type Way,
  wayNames,
} from './request.ts'

const line = (most: number) =>
  z
    .string()
    .default('')
    .transform(text => text.replace(/\p{Cc}+/gu, ' ').trim())
    .pipe(z.string().max(most, `最多 ${most} 个字。`))

/** What a request has to say, and nothing else: who, what, in which form (R-REQ-03, R-REQ-04). No purpose is asked for. */
export const applicationFields = {
  organId: z.uuid('请选择受理的机关。'),
  purpose: z.enum(['information', 'record-correction']).default('information'),
  description: z
    .string('请写明需要什么信息。')
    .transform(text => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z.string().min(2, '请写明需要什么信息：名称、文号，或者怎样能找到它。').max(5000, '最多 5000 个字。'),
    ),
  way: z.enum(wayNames, '请选择怎样获取。'),
  carrier: z.enum(carrierNames, '请选择载体。'),
  help: line(200),
  kind: z.enum(applicantKindNames, '请选择申请人类别。'),
  name: line(100),
  idKind: z.preprocess(blankAsNull, z.enum(idKindNames, '请选择证件。').nullable()).default(null),
  idNumber: line(40),
  representative: line(50),
  contact: line(50),
  phone: line(40),
  email: line(100),
  address: line(200),
  postcode: line(10),
  agentName: line(50),
  agentIdKind: z.preprocess(blankAsNull, z.enum(idKindNames, '请选择证件。').nullable()).default(null),
  agentIdNumber: line(40),
  agentPhone: line(40),
  formKey: z.string().min(16, '表单不完整，请刷新页面后重新填写。').max(100),
}

interface Told {
  kind: ApplicantKind
  name: string
  idKind: IdKind | null
  idNumber: string
  representative: string
  contact: string
  phone: string
  email: string
  address: string
  way: Way
  agentName: string
  agentIdNumber: string
}

/** What is missing or wrong, field by field: the contents of R-REQ-03 for a person, R-REQ-04 for an organisation. */
function faultsOf(told: Told): Record<string, string> {
  const faults: Record<string, string> = {}
  if (told.name === '') faults.name = told.kind === 'citizen' ? '请填写姓名。' : '请填写单位名称。'
  if (told.kind === 'citizen') {
    if (told.idKind === null) faults.idKind = '请选择证件。'
    const wrong = wrongIdNumber(told.idKind, told.idNumber)
    if (wrong) faults.idNumber = wrong
  } else {
    if (told.idNumber === '') faults.idNumber = '请填写统一社会信用代码。'
    else if (!/^[0-9A-Z]{18}$/.test(told.idNumber.toUpperCase()))
      faults.idNumber = '统一社会信用代码是18位数字或者大写字母，请核对。'
    if (told.representative === '') faults.representative = '请填写法定代表人或者负责人。'
    if (told.contact === '') faults.contact = '请填写联系人。'
  }
  if (told.phone === '' && told.email === '' && told.address === '')
    faults.phone = '请至少填写一种联系方式：电话、电子邮箱或者通信地址。'
  if (told.email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(told.email))
    faults.email = '电子邮箱的写法不对，应当像 name@example.com。'
  if (told.way === 'email' && told.email === '') faults.email = '选了用电子邮件获取，请填写电子邮箱。'
  if (told.way === 'post' && told.address === '') faults.address = '选了邮寄，请填写通信地址。'
  if (told.agentName !== '' && told.agentIdNumber === '') faults.agentIdNumber = '请填写代理人的证件号码。'
  return faults
}

function wrongIdNumber(kind: IdKind | null, number: string): string | null {
  if (number === '') return '请填写证件号码。'
  if (kind === 'resident-id' && !isResidentId(number)) return '居民身份证号码不对，请逐位核对。'
  return null
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: seventeen figures and a check character. */
function isResidentId(typed: string): boolean {
  const number = typed.normalize('NFKC').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const sum = weights.reduce((all, weight, index) => all + weight * Number(number[index]), 0)
  return '10X98765432'[sum % 11] === number[17]
}

/** Through the site: everything that the law asks for is there before it is taken (R-REQ-03). */
export const submitRequestInput = z.object(applicationFields).check(context => {
  for (const [field, message] of Object.entries(faultsOf(context.value)))
    context.issues.push({ code: 'custom', path: [field], message, input: context.value })
})
export type SubmitRequest = z.output<typeof submitRequestInput>
