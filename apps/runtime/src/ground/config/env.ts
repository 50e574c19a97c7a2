import type { MockSettings } from '../../models/providers/mock/settings.ts'
import { type LogLevel, logLevels } from '../telemetry/telemetry.ts'
import {
  ConfigError,
  type Limits,
  type ListenAddress,
  type ProviderSettings,
  type SqlMemorySettings,
  type SqlSandboxSettings,
  type Timings,
} from './config.ts'
import { readListenAddress } from './listen-address.ts'
import type { ServiceSettings } from './model-services.ts'
import { checkTrustedProxies } from './trusted-proxies.ts'

/** What embedders need that is not in a file. */
export interface EmbeddingEnv {
  voyageApiKey?: string
  voyageBaseUrl?: string
  geminiApiKey?: string
  geminiBaseUrl?: string
  stub: boolean
  timeoutMs: number
  batchSize: number
}

export type Env = Readonly<Record<string, string | undefined>>

export interface EnvSettings {
  listen: ListenAddress
  dataDir: string
  uiDir?: string
  authToken?: string
  configFiles: string[]
  allowedHosts: string[]
  trustedProxies: string[]
  providers: ProviderSettings
  mock?: MockSettings
  /** Whether an Ollama on this machine may be used without being asked for. */
  detectOllama: boolean
  sample: boolean
  logLevel: LogLevel
  /** Whether a database is copied before it is upgraded. */
  upgradeCopy: boolean
  limits: Limits
  sqlMemory: SqlMemorySettings
  sqlSandbox: SqlSandboxSettings
  embedding: EmbeddingEnv
  timings: Timings
  warnings: string[]
}

const KiB = 1024
const MiB = 1024 * KiB
const GiB = 1024 * MiB
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Shorter tokens can be guessed by trying. */
const SAFE_TOKEN_LENGTH = 16

export function readEnv(env: Env, services: readonly ServiceSettings[]): EnvSettings {
  const warnings: string[] = []
  const authToken = readToken(env, warnings)
  return {
    listen: readListenAddress(text(env, 'LOOMCYCLE_LISTEN_ADDR') ?? '127.0.0.1:8787', authToken !== undefined),
    dataDir: text(env, 'LOOMCYCLE_DATA_DIR') ?? './data',
    uiDir: text(env, 'LOOMCYCLE_UI_DIR'),
    authToken,
    configFiles: list(env, 'LOOMCYCLE_CONFIG_FILES', ':'),
    allowedHosts: list(env, 'LOOMCYCLE_ALLOWED_HOSTS', ',').map((host) => host.toLowerCase()),
    trustedProxies: checkTrustedProxies(list(env, 'LOOMCYCLE_TRUSTED_PROXIES', ',')),
    providers: readProviders(env, services, warnings),
    mock: readMock(env),
    logLevel: oneOf(env, 'LOOMCYCLE_LOG_LEVEL', 'info', logLevels),
    sample: flag(env, 'LOOMCYCLE_SAMPLE', true),
    upgradeCopy: flag(env, 'LOOMCYCLE_UPGRADE_COPY', true),
    detectOllama: !flag(env, 'LOOMCYCLE_NO_DEFAULT_PROVIDERS', false),
    limits: {
      maxRequestBytes: number(env, 'LOOMCYCLE_MAX_REQUEST_BYTES', 16 * MiB, KiB, 1024 * MiB),
      requestBytesAtOnce: number(env, 'LOOMCYCLE_REQUEST_BYTES_AT_ONCE', 32 * MiB, MiB, 16 * 1024 * MiB),
      memoryMaxValueBytes: number(env, 'LOOMCYCLE_MEMORY_MAX_VALUE_BYTES', 64 * KiB, 1, 16 * MiB),
      memoryMaxScopeBytes: number(env, 'LOOMCYCLE_MEMORY_MAX_SCOPE_BYTES', MiB, 1, 1024 * MiB),
      channelMaxValueBytes: number(env, 'LOOMCYCLE_CHANNELS_MAX_VALUE_BYTES', 64 * KiB, 1, 16 * MiB),
      channelLongPollMs: number(env, 'LOOMCYCLE_CHANNELS_LONGPOLL_CAP_MS', 30_000, 0, hour),
      channelMaxDeferred: number(env, 'LOOMCYCLE_CHANNELS_MAX_PENDING_DEFERRED', 10_000, 1, 10_000_000),
      channels: {
        perTenant: quota(env, 'LOOMCYCLE_CHANNELS_MAX_PER_TENANT', 10_000),
        messages: quota(env, 'LOOMCYCLE_CHANNELS_MAX_MESSAGES', 1_000_000),
        bytes: quota(env, 'LOOMCYCLE_CHANNELS_MAX_BYTES', GiB),
      },
      documents: {
        perScope: {
          documents: quota(env, 'LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS', 100_000),
          chunks: quota(env, 'LOOMCYCLE_DOCUMENTS_MAX_SCOPE_CHUNKS', 2_000_000),
          bytes: quota(env, 'LOOMCYCLE_DOCUMENTS_MAX_SCOPE_BYTES', 8 * GiB),
        },
        perTenant: {
          documents: quota(env, 'LOOMCYCLE_DOCUMENTS_MAX_TENANT_DOCUMENTS', 1_000_000),
          chunks: quota(env, 'LOOMCYCLE_DOCUMENTS_MAX_TENANT_CHUNKS', 10_000_000),
          bytes: quota(env, 'LOOMCYCLE_DOCUMENTS_MAX_TENANT_BYTES', 32 * GiB),
        },
      },
      sessions: {
        perUser: {
          sessions: quota(env, 'LOOMCYCLE_SESSIONS_MAX_USER_SESSIONS', 1_000_000),
          bytes: quota(env, 'LOOMCYCLE_SESSIONS_MAX_USER_BYTES', 32 * GiB),
        },
        perTenant: {
          sessions: quota(env, 'LOOMCYCLE_SESSIONS_MAX_TENANT_SESSIONS', 10_000_000),
          bytes: quota(env, 'LOOMCYCLE_SESSIONS_MAX_TENANT_BYTES', 128 * GiB),
        },
      },
      toolParallelism: number(env, 'LOOMCYCLE_TOOL_PARALLELISM', 8, 1, 64),
      maxIterations: 16,
      inputQueue: 16,
    },
    sqlMemory: {
      enabled: flag(env, 'LOOMCYCLE_SQLMEM_ENABLED', true),
      root: text(env, 'LOOMCYCLE_SQLMEM_ROOT') ?? '',
      quotaBytes: number(env, 'LOOMCYCLE_SQLMEM_QUOTA_BYTES', 64 * MiB, 64 * KiB, 1024 * 1024 * MiB),
      statementTimeoutMs: number(env, 'LOOMCYCLE_SQLMEM_STATEMENT_TIMEOUT_MS', 30_000, 1, hour),
      maxRows: number(env, 'LOOMCYCLE_SQLMEM_MAX_ROWS', 10_000, 1, 1_000_000),
      maxBytes: number(env, 'LOOMCYCLE_SQLMEM_MAX_BYTES', MiB, KiB, 64 * MiB),
      transactionTimeoutMs: number(env, 'LOOMCYCLE_SQLMEM_TXN_TIMEOUT_MS', 30_000, 1, hour),
      maxOpenTransactions: number(env, 'LOOMCYCLE_SQLMEM_MAX_OPEN_TXNS', 16, 1, 1000),
      maxTransactionDepth: number(env, 'LOOMCYCLE_SQLMEM_MAX_TXN_DEPTH', 16, 1, 100),
      audit: oneOf(env, 'LOOMCYCLE_SQLMEM_AUDIT_MODE', 'full', ['full', 'metadata']),
    },
    sqlSandbox: {
      maxTotalBytes: number(env, 'LOOMCYCLE_SQL_MAX_MEMORY_BYTES', 768 * MiB, 64 * MiB, 1024 * 1024 * MiB),
      snapshotMaxBytes: number(env, 'LOOMCYCLE_SQL_SNAPSHOT_MAX_BYTES', 1024 * MiB, MiB, 1024 * 1024 * MiB),
    },
    embedding: {
      voyageApiKey: text(env, 'VOYAGE_API_KEY'),
      voyageBaseUrl: url(env, 'VOYAGE_BASE_URL'),
      geminiApiKey: text(env, 'GEMINI_API_KEY'),
      geminiBaseUrl: url(env, 'GEMINI_BASE_URL'),
      stub: flag(env, 'LOOMCYCLE_EMBEDDER_STUB', false),
      timeoutMs: number(env, 'LOOMCYCLE_MEMORY_EMBED_TIMEOUT_MS', 30_000, 1, hour),
      batchSize: number(env, 'LOOMCYCLE_MEMORY_EMBED_BATCH_SIZE', 100, 1, 2048),
    },
    timings: {
      sseKeepalive: numberOrOff(env, 'LOOMCYCLE_SSE_KEEPALIVE_MS', 20_000, 1000, 5 * minute),
      disconnectGrace: number(env, 'LOOMCYCLE_DISCONNECT_GRACE_MS', 2000, 0, hour),
      shutdownGrace: 10_000,
      browserSessionAge: number(env, 'LOOMCYCLE_BROWSER_SESSION_DAYS', 30, 1, 365) * day,
      browserSessionIdle: number(env, 'LOOMCYCLE_BROWSER_SESSION_IDLE_DAYS', 7, 1, 365) * day,
      providerHeaderTimeout: number(env, 'LOOMCYCLE_PROVIDER_HEADER_TIMEOUT_MS', minute, 1, hour),
      providerIdleTimeout: number(env, 'LOOMCYCLE_PROVIDER_IDLE_TIMEOUT_MS', 90_000, 1, hour),
    },
    warnings,
  }
}

function readToken(env: Env, warnings: string[]): string | undefined {
  const token = text(env, 'LOOMCYCLE_AUTH_TOKEN')
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

function readProviders(env: Env, services: readonly ServiceSettings[], warnings: string[]): ProviderSettings {
  const found = services.flatMap((service) => {
    const { id, keyVariable, baseUrlVariable, needs } = service
    const apiKey = keyVariable && text(env, keyVariable)
    const baseUrl = baseUrlVariable && url(env, baseUrlVariable)
    if (baseUrl && !apiKey && needs === 'key') {
      warnings.push(`${baseUrlVariable} has no effect without ${keyVariable}; set the key as well.`)
    }
    const isSetUp = needs === 'either' ? apiKey || baseUrl : needs === 'key' ? apiKey : baseUrl
    return isSetUp ? [[id, { ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }) }] as const] : []
  })
  return Object.fromEntries(found)
}

function readMock(env: Env): MockSettings | undefined {
  if (!flag(env, 'LOOMCYCLE_MOCK_ENABLED', false)) return undefined
  return {
    latencyMs: number(env, 'LOOMCYCLE_MOCK_LATENCY_MS', 50, 0, hour),
    latencyJitterMs: number(env, 'LOOMCYCLE_MOCK_LATENCY_JITTER_MS', 25, 0, hour),
    rate429: share(env, 'LOOMCYCLE_MOCK_429_RATE'),
    rate500: share(env, 'LOOMCYCLE_MOCK_500_RATE'),
  }
}

function oneOf<T extends string>(env: Env, name: string, preset: T, values: readonly T[]): T {
  const given = text(env, name) ?? preset
  const value = values.find((one) => one === given)
  if (value !== undefined) return value
  throw new ConfigError(`${name} is "${given}" but must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`)
}

function text(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

const flags: Record<string, boolean> = {
  ...{ '1': true, true: true, yes: true, on: true },
  ...{ '0': false, false: false, no: false, off: false },
}

function flag(env: Env, name: string, preset: boolean): boolean {
  const value = text(env, name)
  if (value === undefined) return preset
  const word = value.toLowerCase()
  if (Object.hasOwn(flags, word)) return flags[word]!
  throw new ConfigError(`${name} is "${value}" but must be 1, true, yes or on, or else 0, false, no or off.`)
}

function list(env: Env, name: string, separator: string): string[] {
  const items = text(env, name)?.split(separator) ?? []
  return items.map((item) => item.trim()).filter((item) => item !== '')
}

function number(env: Env, name: string, preset: number, min: number, max: number): number {
  const value = text(env, name)
  if (value === undefined) return preset
  const read = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (read >= min && read <= max) return read
  throw new ConfigError(`${name} is "${value}" but must be a whole number from ${min} to ${max}.`)
}

/** 0: no limit. */
function quota(env: Env, name: string, preset: number): number {
  return number(env, name, preset, 0, Number.MAX_SAFE_INTEGER)
}

function share(env: Env, name: string): number {
  const value = text(env, name)
  if (value === undefined) return 0
  const read = Number(value)
  if (read >= 0 && read <= 1) return read
  throw new ConfigError(`${name} is "${value}" but must be a number from 0 to 1.`)
}

function numberOrOff(env: Env, name: string, preset: number, min: number, max: number): number {
  if (Number(text(env, name) ?? Number.NaN) === 0) return 0
  const value = number(env, name, preset, 0, max)
  if (value >= min) return value
  throw new ConfigError(`${name} is "${value}" but must be a whole number from ${min} to ${max}, or 0 for off.`)
}

function url(env: Env, name: string): string | undefined {
  const value = text(env, name)
  if (value === undefined) return undefined
  const { protocol = '', username, password } = URL.parse(value) ?? {}
  if (!/^https?:$/.test(protocol)) {
    throw new ConfigError(`${name} must be an address that starts with http:// or https://.`)
  }
  if (username || password) {
    throw new ConfigError(`${name} must not hold a name or password; keys have variables of their own.`)
  }
  return value.replace(/(?<!\/)\/+$/, '')
}
