import { type Access, type Endpoint, ERROR_CODE_HEADER, endpoints, type OpSet, opSets } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import type { Principal } from '../src/ground/identity/principal.ts'
import { ask, asked } from '../src/testing/asking.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

interface Door {
  name: string
  method: string
  path: string
  access: Access
}

/** Everything that is served. */
const doors: Door[] = [
  ...Object.entries<Endpoint>(endpoints).map(([name, { method, path, access }]) => ({ name, method, path, access })),
  ...Object.values<OpSet>(opSets).flatMap(({ tool, access, http }) =>
    http && access !== 'run' ? [{ name: tool, method: 'POST', access, ...http }] : [],
  ),
]

const scopes = [
  'runs:create',
  'runs:read',
  'channel:publish',
  'channel:read',
  'substrate:tenant',
  'substrate:admin',
] as const satisfies Access[]

/** What a scope is good for besides itself. */
const included: Partial<Record<Access, readonly Access[]>> = {
  'substrate:tenant': ['runs:create', 'runs:read', 'channel:publish', 'channel:read'],
  'substrate:admin': scopes,
}

const of = (more: Partial<Principal>): Principal => ({
  ...{ tenantId: 'default', subject: 'ada', scopes: [], legacy: false, open: false, viaCookie: false },
  ...more,
})

/** Asks a door, its parameters filled in, and reads as far as one frame of what does not end. */
async function knock({ url }: TestRuntime, door: Door, params: Record<string, string> = {}) {
  const path = door.path.replace(/\{(\w+)(?:\.\.\.)?\}/g, (_, name) => params[name] ?? 'x')
  const response = await fetch(url + path, {
    method: door.method,
    redirect: 'manual',
    ...(door.method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: '{}' }),
  })
  const code = response.headers.get(ERROR_CODE_HEADER)
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isEndless) return { status: response.status, code, text: await response.text() }
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const { value = '' } = await reader.read()
  await reader.cancel()
  return { status: response.status, code, text: value }
}

describe('a caller', () => {
  it.each([undefined, ...scopes])(
    'with the scope %s is let in where the contract says so, and nowhere else',
    async (scope) => {
      const runtime = await startRuntime({ authenticate: async () => of({ scopes: scope ? [scope] : [] }) })
      const isLetIn = (access: Access) =>
        access === 'none' ||
        access === 'any' ||
        access === scope ||
        (included[scope ?? 'none']?.includes(access) ?? false)
      const refused: string[] = []
      for (const door of doors) {
        const { status, code } = await knock(runtime, door)
        if (code === 'insufficient_scope' && status === 403) refused.push(door.name)
      }
      expect(refused).toEqual(doors.filter(({ access }) => !isLetIn(access)).map(({ name }) => name))
    },
  )

  it('of another tenant is shown nothing of what its own tenant is shown', async () => {
    let caller = of({ scopes: ['substrate:tenant'] })
    const { runtime, talk, runId, questions } = await asked([ask('What is the word?')], {
      authenticate: async () => caller,
    })
    const { agentId, sessionId } = talk.session
    const params = {
      ...{ run_id: runId, agent_id: agentId, session_id: sessionId, id: sessionId, user_id: 'ada' },
      interrupt_id: questions[0]!.interrupt_id,
    }
    const ours = [runId, agentId, sessionId, params.interrupt_id, 'What is the word?']
    const reading = doors.filter(({ method, access }) => method === 'GET' && access !== 'substrate:admin')
    const shown = async () => {
      const names: string[] = []
      for (const door of reading) {
        const { status, text } = await knock(runtime, door, params)
        if (status === 200 && ours.some((word) => text.includes(word))) names.push(door.name)
      }
      return names
    }
    expect(await shown()).toEqual(
      expect.arrayContaining([
        'streamRun',
        'getAgent',
        'listUserAgents',
        'getTranscript',
        'listRunInterrupts',
        'listUserInterrupts',
      ]),
    )
    caller = of({ tenantId: 'other', scopes: ['substrate:tenant'] })
    expect(await shown()).toEqual([])
  })
})
