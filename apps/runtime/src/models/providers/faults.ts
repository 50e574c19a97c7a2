import { isObject } from './tools/tool-input.ts'

/** What a service says went wrong. */
export interface Fault {
  cause: string
  /** Its own, or the one that its word for the fault stands for. */
  status?: number
}

/** Where services put their words, the most telling first. */
const WORDS = ['error', 'message', 'detail', 'msg', 'errors', 'error_description', 'title'] as const
const KINDS = ['code', 'type', 'status'] as const
const STATUSES = ['code', 'status', 'status_code', 'http_code'] as const
const MAX_DEPTH = 5

/** The fault in a service's JSON, of whatever shape; undefined where it tells of none. */
export function faultIn(value: unknown, depth = 0): Fault | undefined {
  if (depth > MAX_DEPTH) return undefined
  if (typeof value === 'string') return faultInText(value, depth)
  if (Array.isArray(value)) return first(value, (one) => faultIn(one, depth + 1))
  if (!isObject(value)) return undefined
  const inner = first(WORDS, (word) => faultIn(value[word], depth + 1)) ?? withoutWords(value, depth)
  if (inner === undefined) return undefined
  const status = statusOf(value) ?? inner.status ?? statusOfPhrase(inner.cause)
  return { cause: causeOf(value, inner.cause, depth), ...(status === undefined ? {} : { status }) }
}

/** An error that is nothing but its number. */
function withoutWords(value: Record<string, unknown>, depth: number): Fault | undefined {
  return depth > 0 && statusOf(value) !== undefined ? { cause: JSON.stringify(value) } : undefined
}

/** JSON is read through, since gateways hand on what they were told as a string; any other text is the cause itself. */
function faultInText(text: string, depth: number): Fault | undefined {
  const said = text.trim()
  if (said === '') return undefined
  if (!/^[[{"]/.test(said)) return { cause: said }
  try {
    return faultIn(JSON.parse(said), depth + 1) ?? { cause: said }
  } catch {
    return { cause: said }
  }
}

function causeOf(value: Record<string, unknown>, said: string, depth: number): string {
  const metadata = isObject(value.metadata) ? value.metadata : {}
  // OpenRouter's own words only say that somebody else failed.
  const behind = faultIn(metadata.raw, depth + 1)?.cause
  const cause = behind === undefined || said.includes(behind) ? said : `${said}: ${behind}`
  const where = Array.isArray(value.loc) ? `${value.loc.join('.')}: ` : ''
  const kind = KINDS.map((name) => value[name]).find((word) => typeof word === 'string' && isTelling(word, cause))
  // llama.cpp says beside its words how much is too much.
  const numbers =
    typeof value.n_ctx === 'number' ? ` n_prompt_tokens=${value.n_prompt_tokens} n_ctx=${value.n_ctx}` : ''
  return where + (kind ? `${cause} (${kind})` : cause) + numbers
}

function isTelling(word: string, cause: string): boolean {
  return word !== '' && word !== 'error' && !/^\d+$/.test(word) && !cause.includes(word)
}

const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  invalid_argument: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  unauthenticated: 401,
  invalid_api_key: 401,
  billing_error: 402,
  permission_error: 403,
  permission_denied: 403,
  not_found_error: 404,
  not_found: 404,
  model_not_found: 404,
  request_too_large: 413,
  insufficient_quota: 429,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  resource_exhausted: 429,
  api_error: 500,
  server_error: 500,
  internal: 500,
  unavailable: 503,
  deadline_exceeded: 504,
  timeout_error: 504,
  overloaded_error: 529,
}

function statusOf(value: Record<string, unknown>): number | undefined {
  const given = STATUSES.map((name) => Number(value[name])).find((status) => status >= 400 && status < 600)
  return given ?? first(KINDS, (name) => STATUS_OF[String(value[name]).toLowerCase()])
}

/** Web frameworks answer a refusal with nothing but the phrase. */
function statusOfPhrase(cause: string): number | undefined {
  if (/^(not authenticated|unauthori[sz]ed|invalid (api )?(key|token))\b/i.test(cause)) return 401
  return /^forbidden\b/i.test(cause) ? 403 : undefined
}

function first<T, U>(all: readonly T[], find: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}
