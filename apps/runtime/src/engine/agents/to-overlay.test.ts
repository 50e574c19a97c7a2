import { describe, expect, it } from 'vitest'
import { agentsOf, bundles } from '../../ground/config/bundles/index.ts'
import type { AgentDefinition } from '../../ground/config/config.ts'
import type { AgentFields } from '../../ground/config/config-file.ts'
import { agentFromFile } from '../../ground/config/resolve-agent.ts'
import { toOverlay } from './to-overlay.ts'

const everything: Required<AgentDefinition> = {
  ...{
    name: 'all',
    source: 'file',
    description: 'd',
    provider: 'p',
    model: 'm',
    tier: 'low',
    systemPrompt: 's',
    code: 'c',
    runTimeoutSeconds: 7,
    tools: ['Memory'],
  },
  ...{ disableContext: true, memoryScopes: ['user'], memoryQuotaBytes: 1, sqlScopes: ['run'], sqlQuotaBytes: 2 },
  ...{ providers: ['p'], models: { high: [{ provider: 'p', model: 'm' }] } },
  compaction: { enabled: false, keep_last_n: 0 },
  interruption: { enabled: true, maxPending: 3 },
  channels: { publish: ['a'], subscribe: ['b/*'] },
  evaluationScopes: ['read_any'],
  historyScope: ['self'],
  maxConcurrentChildren: 4,
  tree: { runs: 0, runsAtOnce: 1, modelCalls: 2, tokens: 3 },
  maxTokens: 5,
  maxIterations: 6,
  unboundedIterations: true,
  effort: 'low',
  sampling: { temperature: 0 },
  retryAttempts: 0,
  skills: ['s*'],
  volumes: ['v:ro'],
  agentDefScopes: ['any'],
  skillDefScopes: ['any'],
  teamDefScopes: ['any'],
  volumeDefScopes: ['any'],
}

/** Members that are not said, as those that are undefined. */
const said = (agent: AgentDefinition) => JSON.parse(JSON.stringify({ ...agent, source: 'file' }))

describe('an agent in the words of the wire', () => {
  const bundled = bundles.flatMap((bundle) => [...agentsOf(bundle, true), ...agentsOf(bundle, false)])
  const agents = [everything, ...bundled]
  it.each(agents.map((agent) => [agent.name, agent.provider, agent] as const))(
    '%s on %s comes back as it was',
    (name, _, agent) => {
      const back = agentFromFile(name, toOverlay(agent) as AgentFields)
      expect({ ...said(back), channels: undefined }).toEqual({ ...said(agent), channels: undefined })
      expect(back.channels?.publish ?? []).toEqual(agent.channels?.publish ?? [])
      expect(back.channels?.subscribe ?? []).toEqual(agent.channels?.subscribe ?? [])
    },
  )
})
