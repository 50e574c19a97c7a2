import { describe, expect, test } from 'vitest'
import { outputs } from '../scripts/outputs.ts'
import { endpoints, errorTable, opSets } from '../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document is walked here as the JSON it is
type Json = any

const document: Json = JSON.parse(outputs()['packages/proto/openapi.json'] ?? '')
const operations: Array<{ path: string; method: string; operation: Json }> = Object.entries<Json>(
  document.paths,
).flatMap(([path, item]) => Object.entries<Json>(item).map(([method, operation]) => ({ path, method, operation })))

test('says what it is', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
  for (const requirement of document.security) {
    for (const scheme of Object.keys(requirement)) expect(document.components.securitySchemes).toHaveProperty(scheme)
  }
})

test('has every endpoint and every op set that is served over HTTP', () => {
  const declared = [
    ...Object.values(endpoints).map((e) => `${e.method.toLowerCase()} ${e.path.replace('...}', '}')}`),
    ...Object.values(opSets).flatMap((set) => (set.http ? `post ${set.http.path}` : [])),
  ]
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(declared.sort())
})

test('names every operation once', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-zA-Z]\w*$/)
})

describe.each(operations)('$method $path', ({ path, operation }) => {
  test('declares every parameter of its path, and no other', () => {
    const inPath = operation.parameters?.filter((p: Json) => p.in === 'path') ?? []
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(inPath.map((p: Json) => p.name)).toEqual(names)
    for (const p of inPath) expect(p).toMatchObject({ required: true, schema: { type: 'string' } })
    for (const p of operation.parameters ?? []) expect(p.schema).toBeTypeOf('object')
  })

  test('describes every answer, errors with their envelope', () => {
    const statuses = Object.keys(operation.responses)
    expect(statuses.some((status) => /^[23]/.test(status))).toBe(true)
    for (const [status, response] of Object.entries<Json>(operation.responses)) {
      expect(status).toMatch(/^[1-5]\d\d$/)
      expect(response.description).not.toBe('')
      for (const media of Object.values<Json>(response.content ?? {})) expect(media.schema).toBeTypeOf('object')
      if (status < '400') continue
      for (const code of response.description.split(', ')) {
        expect(errorTable[code as keyof typeof errorTable].status).toBe(Number(status))
      }
    }
  })
})

test('every reference leads somewhere, and every component is used', () => {
  const used = new Set<string>()
  walk(document, (node) => {
    if (node.$ref === undefined) return
    const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(node.$ref) ?? []
    expect(document.components.schemas, node.$ref).toHaveProperty(name)
    used.add(name)
  })
  expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort())
})

test('every schema uses the keywords of JSON Schema as they are meant', () => {
  const types = ['string', 'integer', 'number', 'boolean', 'null', 'array', 'object']
  const check = (schema: Json) =>
    walk(schema, (node) => {
      // A property may be called `type` too; what it holds is a schema.
      if (typeof node.type === 'string') expect(types).toContain(node.type)
      if (Array.isArray(node.required))
        expect(node.required.every((name: string) => name in (node.properties ?? {}))).toBe(true)
      for (const union of [node.anyOf, node.oneOf, node.allOf]) {
        if (union) expect(union.length).toBeGreaterThan(0)
      }
      if (node.enum) expect(new Set(node.enum).size).toBe(node.enum.length)
      if (node.pattern) expect(() => new RegExp(node.pattern, 'u')).not.toThrow()
    })
  for (const [name, schema] of Object.entries<Json>(document.components.schemas)) {
    expect(name).toMatch(/^[A-Za-z0-9._-]+$/)
    check(schema)
  }
})

function walk(node: Json, visit: (node: Json) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) visit(node)
  for (const member of Object.values(node)) walk(member, visit)
}
