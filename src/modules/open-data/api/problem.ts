import { z } from 'zod'
import { type Refusal, Refused } from '#lib/errors'
import type { Content } from '#platform/http/reply'

/** A refusal that names the parameter at fault and what to write instead. */
export class ApiRefused extends Refused {
  readonly parameter: string | undefined
  readonly remedy: string | undefined

  constructor(refusal: Refusal, code: string, message: string, at: { parameter?: string; remedy?: string }) {
    super(refusal, code, message)
    this.name = 'ApiRefused'
    this.parameter = at.parameter
    this.remedy = at.remedy
  }
}

export const badParameter = (parameter: string, message: string, remedy: string) =>
  new ApiRefused('invalid', 'open-data.bad-parameter', message, { parameter, remedy })

export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: '错误的种类', examples: ['about:blank'] }),
    title: z.string().meta({ description: '错误的名称', examples: ['请求的写法不对'] }),
    status: z.int().meta({ description: 'HTTP 状态码', examples: [400] }),
    detail: z.string().meta({ description: '哪里不对', examples: ['没有参数“foo”。'] }),
    code: z
      .string()
      .optional()
      .meta({ description: '错误代码', examples: ['open-data.bad-parameter'] }),
    parameter: z
      .string()
      .optional()
      .meta({ description: '有问题的参数', examples: ['foo'] }),
    remedy: z
      .string()
      .optional()
      .meta({ description: '怎么办', examples: ['可用的参数：page、pageSize。'] }),
  })
  .meta({ id: 'Problem', description: '错误（RFC 9457）' })

const titles: Record<number, string> = {
  400: '请求的写法不对',
  404: '没有找到',
  410: '已经停止公开',
  429: '请求太多',
  503: '暂时不能服务',
}

/** An error as `application/problem+json` (RFC 9457). */
export function problem(fault: Omit<z.output<typeof problemSchema>, 'type' | 'title'>): Content {
  return {
    kind: 'content',
    status: fault.status,
    type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify({ type: 'about:blank', title: titles[fault.status] ?? '请求没有成功', ...fault }),
    headers: { 'Access-Control-Allow-Origin': '*' },
  }
}

export function problemOf(refused: Refused): Content {
  const { status, code, message: detail } = refused
  const { parameter, remedy } = refused instanceof ApiRefused ? refused : {}
  return problem({
    status,
    detail,
    code,
    ...(parameter === undefined ? {} : { parameter }),
    ...(remedy === undefined ? {} : { remedy }),
  })
}
