import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { collect, json, recordingFetch } from './testing/recording-fetch.ts'

const once = { idempotencyKey: 'k' }
const run = { agent: 'a', segments: [] }

/** Everything that changes something, with a key. */
const changes: ((client: LoomcycleClient) => Promise<unknown>)[] = [
  (client) => collect(client.runStreaming({ ...run, ...once, resume: false })),
  (client) => collect(client.continueSession({ sessionId: 'x', segments: [], ...once, resume: false })),
  (client) => client.spawnRunBatch({ spawns: [run], ...once }),
  (client) => client.sendRunInput('x', 'hi', once),
  (client) => client.compactRun('x', once),
  (client) => client.cancelTurn('x', once),
  (client) => client.cancelAgent('x', once),
  (client) => client.resolveInterrupt('x', 'x', { answer: 'a', ...once }),
  (client) => client.cancelInterrupt('x', 'x', once),
  (client) => client.pauseRuntime(once),
  (client) => client.resumeRuntime(once),
  (client) => client.takeReturnedInputs('x', once),
  (client) => client.deleteSession('x', once),
  (client) => client.restoreSession('x', once),
  (client) => client.replaySession('x', { agent: 'a', ...once }),
  (client) => client.history({ op: 'pin', session_id: 'x' }, once),
  (client) => client.path({ op: 'mkdir', path: '/x' }, once),
  (client) => client.document({ op: 'create_document', title: 'x' }, once),
  (client) => client.agentDef({ op: 'create', name: 'x' }, once),
  (client) => client.skillDef({ op: 'create', name: 'x' }, once),
  (client) => client.volumeDef({ op: 'create', name: 'x' }, once),
  (client) => client.evaluation({ op: 'submit', run_id: 'x', score: 1 }, once),
  (client) => client.teamDef({ op: 'delete', name: 'x' }, once),
  (client) => client.documentPresence({ document_id: 'x', client_id: 'x' }, once),
  (client) => client.setMemoryEntry('x', 'x', 'x', { value: 1, ...once }),
  (client) => client.deleteMemoryEntry('x', 'x', 'x', once),
  (client) => client.reembedMemory('x', 'x', once),
  (client) => client.backfillEmbeddings('x', 'x', once),
  (client) => client.purgeStaleEmbeddings('x', 'x', once),
  (client) => client.createChannel({ name: 'x', ...once }),
  (client) => client.updateChannel('x', once),
  (client) => client.deleteChannel('x', once),
  (client) => client.purgeChannel('x', once),
  (client) => client.publishChannel('x', { scope: 'global', payload: 1, ...once }),
  (client) => client.publishChannel('x', { scope: 'user', userId: 'x', payload: 1, ...once }),
  (client) => client.subscribeChannel('x', { scope: 'global', ...once }),
  (client) => client.subscribeChannel('x', { scope: 'user', userId: 'x', ...once }),
  (client) => client.ackChannel('x', { scope: 'global', cursor: 'c', ...once }),
  (client) => client.ackChannel('x', { scope: 'user', userId: 'x', cursor: 'c', ...once }),
  (client) => client.broadcastChannels({ scope: 'global', channels: ['x'], payload: 1, ...once }),
  (client) => client.endBrowserSession('x', once),
  (client) => client.endBrowserSessions(once),
]

/** For the system’s own messages; the client has no method of it. */
const unserved = 'POST /v1/_channels/{name}'

/** Of the wire: method and path of whatever takes a key. */
function keyedRoutes(): string[] {
  const openapi = JSON.parse(readFileSync(new URL('../../proto/openapi.json', import.meta.url), 'utf8'))
  const paths = Object.entries<Record<string, { parameters?: { name: string }[] }>>(openapi.paths)
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
      parameters.some(({ name }) => name === 'Idempotency-Key') ? [`${method.toUpperCase()} ${path}`] : [],
    ),
  )
}

test('a key goes with everything that takes one', async () => {
  const { fetch, requests } = recordingFetch(() => json({}))
  const client = new LoomcycleClient({ baseUrl: 'http://host:1', fetch })
  for (const change of changes) await change(client)
  expect(requests.map(({ headers }) => headers['Idempotency-Key'])).toEqual(changes.map(() => 'k'))

  const asked = requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
  const served = keyedRoutes().filter((route) => route !== unserved)
  expect([...new Set(asked)].sort()).toEqual(served.map((route) => route.replace(/\{\w+\}/g, 'x')).sort())
})
