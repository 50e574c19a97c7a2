import type { Compaction, Effort, EvaluationScope, MemoryScope, Sampling, SqlScope, Tier } from '@loomcycle/proto'
import type { MockSettings } from '../../models/providers/mock/settings.ts'
import type { LogLevel } from '../telemetry/telemetry.ts'
import type { Declaration } from './channel-declarations.ts'
import type { CodeAgentSettings } from './code-agents.ts'
import type { ServiceAccess, ServiceSettings } from './model-services.ts'
import type { Script } from './script.ts'

/** Everything the process was told, resolved and validated; read once at start. */
export interface Config {
  listen: ListenAddress
  /** Absolute. */
  dataDir: string
  /** Undefined: open mode, on loopback only. */
  authToken?: string
  /** Names the `Host` header may have besides loopback, the machine's own names and IP addresses. */
  allowedHosts: string[]
  /** Whose pages may ask and read answers, besides its own; the browser's cookie does not count for them. */
  allowedOrigins: string[]
  /** Addresses and ranges whose word is taken for who asks, and whether it was over TLS. */
  trustedProxies: string[]
  /** Folder of the built web app; undefined where there is none. */
  uiDir?: string
  providers: ProviderSettings
  /** Services that a file adds, whether they are set up or not. */
  ownServices: readonly ServiceSettings[]
  /** Looks for an Ollama that nobody has named; undefined: nobody may. */
  findOllama?: () => Promise<OllamaSearch>
  /** The load-test provider; undefined: not there. */
  mock?: MockSettings
  /** Agents that are JavaScript; undefined: there are none. */
  codeAgents?: CodeAgentSettings
  /** Whether a new database gets a document to begin with. */
  sample: boolean
  /** Whether a database is copied before it is upgraded. */
  upgradeCopy: boolean
  storage: StorageSettings
  /** What this process is called among those that share its store; a random name unless given. */
  replicaId?: string
  /** What it was built from. */
  commit: string
  logLevel: LogLevel
  /**
   * Completes half a choice of a model with what the file says: a name under its models, its defaults. Throws a
   * `ConfigError` that begins with who says it, for a service that is not known.
   */
  completePin(pin: Pin, saidBy: string): Pin
  /** The same for an agent, whose services and candidates are looked at as well. */
  completeAgent(agent: AgentDefinition, saidBy: string): AgentDefinition
  /** What names of models stand for, where they name a service. Without a prototype. */
  aliases: Readonly<Record<string, ModelChoice>>
  /** The only services that tiers use, in order; undefined: any, in the order of the candidates. */
  providerPriority?: readonly string[]
  /** What agents run on that have a tier. */
  tiers: Tiers
  /** By name, without a prototype; `default` is there if anything is. */
  userTiers: Record<string, UserTier>
  /** A run that has had an answer of its model is never given another one. */
  pinAfterSuccess: boolean
  /** Used where an agent names no provider or model. */
  defaults: { provider?: string; model?: string }
  /** Tokens that models take, where that is set: by service and model (`openai/gpt-4.1`), or by model alone. */
  windows: Readonly<Record<string, number>>
  /** What tokens cost, by service and model (`openai/gpt-4.1`) or the beginning of that (`openai/*`). Without a prototype. */
  pricing: Readonly<Record<string, Price>>
  /** Without a prototype, so that names from outside find agents and nothing else. */
  agents: Record<string, AgentDefinition>
  /** The agent new chats start with. */
  defaultAgent: string
  /** Without a prototype, like the agents. */
  skills: Record<string, SkillDefinition>
  volumes: readonly DeclaredVolume[]
  /** Topics of the operator’s own. */
  help: readonly HelpTopic[]
  shells: ShellSettings
  limits: Limits
  sqlMemory: SqlMemorySettings
  sqlSandbox: SqlSandboxSettings
  memory: MemorySettings
  concurrency: Concurrency
  /** Calls to model services. */
  calls: CallLimits
  interruption: InterruptionSettings
  /** By name; one that ends in /* is for all channels below. */
  channels: Readonly<Record<string, Declaration>>
  timings: Timings
  /** Values that must never appear in the log, a stream or an error, by the name of the variable they came from. */
  secrets: ReadonlyMap<string, string>
  /** Models of the `scripted` provider that came from files, by name. */
  scripts: Record<string, Script>
  /** Keys of configuration files that a later one replaced; one sentence each. */
  overrides: string[]
  /** What will not work as written but does not keep the process from starting; one sentence each. */
  warnings: string[]
}

export const storageBackends = ['sqlite', 'postgres'] as const

/** Where everything is kept. */
export interface StorageSettings {
  backend: (typeof storageBackends)[number]
  /** With its password; there where the backend is Postgres. */
  pgDsn?: string
  /** Whether a start brings the tables up to date. */
  pgAutomigrate: boolean
  pgMaxOpenConns: number
  pgMinIdleConns: number
}

export interface CallLimits {
  /** To one service at once, of which nothing else is said; 0: as many as there are. */
  perProvider: number
  byService: Readonly<Record<string, number>>
  /** Those that wait for one service. */
  maxQueueDepth: number
  queueTimeoutMs: number
}

/** What is set up with the one that was found, or why there is none. */
export type OllamaSearch = { providers: ProviderSettings } | { lack: string }

export interface ListenAddress {
  host: string
  port: number
}

/** Model services that are set up, by their id. */
export type ProviderSettings = Readonly<Record<string, ServiceAccess>>

/** Of a million tokens of each kind, in millionths of the currency; what is left out has no price. */
export interface Price {
  currency: string
  input?: number
  output?: number
  cacheCreation?: number
  cacheRead?: number
}

/** A choice of a model, or half of one. */
export interface Pin {
  provider?: string
  model?: string
}

export interface ModelChoice {
  provider: string
  model: string
}

/** The models that stand for a tier, the preferred ones first. */
export type Tiers = Readonly<Partial<Record<Tier, readonly ModelChoice[]>>>

/** Which models agents run on that name none. */
export type Routing = Pick<Config, 'defaults' | 'providerPriority' | 'tiers' | 'userTiers'>

/** What runs for some users have otherwise. */
export interface UserTier {
  name: string
  providerPriority?: readonly string[]
  tiers: Tiers
  /** A run goes on with another model where its own fails. */
  fallbackOnError: boolean
  /** So often, until somebody says something. */
  maxFallbackAttempts: number
  retryAttempts?: number
  /** So long a model is left alone that refused for being asked too much, where it does not say itself. */
  rateLimitCooldownMs?: number
}

export interface AgentDefinition {
  name: string
  /** `stored`: it was defined at run time. */
  source: 'bundled' | 'file' | 'stored'
  description?: string
  provider?: string
  model?: string
  /** In place of a model by name. */
  tier?: Tier
  /** The only services it may run on; undefined: any. */
  providers?: string[]
  /** Its own models for tiers. */
  models?: Tiers
  systemPrompt: string
  /** JavaScript, of one that runs on no model. */
  code?: string
  /** What a run of one may take; nothing for others. */
  runTimeoutSeconds?: number
  /** Tool names; a trailing `*` matches by prefix. Default deny: an empty list is no tool (but `Context`). */
  tools: string[]
  disableContext: boolean
  memoryScopes: MemoryScope[]
  memoryQuotaBytes?: number
  sqlScopes?: SqlScope[]
  sqlQuotaBytes?: number
  compaction?: Compaction
  interruption?: { enabled: boolean; maxPending?: number }
  /** Names, or the start of names followed by /*. */
  channels?: { publish: string[]; subscribe: string[] }
  evaluationScopes?: EvaluationScope[]
  historyScope?: ('self' | 'user' | 'tenant')[]
  maxConcurrentChildren?: number
  /** Over the operator's, where somebody starts this agent. */
  tree?: Partial<TreeLimits>
  maxTokens?: number
  maxIterations?: number
  unboundedIterations: boolean
  effort?: Effort
  sampling?: Sampling
  retryAttempts?: number
  /** Names; a trailing `*` matches by prefix. */
  skills?: string[]
  /** Names. */
  volumes?: string[]
  agentDefScopes?: string[]
  skillDefScopes?: string[]
  teamDefScopes?: string[]
  volumeDefScopes?: string[]
}

/** Instructions that an agent reads when it needs them. */
export interface SkillDefinition {
  name: string
  /** `stored`: it was defined at run time. */
  source: 'bundled' | 'file' | 'stored'
  description?: string
  /** Markdown. */
  body: string
  /** What an agent has to have to follow it. */
  tools?: string[]
  /** Absolute, of a skill with files beside its text. */
  directory?: string
}

/** What agents and people may ask about. */
export interface HelpTopic {
  name: string
  description: string
  /** Markdown. */
  content: string
}

/** A folder that agents may reach, declared by the operator. */
export interface DeclaredVolume {
  name: string
  /** Absolute, without symbolic links. */
  path: string
  mode: 'ro' | 'rw'
  isDefault: boolean
  /** Whether volumes that are made at run time are folders in it. */
  isDynamicRoot: boolean
}

/** The shells that agents may have; one that is missing is not there. With what is in their environment. */
export interface ShellSettings {
  bash?: { env: Readonly<Record<string, string>> }
  bashbox?: {
    /** Programs of the machine that scripts may run. */
    hostCommands: readonly string[]
    /** Theirs; scripts do not see it. */
    hostEnv: Readonly<Record<string, string>>
  }
}

/** What an agent has of which nothing is said. */
export const plainAgent = {
  systemPrompt: '',
  tools: [],
  disableContext: false,
  memoryScopes: [],
  unboundedIterations: false,
} satisfies Partial<AgentDefinition>

export interface Concurrency {
  maxConcurrentRuns: number
  maxQueueDepth: number
  queueTimeoutMs: number
  /** 0: no limit. */
  maxConcurrentRunsPerUser: number
}

export interface InterruptionSettings {
  defaultTimeoutMs: number
  maxTimeoutMs: number
  maxPendingPerRun: number
}

export interface Limits {
  maxRequestBytes: number
  /** Of all large bodies together. */
  requestBytesAtOnce: number
  memoryMaxValueBytes: number
  memoryMaxScopeBytes: number
  channelMaxValueBytes: number
  /** The longest that a request waits for messages. */
  channelLongPollMs: number
  channelMaxDeferred: number
  channels: { perTenant: number; messages: number; bytes: number }
  definitions: DefinitionLimits
  documents: { perScope: DocumentLimits; perTenant: DocumentLimits }
  sessions: { perUser: SessionLimits; perTenant: SessionLimits }
  toolParallelism: number
  tree: TreeLimits
  /** Of a model's window, in percent, that the results of one turn may take together. */
  resultWindowShare: number
  /** Tokens that a model is taken to take of which nobody says anything. */
  guessedWindow: number
  maxIterations: number
  inputQueue: number
}

/** What the agents that one agent starts, and those that these start, may use together for one request. 0: no limit. */
export interface TreeLimits {
  runs: number
  runsAtOnce: number
  modelCalls: number
  tokens: number
}

/** Of what is defined at run time, in bytes but for how many versions a tenant may have. */
export interface DefinitionLimits {
  perTenant: number
  agentBytes: number
  codeBytes: number
  descriptionBytes: number
  skillBodyBytes: number
  skillDescriptionBytes: number
}

/** Where statements that users and agents wrote run. */
export interface SqlSandboxSettings {
  /** Of all processes that run them, together, beyond what they take when they have nothing to do. */
  maxTotalBytes: number
  /** Of all copies of rows that they are asked of, together. */
  snapshotMaxBytes: number
}

/** 0: no limit. */
export interface DocumentLimits {
  documents: number
  chunks: number
  bytes: number
}

/** 0: no limit. */
export interface SessionLimits {
  sessions: number
  bytes: number
}

/** Databases of agents' own. */
export interface SqlMemorySettings {
  enabled: boolean
  /** Of their files, where those are of SQLite. Absolute. */
  root: string
  /** Of the database that they are in, where that is Postgres and somebody has made one. */
  dsn?: string | undefined
  quotaBytes: number
  statementTimeoutMs: number
  maxRows: number
  maxBytes: number
  transactionTimeoutMs: number
  maxOpenTransactions: number
  maxTransactionDepth: number
  /** Whether the audit has the statements themselves, or only that there were some. */
  audit: 'full' | 'metadata'
}

export const embedderProviders = ['openai', 'ollama', 'voyage', 'anthropic', 'gemini', 'stub'] as const

export interface MemorySettings {
  embedder?: EmbedderSettings
  /** Written at start where there is nothing under the key. */
  entries: MemorySeed[]
}

export interface EmbedderSettings {
  provider: 'openai' | 'ollama' | 'voyage' | 'gemini' | 'stub'
  model: string
  baseUrl?: string
  apiKey?: string
  timeoutMs: number
  batchSize: number
}

export interface MemorySeed {
  scope: MemoryScope
  /** Empty for the tenant. */
  scopeId: string
  key: string
  value: unknown
  embed: boolean
}

/** All in milliseconds. */
export interface Timings {
  sseKeepalive: number
  /** How long a one-shot run waits for its caller to come back. */
  disconnectGrace: number
  shutdownGrace: number
  /** A browser is signed in for so long at most, … */
  browserSessionAge: number
  /** … and for so long without being used. */
  browserSessionIdle: number
  providerHeaderTimeout: number
  providerIdleTimeout: number
  providerPatience: number
  localModelTimeout: number
  /** So often are model services asked for their models. */
  resolveProbeInterval: number
  /** So often is it looked for volumes of runs that have ended. */
  volumeSweep: number
}

/** Thrown for anything wrong with what the process was told; the message is one sentence that says what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}
