import { ConfigError, type Limits, type ListenAddress, type ProviderSettings, type Timings } from './config.ts'
import { readListenAddress } from './listen-address.ts'

export type Env = Readonly<Record<string, string | undefined>>

export interface EnvSettings {
  listen: ListenAddress
  dataDir: string
  uiDir?: string
  authToken?: string
  configFiles: string[]
  allowedHosts: string[]
  providers: ProviderSettings
  /** Whether an Ollama on this machine may be used without being asked for. */
  detectOllama: boolean
  limits: Limits
  timings: Timings
  warnings: string[]
}

const KiB = 1024
const MiB = 1024 * KiB
const minute = 60_000
const hour = 60 * minute

/** Shorter tokens can be guessed by trying. */
const SAFE_TOKEN_LENGTH = 16

export function readEnv(env: Env): EnvSettings {
  const warnings: string[] = []
  const authToken = readToken(env, warnings)
  return {
    listen: readListenAddress(text(env, 'LOOMCYCLE_LISTEN_ADDR') ?? '127.0.0.1:8787', authToken !== undefined),
    dataDir: text(env, 'LOOMCYCLE_DATA_DIR') ?? './data',
    uiDir: text(env, 'LOOMCYCLE_UI_DIR'),
    authToken,
    configFiles: list(env, 'LOOMCYCLE_CONFIG_FILES', ':'),
    allowedHosts: list(env, 'LOOMCYCLE_ALLOWED_HOSTS', ',').map((host) => host.toLowerCase()),
    providers: readProviders(env, warnings),
    detectOllama: text(env, 'LOOMCYCLE_NO_DEFAULT_PROVIDERS') !== '1',
    limits: {
      maxRequestBytes: number(env, 'LOOMCYCLE_MAX_REQUEST_BYTES', 16 * MiB, KiB, 1024 * MiB),
      memoryMaxValueBytes: number(env, 'LOOMCYCLE_MEMORY_MAX_VALUE_BYTES', 64 * KiB, 1, 16 * MiB),
      memoryMaxScopeBytes: number(env, 'LOOMCYCLE_MEMORY_MAX_SCOPE_BYTES', MiB, 1, 1024 * MiB),
      toolParallelism: number(env, 'LOOMCYCLE_TOOL_PARALLELISM', 8, 1, 64),
      maxIterations: 16,
      inputQueue: 16,
    },
    timings: {
      sseKeepalive: numberOrOff(env, 'LOOMCYCLE_SSE_KEEPALIVE_MS', 20_000, 1000, 5 * minute),
      disconnectGrace: number(env, 'LOOMCYCLE_DISCONNECT_GRACE_MS', 2000, 0, hour),
      shutdownGrace: 10_000,
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

function readProviders(env: Env, warnings: string[]): ProviderSettings {
  const anthropic = text(env, 'ANTHROPIC_API_KEY')
  const openai = text(env, 'OPENAI_API_KEY')
  const deepseek = text(env, 'DEEPSEEK_API_KEY')
  const anthropicUrl = url(env, 'ANTHROPIC_BASE_URL')
  const openaiUrl = url(env, 'OPENAI_BASE_URL')
  const deepseekUrl = url(env, 'DEEPSEEK_BASE_URL')
  const ollamaUrl = url(env, 'OLLAMA_BASE_URL')
  if (anthropicUrl && !anthropic) warnings.push(withoutKey('ANTHROPIC'))
  if (deepseekUrl && !deepseek) warnings.push(withoutKey('DEEPSEEK'))
  return {
    ...(anthropic && { anthropic: { apiKey: anthropic, baseUrl: anthropicUrl } }),
    // Servers that speak OpenAI's protocol often ask for no key.
    ...((openai || openaiUrl) && { openai: { apiKey: openai, baseUrl: openaiUrl } }),
    ...(deepseek && { deepseek: { apiKey: deepseek, baseUrl: deepseekUrl } }),
    ...(ollamaUrl && { ollama: { baseUrl: ollamaUrl } }),
  }
}

function withoutKey(service: string): string {
  return `${service}_BASE_URL has no effect without ${service}_API_KEY; set the key as well.`
}

function text(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined
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

function numberOrOff(env: Env, name: string, preset: number, min: number, max: number): number {
  if (Number(text(env, name) ?? Number.NaN) === 0) return 0
  const value = number(env, name, preset, 0, max)
  if (value >= min) return value
  throw new ConfigError(`${name} is "${value}" but must be a whole number from ${min} to ${max}, or 0 for off.`)
}

function url(env: Env, name: string): string | undefined {
  const value = text(env, name)
  if (value === undefined) return undefined
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new ConfigError(`${name} must be an address that starts with http:// or https://.`)
  }
  return value.replace(/\/+$/, '')
}
