import {
  type Endpoint,
  ERROR_CODE_HEADER,
  endpoints,
  jsonTooDeep,
  mostJsonLevels,
  type OpSet,
  opSets,
} from '@loomcycle/proto'
import { expect, it } from 'vitest'
import { startRuntime } from '../src/testing/test-runtime.ts'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
const headers = { 'content-type': 'application/json' }

/** Every door that takes JSON, from the declarations. */
const doors = [
  ...Object.values(endpoints as Record<string, Endpoint>).filter(({ body }) => body),
  ...Object.values(opSets as Record<string, OpSet>).flatMap(({ http }) =>
    http ? [{ method: 'POST' as const, path: http.path }] : [],
  ),
]

it.each([mostJsonLevels, 3_000, 100_000])(
  'every door refuses JSON with %d lists in a map, in the same words',
  async (levels) => {
    const { url } = await startRuntime()
    const answers = await Promise.all(
      doors.map(async ({ method, path }) => {
        const body = `{"op":"x","payload":${nested(levels)}}`
        const answer = await fetch(url + path.replace(/\{\w+(?:\.\.\.)?\}/g, 'x'), { method, headers, body })
        return { path, status: answer.status, code: answer.headers.get(ERROR_CODE_HEADER), text: await answer.text() }
      }),
    )
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 400, code: 'invalid_json', text: expect.stringContaining(jsonTooDeep) })
    }
  },
)

it('what is as deep as it may be is kept and comes back', async () => {
  const { url } = await startRuntime()
  const ask = async (path: string, body: string) => {
    const answer = await fetch(url + path, { method: 'POST', headers, body })
    return { status: answer.status, body: (await answer.json()) as Record<string, string> }
  }
  const { body } = await ask('/v1/_document', '{"op":"create_document","title":"Plan"}')
  const { document_id, root_chunk_id } = body
  const fields = `{"list":${nested(mostJsonLevels - 2)}}`
  const place = `"document_id":"${document_id}","parent_id":"${root_chunk_id}"`
  const created = await ask('/v1/_document', `{"op":"create_chunk",${place},"title":"Deep","fields":${fields}}`)
  expect(created.status).toBe(200)
  const found = await ask(
    '/v1/_document',
    `{"op":"query_chunks","where":[{"field":"list","is":"set"}],"include":["fields"]}`,
  )
  expect(JSON.stringify(found.body)).toContain(nested(mostJsonLevels - 2))
})

it('brackets in texts are no levels', async () => {
  const { url } = await startRuntime()
  const text = `${'[{'.repeat(60)}\\"${'[{'.repeat(60)}\\\\`
  const body = `{"op":"create_document","title":"${text}"}`
  expect((await fetch(`${url}/v1/_document`, { method: 'POST', headers, body })).status).toBe(200)
})
