import {
  Compaction,
  channelScopes,
  channelSemantics,
  efforts,
  evaluationScopes,
  memoryScopes,
  Sampling,
  sqlScopes,
  type Tier,
  tiers,
} from '@loomcycle/proto'
import { type Static, type TProperties, Type } from 'typebox'
import { createCheck, type Problem } from '../validation.ts'
import { embedderProviders, storageBackends } from './config.ts'
import { withoutLaterKeys } from './later-keys.ts'
import { refuseKeysIn } from './refuse-keys.ts'
import type { YamlFile } from './yaml.ts'

const closed = { additionalProperties: false }
/** Any of these keys, and no other. */
const someOf = <P extends TProperties>(properties: P, description = '') =>
  Type.Partial(Type.Object(properties), { ...closed, ...(description && { description }) })
const Text = (description: string) => Type.String({ description })
const Name = (description: string) => Type.String({ minLength: 1, description })
const Names = (description: string) => Type.Array(Type.String({ minLength: 1 }), { description })
const Flag = (description: string) => Type.Boolean({ description })
const Count = (description: string, maximum?: number) =>
  Type.Integer({ minimum: 1, ...(maximum && { maximum }), description })
const AtLeastZero = (description: string, maximum?: number) =>
  Type.Integer({ minimum: 0, ...(maximum && { maximum }), description })
const OneOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum([...values], { description }))
const SomeOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Array(Type.Unsafe<T[number]>(Type.Enum([...values])), { description })

const ChannelFields = someOf({
  description: Text('What it is for; agents are told.'),
  scope: OneOf(channelScopes, 'Whose messages are kept apart.'),
  semantic: OneOf(channelSemantics, 'Whether each message is for one reader, for all of them, or stands for the last.'),
  default_ttl: AtLeastZero('Seconds until a message expires; 0 for never.'),
  max_messages: AtLeastZero('The oldest go when there are more; 0 for the runtime’s own limit.'),
  publisher: OneOf(['', 'system'], 'Only the runtime publishes where it is system.'),
  period: Text('How often a channel of the runtime speaks.'),
})
export type ChannelFields = Static<typeof ChannelFields>

const toolNames = 'What it may use, by name; a trailing * matches by prefix. Nothing unless given.'

const Candidate = Type.Union([
  Name('A name under models.'),
  Type.Object(
    {
      provider: Type.Optional(Name('The service.')),
      model: Name('Its model, or a name under models.'),
    },
    closed,
  ),
])
export type CandidateFields = Static<typeof Candidate>

const Tiers = (description: string) =>
  someOf(
    Object.fromEntries(
      tiers.map((tier) => [
        tier,
        Type.Array(Candidate, { minItems: 1, description: 'Models, the preferred ones first.' }),
      ]),
    ) as Record<Tier, ReturnType<typeof Type.Array<typeof Candidate>>>,
    description,
  )
export type TierFields = Static<ReturnType<typeof Tiers>>

const UserTierFields = someOf({
  provider_priority: Names(
    'The only services that runs of such users may use, in the order of preference; an agent that names its own runs on that.',
  ),
  tiers: Tiers('Models for them, in place of those that are for all.'),
  fallback_on_error: Flag('A run goes on with another model of its tier where its own fails; not unless given.'),
  max_fallback_attempts: AtLeastZero('So often, until somebody says something to it; 3 unless given.'),
  retry_attempts: AtLeastZero('As of an agent, for those that do not say themselves.', 5),
  rate_limit_cooldown_ms: AtLeastZero(
    'So long a model is left alone that says it is asked too much, unless it says how long itself; 30 s unless given.',
  ),
})
export type UserTierFields = Static<typeof UserTierFields>

const AgentFields = someOf({
  description: Text('What it is for; people and other agents are told.'),
  provider: Name('The service it runs on; the defaults’ unless given.'),
  model: Name('A model of that service, or a name under models.'),
  tier: OneOf(tiers, 'How much of a model it needs, in place of one by name.'),
  providers: Names('The only services it may run on, in the order of preference; nothing of it goes to others.'),
  models: Tiers('Its own models for a tier, in place of those under tiers.'),
  system_prompt: Text('Its instructions.'),
  code: Text(
    'JavaScript of an agent on code-js; what stands in LOOMCYCLE_CODE_AGENTS_ROOT under its name unless given.',
  ),
  code_body: Text('Another name for code.'),
  run_timeout_seconds: Count('What a run of an agent on code-js may take, waiting included.'),
  system_prompt_file: Name('A file with its instructions, from where the configuration file is.'),
  tools: Names(toolNames),
  allowed_tools: Names('Another name for tools.'),
  disable_context: Flag('It has not even Context, which every agent has otherwise.'),
  memory_scopes: SomeOf(memoryScopes, 'Whose memory it may use.'),
  memory_quota_bytes: Count('What it may keep in a scope of memory.'),
  sql_scopes: SomeOf(sqlScopes, 'Whose SQLite databases it may use.'),
  sql_quota_bytes: Count('What such a database may take.'),
  max_tokens: Count('The longest turn.'),
  max_iterations: AtLeastZero('Model calls since somebody last said something; 0 for the usual 16.'),
  unbounded_iterations: Flag('No such limit.'),
  effort: OneOf(efforts, 'How much it thinks before it answers, where the model can be told.'),
  sampling: Type.Object(Sampling.properties, { ...closed, description: 'How words are chosen.' }),
  compaction: Type.Object(Compaction.properties, {
    ...closed,
    description: 'When and how a long conversation is summed up.',
  }),
  interruption: someOf(
    {
      enabled: Flag('It may ask.'),
      kinds: SomeOf(['question'], 'What it may ask.'),
      max_pending: Count('Questions that wait at once.'),
    },
    'Asking people.',
  ),
  skills: Names('Skills it may read with the tool Skill, by name; a trailing * matches by prefix.'),
  volumes: Names('Volumes it may reach files in, by name, or as name:ro to read only; none unless given.'),
  agent_def_scopes: Names('Which agents it may define with AgentDef: self, descendants, any, named:<name>.'),
  skill_def_scopes: Names('Which skills it may define with SkillDef: any, named:<name>.'),
  team_def_scopes: Names('Which teams it may define with TeamDef: any, named:<name>.'),
  volume_def_scopes: Names('Which volumes it may make with VolumeDef: any, named:<name>.'),
  channels: someOf(
    {
      publish: Names('Channels it may write to; a trailing /* is for all below.'),
      subscribe: Names('Channels it may read.'),
    },
    'Channels it may use.',
  ),
  history_scope: SomeOf(
    ['self', 'user', 'tenant', 'any', 'global'],
    'Whose conversations it may look into; any and global are the tenant’s.',
  ),
  evaluation_scopes: SomeOf(evaluationScopes, 'Whose evaluations it may read and write.'),
  max_concurrent_children: Count('Agents that it has at work at once, up to 32; 4 unless given.'),
  tree: someOf(
    {
      max_runs: AtLeastZero('Runs; 0 for no limit.'),
      max_runs_at_once: AtLeastZero('Of those, the ones that have not ended; 0 for no limit.'),
      max_model_calls: AtLeastZero('Model calls; 0 for no limit.'),
      max_tokens: AtLeastZero('Tokens read and written, besides those from prompt caches; 0 for no limit.'),
    },
    'What the agents that it starts, and those that these start, may use together for one request; as LOOMCYCLE_TREE_… says unless given.',
  ),
  retry_attempts: AtLeastZero(
    'So often a turn is asked for again that broke off, or was none; 2 unless given. With 0, services that are overloaded or away are not asked again either. At most 5.',
  ),
})
export type AgentFields = Static<typeof AgentFields>

const SkillFields = someOf({
  description: Text('When it is of use; agents are told.'),
  body: Text('Its instructions, in Markdown.'),
  tools: Names('What an agent has to have to follow it.'),
  allowed_tools: Names('Another name for tools.'),
})
export type SkillFields = Static<typeof SkillFields>

const VolumeFields = someOf({
  path: Name('A folder that exists, from where the configuration file is.'),
  mode: OneOf(['ro', 'rw'], 'Whether agents may change what is in it; ro unless given.'),
  default: Flag('Paths without a volume are in this one.'),
  dynamic_root: Flag('Volumes that are made at run time are folders in this one.'),
})
export type VolumeFields = Static<typeof VolumeFields>

const Currency = (description: string) => Type.String({ pattern: '^[A-Z]{3}$', description })

const ProviderFields = someOf({
  base_url: Name(
    'Its address, up to the version (…/v1, which is added where there is none), or where a request goes (…/chat/completions).',
  ),
  api_key_env: Name('The variable of the environment that its key is in; none for a server that asks for none.'),
  headers_env: Type.Record(Type.String(), Name('The variable that its value is in.'), {
    description: 'Headers that each request has besides.',
  }),
  enabled: Flag('It is there; yes unless given.'),
  api: OneOf(
    ['chat_completions', 'responses'],
    'Which of OpenAI’s protocols it speaks; chat_completions unless given.',
  ),
  local: Flag('It runs on somebody’s own machine and may be slow; told from its address unless given.'),
  omit: Names('Members of a request that it refuses, such as stream_options or seed.'),
  rename: Type.Record(Type.String(), Name('Its name for it.'), {
    description: 'Members of a request that it calls otherwise, such as max_tokens: max_completion_tokens.',
  }),
  extra: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Members that each request has besides; those that the runtime writes go before them.',
  }),
  tools: Flag('Its models can call tools; yes unless given. Without them, what was called before is told in words.'),
  tool_choice: OneOf(['auto', 'required'], 'Sent with the tools; nothing unless given.'),
  pictures: Flag('Its models see pictures; told from their names unless given.'),
  effort: OneOf(
    ['reasoning_effort', 'reasoning'],
    'The member that says how much to think; nothing is said unless given.',
  ),
  reasoning: OneOf(
    ['reasoning_content', 'reasoning'],
    'The member in which a model is shown its thinking again; it is not, unless given. What it thinks is read from either.',
  ),
  cost_currency: Currency(
    'Its answers say what they cost, as OpenRouter’s do, in this currency; that counts where pricing has no price.',
  ),
  assistant_after_tool_results: Flag(
    'It refuses what somebody says right after the results of calls: a line of the model is put between. Told from the names of its models unless given (those of Mistral refuse it).',
  ),
  tool_call_id_length: Type.Integer({
    minimum: 6,
    maximum: 64,
    description: 'Its ids of calls are so many letters and digits, no more and no fewer.',
  }),
})
export type ProviderFields = Static<typeof ProviderFields>

const PricePerMillion = (description: string) => Type.Number({ minimum: 0, description })
const PriceFields = someOf({
  input: PricePerMillion('Read anew.'),
  output: PricePerMillion('Written, reasoning included.'),
  cache_creation: PricePerMillion('Read, and kept in the service’s prompt cache.'),
  cache_read: PricePerMillion('Read from the service’s prompt cache.'),
  currency: Currency('As ISO 4217 has it; USD unless given.'),
})
export type PriceFields = Static<typeof PriceFields>

const MemorySeed = Type.Object(
  {
    scope: OneOf(memoryScopes, 'Whose it is.'),
    scope_id: Type.Optional(Name('Which agent’s or user’s; not for the tenant.')),
    key: Type.String({ minLength: 1, maxLength: 512, description: 'Its name.' }),
    value: Type.Unknown({ description: 'Anything.' }),
    embed: Type.Optional(Flag('It can be found by what it means.')),
  },
  { ...closed, description: 'Written at the start where there is nothing under the key.' },
)

const MemoryFields = someOf(
  {
    embedder: someOf(
      {
        provider: OneOf(embedderProviders, 'The service.'),
        model: Name('Its model; the service’s usual one unless given.'),
        timeout_ms: Count('So long may it take.'),
        batch_size: Count('So many texts at once.', 2048),
      },
      'What makes vectors, for search by meaning.',
    ),
    entries: Type.Array(MemorySeed, { description: 'What is there from the start.' }),
  },
  'Memory.',
)

/** A configuration file; also what several of them come to when laid over each other. */
export const ConfigFile = someOf({
  defaults: someOf(
    { provider: Name('The service.'), model: Name('Its model, or a name under models.') },
    'What agents run on that say nothing themselves.',
  ),
  models: Type.Record(
    Type.String(),
    someOf({
      provider: Name('The service.'),
      model: Name('Its model; the name itself unless given.'),
      context_window: Count('Tokens that it takes, where its service does not say or says otherwise.'),
    }),
    { description: 'Names for models, and what they take.' },
  ),
  providers: Type.Record(Type.String(), ProviderFields, {
    description:
      'Services that speak OpenAI’s protocols, by the name that agents know them by. Keys stay in the environment. A change needs a restart.',
  }),
  pricing: Type.Record(Type.String(), PriceFields, {
    description:
      'What a million tokens cost, by service and model, as openai/gpt-4.1; a trailing * stands for whatever begins so, and what fits best counts. A call costs what stands here when it is made. One with tokens of a kind that has no price counts as unpriced.',
  }),
  provider_priority: Names(
    'The only services that tiers may use, in the order of preference; any, in the order of the models, unless given.',
  ),
  tiers: Tiers('What agents run on that name a tier and no model.'),
  user_tiers: Type.Record(Type.String(), UserTierFields, {
    description:
      'What is otherwise for some users, by the name that user_tier of a run says; default is for all others.',
  }),
  agents: Type.Record(Type.String(), AgentFields, { description: 'Agents, by name.' }),
  default_agent: Name('The agent that new chats start with.'),
  bundles: Names(
    'Agents and skills that come with the runtime: base, chat, document-agent, agent-teams, launch. base, document-agent and launch unless given; an empty list for none.',
  ),
  concurrency: someOf(
    {
      max_concurrent_runs: Count('Runs that are worked on at once; 8 unless given.'),
      max_queue_depth: AtLeastZero('Runs that wait in line for that; 16 unless given.'),
      queue_timeout_ms: AtLeastZero('So long may they wait; 30 s unless given.'),
      max_concurrent_runs_per_user: AtLeastZero('Of one user; 0, as if nothing is given, for no limit.'),
      calls: Type.Record(Type.String(), AtLeastZero('Calls at once; 0 for no limit.'), {
        description:
          'Calls to model services at once, by the name of the service; others as LOOMCYCLE_PROVIDER_QUEUE_CONCURRENCY says.',
      }),
    },
    'How many runs at once, and how many calls.',
  ),
  storage: someOf(
    {
      backend: OneOf(storageBackends, 'A file in the data directory, or a Postgres that several replicas share.'),
      pg_dsn: Name('Address of the Postgres; that of LOOMCYCLE_PG_DSN unless given.'),
      pg_automigrate: Flag(
        'A start brings its tables up to date; otherwise one that is behind refuses the start. No unless given.',
      ),
      pg_max_open_conns: Type.Integer({
        minimum: 4,
        maximum: 10_000,
        description: 'Connections at most; 32 unless given.',
      }),
      pg_min_idle_conns: AtLeastZero('Of those, the ones that stay open with nothing to do; 4 unless given.', 10_000),
    },
    'Where everything is kept. What the environment says goes before it; a change needs a restart.',
  ),
  memory: MemoryFields,
  interruption: someOf(
    {
      default_timeout_ms: Count('A question waits so long that says nothing itself; an hour unless given.'),
      max_timeout_ms: Count('The longest that one may wait; a day unless given.'),
      max_pending_per_run: Count('Questions of a run that wait at once; 8 unless given.'),
    },
    'Questions of agents.',
  ),
  channels: Type.Record(Type.String(), ChannelFields, {
    description: 'Channels, by name; one that ends in /* is for all channels below.',
  }),
  skills: Type.Record(Type.String(), SkillFields, { description: 'Skills, by name.' }),
  volumes: Type.Record(Type.String(), VolumeFields, { description: 'Folders for the files of agents, by name.' }),
  scripts: Type.Record(Type.String(), Name('A file, from where the configuration file is.'), {
    description: 'Models of the scripted provider: name to file.',
  }),
})
export type ConfigFile = Static<typeof ConfigFile>

const check = createCheck(ConfigFile)
const checkAgent = createCheck(AgentFields)

/** What a file says, but for settings of capabilities that there are elsewhere, which are named. */
export function checkedConfigFile(file: YamlFile): { layer: ConfigFile; later: string[] } {
  const { value, later } = withoutLaterKeys(withoutNulls(file.value))
  refuseKeysIn(file, value)
  refuse(file, check(value))
  return { layer: value as ConfigFile, later }
}

/** The same for the fields of one agent in a file of its own. */
export function checkedAgentFile(file: YamlFile, fields: object): { fields: AgentFields; later: string[] } {
  const { value, later } = withoutLaterKeys(withoutNulls(fields), ['agents', ''])
  refuse(file, checkAgent(value))
  return { fields: value as AgentFields, later }
}

function refuse(file: YamlFile, problem: Problem | undefined) {
  if (problem) file.fail(problem.known ? { ...problem, message: 'is not a setting' } : problem)
}

/** A key that stands there without a value says nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member != null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  )
}
