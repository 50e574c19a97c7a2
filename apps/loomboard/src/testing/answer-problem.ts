import { type Endpoint, endpoints, type Op, opSets } from '@loomcycle/proto'
import { Ajv2020 } from 'ajv/dist/2020.js'

const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, meta: false })

/** What a runtime would not answer like that: what the app is tested against is what there is. */
export function answerProblem(method: string, path: string, body: unknown, answer: unknown): string | undefined {
  const schema = schemaOf(method, path, body)
  if (schema === undefined || ajv.validate(schema, answer)) return undefined
  return `${method} ${path} is not answered like that: ${ajv.errorsText()} in ${JSON.stringify(answer)}`
}

function schemaOf(method: string, path: string, body: unknown): object | undefined {
  const set = Object.values(opSets).find(({ http }) => http?.path === path)
  const op = (body as { op?: string } | undefined)?.op
  if (set && method === 'POST') return op === undefined ? undefined : (set.ops as Record<string, Op>)[op]?.output
  return (Object.values(endpoints) as Endpoint[]).find(
    (endpoint) => endpoint.method === method && fits(endpoint.path, path),
  )?.result
}

function fits(template: string, path: string): boolean {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}
