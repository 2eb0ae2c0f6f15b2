import { z } from 'zod'
import { allKinds } from '#modules/publications'
import { apiRoot, type Operation } from './operation.ts'
import { problemSchema } from './problem.ts'

type Schema = Record<string, unknown>

/** The description of the API for programs (OpenAPI 3.1), made of the very schemas that check what is asked. */
export function openApiOf(
  operations: readonly Operation[],
  site: { name: string; root: string },
): { openapi: string; paths: Record<string, unknown>; components: { schemas: Schema } } {
  const components: Schema = {}
  const paths = Object.fromEntries(
    operations.map(one => [
      one.path,
      {
        get: {
          operationId: one.name,
          summary: one.summary,
          ...(one.description ? { description: one.description } : {}),
          parameters: [...parametersOf(one.params, 'path'), ...parametersOf(one.query, 'query')],
          responses: responsesOf(one, components),
        },
      },
    ]),
  )
  return {
    openapi: '3.1.0',
    ...about(site),
    paths,
    components: { schemas: lifted(components) as Schema },
  }
}

const about = (site: { name: string; root: string }) => ({
  info: {
    title: `${site.name}公开信息接口`,
    version: '1',
    description:
      '只有公开的信息，不用登记，不要密钥。日期是北京时间，时刻是世界协调时。答复带 ETag，请用 If-None-Match 再问。',
  },
  servers: [{ url: site.root + apiRoot }],
})

function parametersOf(schema: z.ZodObject, place: 'path' | 'query') {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, examples, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: name === 'kind' ? { ...rest, enum: allKinds().map(kind => kind.name) } : rest,
    ...(Array.isArray(examples) ? { example: examples[0] } : {}),
  }))
}

function responsesOf(one: Operation, components: Schema): Schema {
  const problem = {
    'application/problem+json': { schema: reference(problemSchema, components) },
  }
  const isItem = one.path.includes('{')
  return {
    200: {
      description: '成功',
      headers: { ETag: { schema: { type: 'string' }, description: '内容的指纹' } },
      content: { 'application/json': { schema: reference(one.answer, components) } },
    },
    304: { description: '与上次相同（If-None-Match）' },
    400: { description: '请求的写法不对', content: problem },
    ...(isItem
      ? {
          301: { description: '已经转移' },
          404: { description: '没有找到', content: problem },
          410: { description: '已经停止公开', content: problem },
        }
      : {}),
    429: { description: '请求太多，请过一会儿再试', content: problem },
  }
}

/** The schema by its name; it and all that it names are put among the components. */
function reference(schema: z.ZodType, components: Schema): unknown {
  const { properties = {}, $defs = {} } = z.toJSONSchema(z.object({ it: schema })) as {
    properties?: Schema
    $defs?: Record<string, Schema>
  }
  for (const [name, { id: _, ...definition }] of Object.entries($defs)) components[name] ??= definition
  return lifted(properties.it)
}

/**
 * References lead to the components. That an answer has no further members is our own promise of today, checked in our tests;
 * those who read it should expect more to come.
 */
const lifted = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === 'additionalProperties' && value === false) return undefined
    return key === '$ref' && typeof value === 'string'
      ? value.replace('#/$defs/', '#/components/schemas/')
      : value
  })
