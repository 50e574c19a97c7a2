import type { MockSettings } from '../../../models/providers/mock/settings.ts'
import type { LogLevel } from '../../telemetry/telemetry.ts'
import type { CodeAgentSettings } from '../code-agents.ts'
import {
  type CallLimits,
  ConfigError,
  type Limits,
  type ListenAddress,
  type ProviderSettings,
  type ShellSettings,
  type SqlMemorySettings,
  type SqlSandboxSettings,
  type StorageSettings,
  type Timings,
} from '../config.ts'
import type { ServiceSettings } from '../model-services.ts'
import { checkAllowedOrigins } from './allowed-origins.ts'
import { readListenAddress } from './listen-address.ts'
import { address, optionalWhole, readSettings, type Settings, secret } from './setting.ts'
import { readShells } from './shells.ts'
import { checkTrustedProxies } from './trusted-proxies.ts'
import { variableGroups } from './variables.ts'

/** What embedders need that is not in a file. */
export interface EmbeddingEnv {
  voyageApiKey?: string
  voyageBaseUrl?: string
  stub: boolean
  timeoutMs: number
  batchSize: number
}

export type Env = Readonly<Record<string, string | undefined>>

/** Where everything is kept, as far as the environment says. */
export interface StorageEnv {
  backend?: StorageSettings['backend']
  pgDsn?: string
  pgAutomigrate?: boolean
  pgMaxOpenConns?: number
  pgMinIdleConns?: number
}

export interface EnvSettings {
  listen: ListenAddress
  dataDir: string
  uiDir?: string
  authToken?: string
  configFiles: string[]
  configStrict: boolean
  presets: string[]
  agentsRoot?: string
  skillsRoot?: string
  helpRoot?: string
  allowedHosts: string[]
  allowedOrigins: string[]
  trustedProxies: string[]
  providers: ProviderSettings
  mock?: MockSettings
  codeAgents?: CodeAgentSettings
  codeAgentsRoot: string
  /** Whether an Ollama on this machine may be used without being asked for. */
  detectOllama: boolean
  /** Where it is looked for; at its usual address unless given. */
  ollamaAddress?: string
  sample: boolean
  commit: string
  logLevel: LogLevel
  /** Whether a database is copied before it is upgraded. */
  upgradeCopy: boolean
  storage: StorageEnv
  replicaId?: string
  pinAfterSuccess: boolean
  calls: Omit<CallLimits, 'byService'>
  limits: Limits
  sqlMemory: SqlMemorySettings
  sqlSandbox: SqlSandboxSettings
  shells: ShellSettings
  embedding: EmbeddingEnv
  timings: Timings
  warnings: string[]
}

const day = 24 * 60 * 60_000

/** Shorter tokens can be guessed by trying. */
const SAFE_TOKEN_LENGTH = 16

export function readEnv(env: Env, services: readonly ServiceSettings[]): EnvSettings {
  const warnings: string[] = []
  refuseRemoved(env)
  const set = readSettings(variableGroups, env)
  const authToken = checkedToken(set.LOOMCYCLE_AUTH_TOKEN, warnings)
  return {
    listen: readListenAddress(set.LOOMCYCLE_LISTEN_ADDR, authToken !== undefined),
    dataDir: set.LOOMCYCLE_DATA_DIR,
    uiDir: set.LOOMCYCLE_UI_DIR,
    authToken,
    configFiles: set.LOOMCYCLE_CONFIG_FILES,
    configStrict: set.LOOMCYCLE_CONFIG_STRICT,
    presets: set.LOOMCYCLE_PRESETS,
    agentsRoot: set.LOOMCYCLE_AGENTS_ROOT,
    skillsRoot: set.LOOMCYCLE_SKILLS_ROOT,
    helpRoot: set.LOOMCYCLE_HELP_ROOT,
    allowedHosts: set.LOOMCYCLE_ALLOWED_HOSTS.map((host) => host.toLowerCase()),
    allowedOrigins: checkAllowedOrigins(set.LOOMCYCLE_ALLOWED_ORIGINS),
    trustedProxies: checkTrustedProxies(set.LOOMCYCLE_TRUSTED_PROXIES),
    providers: readProviders(env, services, warnings),
    mock: set.LOOMCYCLE_MOCK_ENABLED
      ? {
          latencyMs: set.LOOMCYCLE_MOCK_LATENCY_MS,
          latencyJitterMs: set.LOOMCYCLE_MOCK_LATENCY_JITTER_MS,
          rate429: set.LOOMCYCLE_MOCK_429_RATE,
          rate500: set.LOOMCYCLE_MOCK_500_RATE,
        }
      : undefined,
    codeAgents: set.LOOMCYCLE_CODE_AGENTS_ENABLED
      ? {
          runSeconds: set.LOOMCYCLE_CODE_AGENTS_RUN_TIMEOUT_SECONDS,
          isDeterministic: set.LOOMCYCLE_CODE_AGENTS_DETERMINISTIC,
        }
      : undefined,
    codeAgentsRoot: set.LOOMCYCLE_CODE_AGENTS_ROOT,
    commit: set.LOOMCYCLE_COMMIT,
    logLevel: set.LOOMCYCLE_LOG_LEVEL,
    sample: set.LOOMCYCLE_SAMPLE,
    upgradeCopy: set.LOOMCYCLE_UPGRADE_COPY,
    storage: {
      backend: set.LOOMCYCLE_STORAGE_BACKEND,
      pgDsn: set.LOOMCYCLE_PG_DSN,
      pgAutomigrate: set.LOOMCYCLE_PG_AUTOMIGRATE,
      pgMaxOpenConns: set.LOOMCYCLE_PG_MAX_OPEN_CONNS,
      pgMinIdleConns: set.LOOMCYCLE_PG_MIN_IDLE_CONNS,
    },
    replicaId: set.LOOMCYCLE_REPLICA_ID,
    pinAfterSuccess: set.LOOMCYCLE_FALLBACK_PIN_AFTER_SUCCESS,
    calls: {
      perProvider: set.LOOMCYCLE_PROVIDER_QUEUE_CONCURRENCY,
      maxQueueDepth: set.LOOMCYCLE_PROVIDER_QUEUE_DEPTH,
      queueTimeoutMs: set.LOOMCYCLE_PROVIDER_QUEUE_TIMEOUT_MS,
    },
    detectOllama: !set.LOOMCYCLE_NO_DEFAULT_PROVIDERS,
    ollamaAddress: set.LOOMCYCLE_DETECT_OLLAMA_URL,
    limits: {
      maxRequestBytes: set.LOOMCYCLE_MAX_REQUEST_BYTES,
      requestBytesAtOnce: set.LOOMCYCLE_REQUEST_BYTES_AT_ONCE,
      memoryMaxValueBytes: set.LOOMCYCLE_MEMORY_MAX_VALUE_BYTES,
      memoryMaxScopeBytes: set.LOOMCYCLE_MEMORY_MAX_SCOPE_BYTES,
      channelMaxValueBytes: set.LOOMCYCLE_CHANNELS_MAX_VALUE_BYTES,
      channelLongPollMs: set.LOOMCYCLE_CHANNELS_LONGPOLL_CAP_MS,
      channelMaxDeferred: set.LOOMCYCLE_CHANNELS_MAX_PENDING_DEFERRED,
      channels: {
        perTenant: set.LOOMCYCLE_CHANNELS_MAX_PER_TENANT,
        messages: set.LOOMCYCLE_CHANNELS_MAX_MESSAGES,
        bytes: set.LOOMCYCLE_CHANNELS_MAX_BYTES,
      },
      definitions: {
        perTenant: set.LOOMCYCLE_DEFINITIONS_MAX_PER_TENANT,
        agentBytes: set.LOOMCYCLE_AGENT_DEF_MAX_DEFINITION_BYTES,
        codeBytes: set.LOOMCYCLE_AGENT_DEF_MAX_CODE_BYTES,
        descriptionBytes: set.LOOMCYCLE_AGENT_DEF_MAX_DESCRIPTION_BYTES,
        skillBodyBytes: set.LOOMCYCLE_SKILL_DEF_MAX_BODY_BYTES,
        skillDescriptionBytes: set.LOOMCYCLE_SKILL_DEF_MAX_DESCRIPTION_BYTES,
      },
      documents: {
        perScope: {
          documents: set.LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS,
          chunks: set.LOOMCYCLE_DOCUMENTS_MAX_SCOPE_CHUNKS,
          bytes: set.LOOMCYCLE_DOCUMENTS_MAX_SCOPE_BYTES,
        },
        perTenant: {
          documents: set.LOOMCYCLE_DOCUMENTS_MAX_TENANT_DOCUMENTS,
          chunks: set.LOOMCYCLE_DOCUMENTS_MAX_TENANT_CHUNKS,
          bytes: set.LOOMCYCLE_DOCUMENTS_MAX_TENANT_BYTES,
        },
      },
      sessions: {
        perUser: {
          sessions: set.LOOMCYCLE_SESSIONS_MAX_USER_SESSIONS,
          bytes: set.LOOMCYCLE_SESSIONS_MAX_USER_BYTES,
        },
        perTenant: {
          sessions: set.LOOMCYCLE_SESSIONS_MAX_TENANT_SESSIONS,
          bytes: set.LOOMCYCLE_SESSIONS_MAX_TENANT_BYTES,
        },
      },
      toolParallelism: set.LOOMCYCLE_TOOL_PARALLELISM,
      tree: {
        runs: set.LOOMCYCLE_TREE_MAX_RUNS,
        runsAtOnce: set.LOOMCYCLE_TREE_MAX_RUNS_AT_ONCE,
        modelCalls: set.LOOMCYCLE_TREE_MAX_MODEL_CALLS,
        tokens: set.LOOMCYCLE_TREE_MAX_TOKENS,
      },
      resultWindowShare: set.LOOMCYCLE_TOOL_RESULT_WINDOW_PCT,
      guessedWindow: set.LOOMCYCLE_GUESSED_WINDOW_TOKENS,
      maxIterations: 16,
      inputQueue: 16,
    },
    sqlMemory: {
      enabled: set.LOOMCYCLE_SQLMEM_ENABLED,
      root: set.LOOMCYCLE_SQLMEM_ROOT ?? '',
      dsn: set.LOOMCYCLE_SQLMEM_PG_DSN,
      quotaBytes: set.LOOMCYCLE_SQLMEM_QUOTA_BYTES,
      statementTimeoutMs: set.LOOMCYCLE_SQLMEM_STATEMENT_TIMEOUT_MS,
      maxRows: set.LOOMCYCLE_SQLMEM_MAX_ROWS,
      maxBytes: set.LOOMCYCLE_SQLMEM_MAX_BYTES,
      transactionTimeoutMs: set.LOOMCYCLE_SQLMEM_TXN_TIMEOUT_MS,
      maxOpenTransactions: set.LOOMCYCLE_SQLMEM_MAX_OPEN_TXNS,
      maxTransactionDepth: set.LOOMCYCLE_SQLMEM_MAX_TXN_DEPTH,
      audit: set.LOOMCYCLE_SQLMEM_AUDIT_MODE,
    },
    sqlSandbox: {
      maxTotalBytes: set.LOOMCYCLE_SQL_MAX_MEMORY_BYTES,
      snapshotMaxBytes: set.LOOMCYCLE_SQL_SNAPSHOT_MAX_BYTES,
    },
    shells: readShells(
      env,
      {
        bash: set.LOOMCYCLE_BASH_ENABLED,
        bashEnv: set.LOOMCYCLE_BASH_ALLOWED_ENV,
        bashbox: set.LOOMCYCLE_BASHBOX_ENABLED,
        hostCommands: set.LOOMCYCLE_BASHBOX_FALLBACK_COMMANDS,
        hostEnv: set.LOOMCYCLE_BASHBOX_FALLBACK_ALLOWED_ENV,
      },
      warnings,
    ),
    embedding: {
      voyageApiKey: set.VOYAGE_API_KEY,
      voyageBaseUrl: set.VOYAGE_BASE_URL,
      stub: set.LOOMCYCLE_EMBEDDER_STUB,
      timeoutMs: set.LOOMCYCLE_MEMORY_EMBED_TIMEOUT_MS,
      batchSize: set.LOOMCYCLE_MEMORY_EMBED_BATCH_SIZE,
    },
    timings: {
      sseKeepalive: set.LOOMCYCLE_SSE_KEEPALIVE_MS,
      disconnectGrace: set.LOOMCYCLE_DISCONNECT_GRACE_MS,
      shutdownGrace: 10_000,
      browserSessionAge: set.LOOMCYCLE_BROWSER_SESSION_DAYS * day,
      browserSessionIdle: set.LOOMCYCLE_BROWSER_SESSION_IDLE_DAYS * day,
      providerHeaderTimeout: set.LOOMCYCLE_PROVIDER_HEADER_TIMEOUT_MS,
      providerIdleTimeout: set.LOOMCYCLE_PROVIDER_IDLE_TIMEOUT_MS,
      localModelTimeout: set.LOOMCYCLE_LOCAL_MODEL_TIMEOUT_MS,
      resolveProbeInterval: set.LOOMCYCLE_RESOLVE_PROBE_INTERVAL_MS,
      providerPatience: set.LOOMCYCLE_PROVIDER_PATIENCE_MS,
      volumeSweep: set.LOOMCYCLE_EPHEMERAL_VOLUME_SWEEP_MS,
    },
    warnings,
  }
}

/** What they did is done by volumes; an agent whose folders are not what its operator thinks is worse than none. */
function refuseRemoved(env: Env) {
  const removed = ['LOOMCYCLE_READ_ROOT', 'LOOMCYCLE_WRITE_ROOT', 'LOOMCYCLE_BASH_CWD'].filter((name) => env[name])
  if (removed.length === 0) return
  throw new ConfigError(
    `${removed.join(', ')} ${removed.length > 1 ? 'are' : 'is'} not known any more; declare the folder under volumes in a configuration file, and unset it.`,
  )
}

function checkedToken(token: string | undefined, warnings: string[]): string | undefined {
  if (token === undefined) return undefined
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigError(
      'LOOMCYCLE_AUTH_TOKEN may hold only visible ASCII characters without spaces, because it travels in a header.',
    )
  }
  if (token.length < SAFE_TOKEN_LENGTH) {
    warnings.push(
      `LOOMCYCLE_AUTH_TOKEN has fewer than ${SAFE_TOKEN_LENGTH} characters and can be guessed; make one with "openssl rand -hex 32".`,
    )
  }
  return token
}

/** What sets a service up, as the variables that it names. */
export function serviceVariables({
  id,
  keyVariable,
  baseUrlVariable,
  needs,
  notes = {},
  numbers = {},
}: ServiceSettings): Settings {
  const who = `who uses ${id}`
  const key = needs === 'either' ? 'Key; a server that asks for none needs only its address.' : 'Key.'
  const base = needs === 'address' ? 'Address.' : 'Another address than the service’s own.'
  const noted = (about: string, variable: string) => [about, notes[variable]].filter(Boolean).join(' ')
  return {
    ...(keyVariable && { [keyVariable]: secret({ about: noted(key, keyVariable), who }) }),
    ...(baseUrlVariable && { [baseUrlVariable]: address({ about: noted(base, baseUrlVariable), who }) }),
    ...Object.fromEntries(
      Object.values(numbers).map(({ variable, about, ...range }) => [variable, optionalWhole(range, { about, who })]),
    ),
  }
}

/** Names of variables that hold what nobody may see. */
export function secretVariables(services: readonly ServiceSettings[]): string[] {
  const all = [...Object.values(variableGroups), ...services.map(serviceVariables)] as Settings[]
  return all.flatMap((settings) => Object.entries(settings).flatMap(([name, { isSecret }]) => (isSecret ? [name] : [])))
}

function readProviders(env: Env, services: readonly ServiceSettings[], warnings: string[]): ProviderSettings {
  const found = services.flatMap((service) => {
    const { id, keyVariable, baseUrlVariable, needs, numbers = {} } = service
    const set: Readonly<Record<string, unknown>> = readSettings({ service: serviceVariables(service) }, env)
    const apiKey = keyVariable && (set[keyVariable] as string | undefined)
    const baseUrl = baseUrlVariable && (set[baseUrlVariable] as string | undefined)
    if (baseUrl && !apiKey && needs === 'key') {
      warnings.push(`${baseUrlVariable} has no effect without ${keyVariable}; set the key as well.`)
    }
    const isSetUp = needs === 'either' ? apiKey || baseUrl : needs === 'key' ? apiKey : baseUrl
    const given = Object.entries(numbers).flatMap(([name, { variable }]) =>
      set[variable] ? [[name, set[variable]]] : [],
    )
    const access = { ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }), ...Object.fromEntries(given) }
    return isSetUp ? [[id, access] as const] : []
  })
  return Object.fromEntries(found)
}
