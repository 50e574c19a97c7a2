import { expect, it, onTestFinished } from 'vitest'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import { openaiText, openaiTurn, startFakeUpstream, type UpstreamRequest } from '../src/testing/fake-upstream.ts'
import { testStore } from '../src/testing/open-test-database.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'
import { placed } from '../src/testing/user-sql.ts'

const n = '9007199254740993'
const large = '123456789012345678901'
const infinity = testStore === 'sqlite' ? '9e999' : "'Infinity'::float8"

/** An agent that makes these calls one after another, and what its model was shown of each. */
async function shown(calls: readonly [tool: string, input: string][]) {
  const upstream = await startFakeUpstream({
    script: [
      ...calls.map(([tool, input], at) => openaiTurn({ calls: [{ id: `call_${at}`, name: tool, pieces: [input] }] })),
      openaiText('over'),
    ],
  })
  onTestFinished(() => upstream.close())
  const runtime = await startRuntime({
    providers: [createOpenAi({ baseUrl: upstream.url, apiKey: 'key' })],
    agents: {
      model: {
        provider: 'openai',
        model: 'gpt-4.1',
        sqlScopes: ['user'],
        channels: { publish: ['news'], subscribe: ['news'] },
      },
    },
    env: { LOOMCYCLE_SQLMEM_ENABLED: '1' },
    config: { channels: { news: { name: 'news', scope: 'global', semantic: 'queue', source: 'yaml' } } },
  })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
  await reader.toEnd()
  expect(reader.events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
  const results = reader.events.filter(({ type }) => type === 'tool_result').map(({ text }) => text)
  return { runtime, results, requests: upstream.requests as readonly UpstreamRequest[] }
}

it('whole numbers keep their digits from a model to the stores and back', async () => {
  const { runtime, results, requests } = await shown([
    ['Memory', `{"op":"set","scope":"user","key":"k","value":{"n":${n},"more":[${large}],"__proto__":{"n":${n}}}}`],
    ['Memory', '{"op":"get","scope":"user","key":"k"}'],
    ['Memory', `{"op":"merge","scope":"user","key":"k","value":{"more":-${n}}}`],
    ['Memory', `{"op":"append_dedupe","scope":"user","key":"list","value":${n}}`],
    ['Memory', '{"op":"append_dedupe","scope":"user","key":"list","value":9007199254740992}'],
    ['Memory', `{"op":"set","scope":"user","key":"count","value":9007199254740991}`],
    ['Memory', '{"op":"incr","scope":"user","key":"count","delta":2}'],
    ['Memory', '{"op":"incr","scope":"user","key":"count","delta":0.5}'],
    ['Memory', `{"op":"incr","scope":"user","key":"count","delta":${n}}`],
    ['Memory', '{"op":"sql_exec","scope":"user","statement":"CREATE TABLE t (a BIGINT, b TEXT)"}'],
    [
      'Memory',
      `{"op":"sql_exec","scope":"user","statement":"${placed('INSERT INTO t VALUES (?, ?)')}","args":[${n},[${n}]]}`,
    ],
    [
      'Memory',
      `{"op":"sql_query","scope":"user","statement":"${placed(`SELECT a, b, ${infinity} AS c FROM t WHERE a = ?`)}","args":[${n}]}`,
    ],
    [
      'Memory',
      `{"op":"sql_query","scope":"user","statement":"${placed('SELECT cast(? AS BIGINT)')}","args":[${large}]}`,
    ],
  ])
  expect(results).toEqual([
    '{"ok":true}',
    `{"value":{"n":${n},"more":[${large}],"__proto__":{"n":${n}}}}`,
    `{"value":{"n":${n},"more":-${n},"__proto__":{"n":${n}}}}`,
    `{"appended":true,"value":[${n}]}`,
    `{"appended":true,"value":[${n},9007199254740992]}`,
    '{"ok":true}',
    `{"value":${n}}`,
    `incr: ${n} can be added to in whole numbers only`,
    'incr: delta must be between -9007199254740991 and 9007199254740991',
    '{"rows_affected":0,"last_insert_id":0}',
    `{"rows_affected":1,"last_insert_id":${testStore === 'sqlite' ? 1 : 0}}`,
    `{"columns":["a","b","c"],"rows":[["${n}","[${n}]","Infinity"]],"truncated":false}`,
    testStore === 'sqlite'
      ? `sql_query: ${large} is larger than the integers of SQLite, which have 64 bits; pass it as text`
      : `sql_query: value "${large}" is out of range for type bigint`,
  ])
  // What it is shown of its own call, too.
  expect(requests[1]!.text).toContain(`\\"n\\":${n},\\"more\\":[${large}]`)
  const stored = await fetch(`${runtime.url}/v1/_memory/scopes/user/default/keys/k`)
  expect(await stored.text()).toContain(`"more":-${n}`)
})

it('whole numbers keep their digits in channels and documents', async () => {
  const { results } = await shown([
    ['Channel', `{"op":"publish","channel":"news","value":{"n":${n}}}`],
    ['Channel', '{"op":"subscribe","channel":"news"}'],
    ['Document', '{"op":"create_document","title":"Plan","scope":"user","path":"/plan"}'],
    ['Document', `{"op":"query_chunks","scope":"user","where":[{"field":"n","is":"eq","value":${large}}]}`],
  ])
  expect(results[1]).toContain(`"value":{"n":${n}}`)
  expect(results[3]).toBe(
    `query_chunks: where: ${large} has more digits than fields are compared by, which is 64 bits; keep such numbers as text`,
  )
})

it('whole numbers keep their digits over HTTP', async () => {
  const { runtime } = await shown([])
  const ask = async (body: string) => {
    const response = await fetch(`${runtime.url}/v1/_document`, { method: 'POST', body })
    return response.text()
  }
  const { document_id } = JSON.parse(await ask('{"op":"create_document","title":"Plan"}'))
  const chunk = (value: string) =>
    `{"op":"create_chunk","document_id":"${document_id}","title":"x","fields":{"n":${value}}}`
  for (const value of ['9007199254740992', n, '3', '"text"']) await ask(chunk(value))
  const found = await ask(`{"op":"query_chunks","where":[{"field":"n","is":"eq","value":${n}}],"include":["fields"]}`)
  expect(found.match(/"fields":\{[^}]*\}/g)).toEqual([`"fields":{"n":${n}}`])
  const seen: string[] = []
  for (let cursor = ''; seen.length < 4; ) {
    const page = await ask(
      `{"op":"query_chunks","where":[{"field":"n","is":"set"}],"sort":"field:n","limit":1,"include":["fields"]${cursor}}`,
    )
    seen.push(...page.match(/(?<="n":)[^}]+/g)!)
    cursor = `,"cursor":${JSON.stringify(JSON.parse(page).next_cursor)}`
  }
  expect(seen).toEqual(['3', '9007199254740992', n, '"text"'])
})

it('what is no JSON is said to be none, and nothing is run', async () => {
  const { results } = await shown([
    ['Memory', '{"op":"set","scope":"user","key":"k","value":1'],
    ['Memory', '[1]'],
    ['Memory', '"set"'],
    ['Memory', '{"op":"set","scope":"user","key":"k","value":1e400}'],
    ['Memory', '{"op":"set","scope":"user","key":"k","value":1,"value":2}'],
    ['Memory', '{"op":"get","scope":"user","key":"k"}'],
  ])
  expect(results).toEqual([
    expect.stringMatching(
      /^the arguments are not JSON: .+; expected is one object with op \(required\), .+; nothing was run$/,
    ),
    expect.stringMatching(/^the arguments must be a JSON object, not a list; expected .+; nothing was run$/),
    expect.stringMatching(/^the arguments must be a JSON object, not a string; expected .+; nothing was run$/),
    expect.stringMatching(
      /^the arguments are not JSON: a number is larger than 1.8e308, which is the largest there is;/,
    ),
    '{"ok":true}',
    '{"value":2}',
  ])
})
