import { Type } from 'typebox'
import { evaluationScopes } from '../evaluations.ts'
import { memoryScopes, sqlScopes } from '../memory.ts'
import { Compaction, efforts, Sampling, tiers } from '../runs.ts'
import { Anything, Bool, type Of, object, oneOf, optional, Text, takenByNull } from '../schema.ts'

const names = (description: string) => optional(Type.Array(Type.String({ minLength: 1 }), { description }))
const someOf = <const T extends readonly string[]>(values: T, description: string) =>
  optional(Type.Array(oneOf(values), { description }))
const count = (description: string, maximum?: number) =>
  optional(Type.Integer({ minimum: 1, description, ...(maximum ? { maximum } : {}) }))
const flag = (description: string) => optional(Bool(description))
const limit = (description: string) => optional(Type.Integer({ minimum: 0, description }))

/** Known elsewhere, and kept so that nothing is lost; it has no effect here. */
const kept = optional(Anything('Kept; has no effect.'))
const keptNames = names('Kept; has no effect.')

/** A name under `models` of the configuration, or a model of a service. */
const AgentCandidate = Type.Union([
  Type.String({ minLength: 1 }),
  object('AgentCandidate', { provider: optional(Text()), model: Type.String({ minLength: 1 }) }),
])

/** What an agent is, in the words of configuration files. */
export const AgentOverlay = object('AgentOverlay', {
  description: optional(Text('What it is for; people and other agents are told.')),
  provider: optional(Text('The service it runs on; the configured default unless given.')),
  model: optional(Text('A model of that service, or a name under `models` of the configuration.')),
  tier: optional(
    oneOf(tiers, 'How much of a model it needs, in place of one by name; which models that are is configured.'),
  ),
  effort: optional(oneOf(efforts, 'How much it thinks before it answers, where the model can be told.')),
  max_tokens: count('The longest turn.'),
  sampling: optional(Sampling),
  compaction: optional(Compaction),
  max_iterations: count('Model calls since somebody last said something.'),
  unbounded_iterations: flag('No such limit.'),
  max_concurrent_children: count('Agents that it has at work at once.', 32),
  run_timeout_seconds: count('What a run of an agent that is code may take, waiting included.'),
  retry_attempts: optional(
    Type.Integer({ minimum: 0, maximum: 5, description: 'So often a turn is asked for again that broke off.' }),
  ),
  system_prompt: optional(Text('Its instructions.')),
  system_prompt_base: optional(Text('Kept; has no effect.')),
  code_body: optional(
    Text('JavaScript with a function run(input), of an agent on code-js; refused where no code is run.'),
  ),
  tools: names('What it may use, by name; a trailing * matches by prefix. Nothing unless given.'),
  allowed_tools: names('Older name of `tools`; ignored where both are given.'),
  disable_context: flag('It has not even Context, which every agent has otherwise.'),
  skills: names('Skills it may read with the tool Skill, by name; a trailing * matches by prefix.'),
  volumes: names('Volumes it may reach files in, by name.'),
  memory_scopes: someOf(memoryScopes, 'Whose memory it may use.'),
  memory_quota_bytes: count('What it may keep in a scope of memory.'),
  sql_scopes: someOf(sqlScopes, 'Whose SQL databases it may use.'),
  sql_quota_bytes: count('What such a database may take.'),
  channels: optional(
    object('AgentChannels', {
      publish: names('Channels it may write to; a trailing /* is for all below.'),
      subscribe: names('Channels it may read.'),
    }),
  ),
  interruption: optional(
    object('AgentInterruption', {
      enabled: flag('It may ask people.'),
      kinds: someOf(['question'], 'What it may ask.'),
      max_pending: count('Questions that wait at once.'),
    }),
  ),
  history_scope: someOf(['self', 'user', 'tenant'], 'Whose conversations it may look into.'),
  evaluation_scopes: someOf(evaluationScopes, 'Whose evaluations it may read and write.'),
  agent_def_scopes: names('Which agents it may define with AgentDef: self, descendants, any, named:<name>.'),
  skill_def_scopes: names('Which skills it may define with SkillDef: any, named:<name>.'),
  team_def_scopes: names('Which teams it may define with TeamDef: any, named:<name>.'),
  volume_def_scopes: names('Which volumes it may make with VolumeDef: any, named:<name>.'),
  tree: optional(
    object('AgentTree', {
      max_runs: limit('Runs; 0 for no limit.'),
      max_runs_at_once: limit('Of those, the ones that have not ended; 0 for no limit.'),
      max_model_calls: limit('Model calls; 0 for no limit.'),
      max_tokens: limit('Tokens read and written; 0 for no limit.'),
    }),
  ),
  providers: names(
    'The only services it may run on, in the order of preference; nothing of it goes to others. Any unless given.',
  ),
  models: optional(
    Type.Record(Type.String(), Type.Array(AgentCandidate), {
      description: 'Its own models for a tier, in place of those that are configured.',
    }),
  ),
  search_providers: keptNames,
  memory_backend: optional(Text('Kept; has no effect.')),
  schedule_def_scopes: keptNames,
  a2a_server_card_def_scopes: keptNames,
  a2a_agent_def_scopes: keptNames,
  core_blocks: kept,
  inherit_core_blocks: kept,
  memory_inject_max_tokens: kept,
  inject_tool_guide: kept,
  internal: kept,
  memory_protocol: kept,
  memory_consolidation: kept,
  memory_index_max_bytes: kept,
  memory_roots: kept,
})
export type AgentOverlay = Of<typeof AgentOverlay>

/** What a fork has otherwise than what it is made from. */
export const AgentChanges = object(
  'AgentChanges',
  {
    ...AgentOverlay.properties,
    description: takenByNull(Text('What it is for.')),
    provider: takenByNull(Text('The service it runs on.')),
    model: takenByNull(Text('A model of that service, or a name under `models` of the configuration.')),
    tier: takenByNull(oneOf(tiers, 'What it runs on, in place of a model.')),
    effort: takenByNull(oneOf(efforts, 'How much it thinks before it answers.')),
    system_prompt: takenByNull(Text('Its instructions.')),
    code_body: takenByNull(Text('JavaScript of an agent on code-js.')),
  },
  'What is not given stays; null takes away, and so does an empty list.',
)
export type AgentChanges = Of<typeof AgentChanges>
