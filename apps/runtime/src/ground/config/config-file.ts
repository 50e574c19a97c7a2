import {
  Compaction,
  channelScopes,
  channelSemantics,
  efforts,
  evaluationScopes,
  memoryScopes,
  Sampling,
  sqlScopes,
} from '@loomcycle/proto'
import { type Static, type TProperties, Type } from 'typebox'
import { createCheck, type Problem } from '../validation.ts'
import { embedderProviders } from './config.ts'
import type { YamlFile } from './yaml.ts'

const closed = { additionalProperties: false }
/** Any of these keys, and no other. */
const someOf = <P extends TProperties>(properties: P) => Type.Partial(Type.Object(properties), closed)
const Name = Type.String({ minLength: 1 })
const Count = Type.Integer({ minimum: 1 })
const AtLeastZero = Type.Integer({ minimum: 0 })
const Tools = Type.Array(Name, { description: 'A trailing * matches by prefix.' })

const ChannelFields = someOf({
  description: Type.String(),
  scope: Type.Enum([...channelScopes]),
  semantic: Type.Enum([...channelSemantics]),
  default_ttl: AtLeastZero,
  max_messages: AtLeastZero,
  publisher: Type.Enum(['', 'system']),
  period: Type.String(),
})
export type ChannelFields = Static<typeof ChannelFields>

const AgentFields = someOf({
  description: Type.String(),
  provider: Name,
  model: Name,
  system_prompt: Type.String(),
  system_prompt_file: Name,
  tools: Tools,
  allowed_tools: Tools,
  disable_context: Type.Boolean(),
  memory_scopes: Type.Array(Type.Enum([...memoryScopes])),
  memory_quota_bytes: Count,
  sql_scopes: Type.Array(Type.Enum([...sqlScopes])),
  sql_quota_bytes: Count,
  max_tokens: Count,
  max_iterations: Type.Integer({ minimum: 0 }),
  unbounded_iterations: Type.Boolean(),
  effort: Type.Enum([...efforts]),
  sampling: Type.Object(Sampling.properties, closed),
  compaction: Type.Object(Compaction.properties, closed),
  interruption: someOf({ enabled: Type.Boolean(), kinds: Type.Array(Type.Enum(['question'])), max_pending: Count }),
  channels: someOf({ publish: Type.Array(Name), subscribe: Type.Array(Name) }),
  history_scope: Type.Array(Type.Enum(['self', 'user', 'tenant'])),
  evaluation_scopes: Type.Array(Type.Enum([...evaluationScopes])),
  max_concurrent_children: Type.Integer({ minimum: 1, maximum: 32 }),
  retry_attempts: Type.Integer({ minimum: 0, maximum: 5 }),
})
export type AgentFields = Static<typeof AgentFields>

const MemorySeed = Type.Object(
  {
    scope: Type.Enum([...memoryScopes]),
    scope_id: Type.Optional(Name),
    key: Type.String({ minLength: 1, maxLength: 512 }),
    value: Type.Unknown(),
    embed: Type.Optional(Type.Boolean()),
  },
  closed,
)

const MemoryFields = someOf({
  embedder: someOf({
    provider: Type.Enum([...embedderProviders]),
    model: Name,
    timeout_ms: Count,
    batch_size: Type.Integer({ minimum: 1, maximum: 2048 }),
  }),
  entries: Type.Array(MemorySeed),
})

/** A configuration file; also what several of them come to when laid over each other. */
export const ConfigFile = someOf({
  defaults: someOf({ provider: Name, model: Name }),
  models: Type.Record(Type.String(), someOf({ provider: Name, model: Name })),
  agents: Type.Record(Type.String(), AgentFields),
  default_agent: Name,
  concurrency: someOf({
    max_concurrent_runs: Count,
    max_queue_depth: AtLeastZero,
    queue_timeout_ms: AtLeastZero,
    max_concurrent_runs_per_user: AtLeastZero,
  }),
  memory: MemoryFields,
  interruption: someOf({ default_timeout_ms: Count, max_timeout_ms: Count, max_pending_per_run: Count }),
  channels: Type.Record(Type.String(), ChannelFields, {
    description: 'A name that ends in /* is for all channels below.',
  }),
  scripts: Type.Record(Type.String(), Name, { description: 'Models of the scripted provider: name to file.' }),
})
export type ConfigFile = Static<typeof ConfigFile>

const LATER_KEYS = `mcp_servers cache context_plugins local_api storage provider_priority tiers user_tiers
  scheduled_runs a2a_server_cards a2a_agents webhooks memory_backends volumes hooks
  principals providers search_providers document_sources change_subscriptions pricing skills`.split(/\s+/)

const LATER_AGENT_KEYS = `code skills run_timeout_seconds tier volumes providers models
  memory_backend agent_def_scopes schedule_def_scopes a2a_server_card_def_scopes
  a2a_agent_def_scopes skill_def_scopes volume_def_scopes`.split(/\s+/)

const check = createCheck(ConfigFile)

export function checkedConfigFile(file: YamlFile): ConfigFile {
  const value = withoutNulls(file.value)
  const problem = check(value)
  if (problem) file.fail(inWords(problem))
  return value as ConfigFile
}

/** A key that stands there without a value says nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  )
}

function inWords(problem: Problem): Problem {
  if (!problem.known) return problem
  const { path } = problem
  const later = path.length === 1 ? LATER_KEYS : path.length === 3 && path[0] === 'agents' ? LATER_AGENT_KEYS : []
  if (later.includes(path.at(-1)!)) return { path, message: 'is not supported yet; take it out to start' }
  return { ...problem, message: 'is not a setting' }
}
