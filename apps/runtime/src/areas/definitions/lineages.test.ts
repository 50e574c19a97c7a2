import type { AgentOverlay } from '@loomcycle/proto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aRunCaller } from '../../tools/testing/a-caller.ts'
import { someDefinitions } from './testing/some-definitions.ts'

const names = ['Memory', 'Mem*', 'Path', 'Document', 'Doc*', '*', 'Bash']
const channels = ['news', 'news/*', 'news/a', 'news/a/*']
const someOf = (values: readonly string[]) => fc.option(fc.subarray([...values]), { nil: undefined })

const overlays: fc.Arbitrary<AgentOverlay> = fc.record(
  {
    tools: someOf(names),
    skills: someOf(names),
    memory_scopes: someOf(['agent', 'user', 'tenant']) as fc.Arbitrary<('agent' | 'user')[] | undefined>,
    history_scope: someOf(['self', 'user']) as fc.Arbitrary<('self' | 'user')[] | undefined>,
    channels: fc.option(fc.record({ publish: fc.subarray(channels), subscribe: fc.subarray(channels) }), {
      nil: undefined,
    }),
    agent_def_scopes: someOf(['any', 'self', 'descendants', 'named:a', 'named:a*']),
    interruption: fc.option(fc.record({ enabled: fc.boolean() }), { nil: undefined }),
    tree: fc.option(fc.record({ max_runs: fc.constantFrom(0, 1, 5, 9) }), { nil: undefined }),
  },
  { requiredKeys: [] },
)

/** What a definition lets through, asked by names: nothing here knows how patterns are compared. */
function reach(agent: AgentOverlay): Set<string> {
  const asked = ['Memory', 'MemoryX', 'Path', 'Document', 'Doctor', 'Bash', 'Anything']
  const opens = (patterns: readonly string[] = [], name: string) =>
    patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern))
  const matching = (list: string, patterns: readonly string[] | undefined, all: readonly string[]) =>
    all.filter((name) => opens(patterns, name)).map((name) => `${list} ${name}`)
  const scopes = agent.agent_def_scopes ?? []
  const named = scopes.filter((scope) => scope.startsWith('named:')).map((scope) => scope.slice('named:'.length))
  const places = ['news', 'news/a', 'news/b', 'news/a/b', 'other']
  return new Set([
    ...matching('tools', agent.tools, asked),
    ...matching('skills', agent.skills, asked),
    ...(agent.memory_scopes ?? []).map((scope) => `memory ${scope}`),
    ...(agent.history_scope ?? []).map((scope) => `history ${scope}`),
    ...matching('publish', agent.channels?.publish, places),
    ...matching('subscribe', agent.channels?.subscribe, places),
    ...['self', 'descendants']
      .filter((scope) => scopes.includes(scope) || scopes.includes('any'))
      .map((s) => `may ${s}`),
    ...['a', 'ab', 'b'].filter((name) => scopes.includes('any') || opens(named, name)).map((name) => `defines ${name}`),
    ...(agent.interruption?.enabled ? ['asks'] : []),
  ])
}

it('no agent comes by more than the first of its line had, whatever it and what it makes are forked into', async () => {
  const { agent } = await someDefinitions({ limits: { perTenant: 100_000 } })
  let lines = 0
  await fc.assert(
    fc.asyncProperty(
      overlays,
      fc.array(fc.tuple(overlays, fc.nat()), { minLength: 1, maxLength: 8 }),
      async (first, steps) => {
        const root = await agent({ op: 'create', name: `line-${lines++}`, overlay: first, promote: false })
        const made = [root]
        const caller = aRunCaller({ agent: { name: 'breeder', agentDefScopes: ['any'] } })
        for (const [overlay, from] of steps) {
          const parent_def_id = made[from % made.length].def_id
          try {
            made.push(await agent({ op: 'fork', name: root.name, parent_def_id, overlay }, caller))
          } catch (error) {
            expect(String(error)).toContain('cannot widen')
          }
        }
        const most = reach(root.definition)
        const budget = root.definition.tree?.max_runs
        for (const { definition } of made) {
          expect([...reach(definition)].filter((one) => !most.has(one))).toEqual([])
          const runs = definition.tree?.max_runs
          if (budget) expect(runs > 0 && runs <= budget).toBe(true)
          else expect(runs === undefined || budget === 0).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  )
})
