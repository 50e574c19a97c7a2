import { type Clock, systemClock } from '../../ground/clock.ts'
import { classOfStatus, createFail, explanationIn, type Fail, maySoonPass, transportCause } from './failures.ts'
import { patientFetch } from './patient-fetch.ts'
import type { ProviderFailure } from './provider.ts'
import { retryAfterMs } from './retry-after.ts'
import { spentIn } from './spent.ts'

export interface HttpDeps {
  fetch?: typeof fetch
  clock?: Clock
  /** Longest wait for the response headers. */
  headerTimeoutMs?: number
  /** Longest silence between two chunks of a body. */
  idleTimeoutMs?: number
  /** Either, where the model runs on somebody's own machine. */
  localTimeoutMs?: number
}

export interface ServiceAddress {
  /** The provider's id, as error texts name it. */
  id: string
  baseUrl: string
  headers: Record<string, string>
  /** Never appears in an error, even when the service repeats it. */
  secret?: string
  /** Of other headers; the same goes for them. */
  otherSecrets?: readonly string[]
  /** The setting that holds the secret, for whoever has to correct it. */
  keyVariable?: string
  /** The model runs on somebody's own machine: it may have to be loaded, and it reads slowly. */
  isLocal?: boolean
  /** How long it may take there, where it has settings of its own for that. */
  patience?: Patience
}

export interface Patience {
  /** As for all models of that kind unless given. */
  headerTimeoutMs?: number
  idleTimeoutMs?: number
  /** Which setting to change, for whoever reads that it was not enough. */
  settings: { header: string; idle: string }
}

export interface HttpClient {
  readonly fail: Fail
  /** The body of a 2xx answer. Throws `ProviderFailure`. */
  post(path: string, body: unknown, signal: AbortSignal): Promise<Body>
  /** With a body it is posted. */
  getJson(path: string, signal: AbortSignal, body?: unknown): Promise<unknown>
}

export type Chunks = AsyncGenerator<Uint8Array, void>

export interface Body {
  readonly contentType: string
  /** The chunks as they arrive. Rejects with a `ProviderFailure`; leaving the loop early lets go of the connection. */
  chunks(): Chunks
}

const HEADER_TIMEOUT_MS = 60_000
const IDLE_TIMEOUT_MS = 90_000
const LOCAL_TIMEOUT_MS = 300_000
/** A little below what `fetch` itself allows. */
const LONG_MS = 290_000
const DRAIN_MS = 1_000
/** Came along when a key was copied: a line break, a quotation mark, a space of no width. */
const UNSENDABLE = /[^\t -~\u0080-\u00ff]/
const MAX_ERROR_BYTES = 64 * 1024
const MAX_JSON_BYTES = 16 * 1024 * 1024

export function createHttpClient(address: ServiceAddress, deps: HttpDeps = {}): HttpClient {
  const { clock = systemClock } = deps
  const { headerTimeoutMs, idleTimeoutMs, settings } = patienceWith(address, deps)
  const keyAdvice = address.keyVariable ? ` — set ${address.keyVariable} to a valid key and start again` : ''
  const fetchIt = deps.fetch ?? (Math.max(headerTimeoutMs, idleTimeoutMs) > LONG_MS ? patientFetch : fetch)
  const fail = createFail(address.id, address.secret, ...(address.otherSecrets ?? []))
  const base = serviceUrl(address)

  async function request(path: string, init: RequestInit, signal: AbortSignal): Promise<Answer> {
    const attempt = startAttempt(signal, clock, address.isLocal ?? false)
    const failed = (error: unknown) => attempt.failure(error, fail, base.host)
    if (Object.values(address.headers).some((value) => UNSENDABLE.test(value))) {
      attempt.close()
      throw fail('permanent', `its key or another header has a character in it that cannot be sent${keyAdvice}`)
    }
    if (signal.aborted) {
      attempt.close()
      throw failed(signal.reason)
    }
    const disarm = attempt.arm(
      headerTimeoutMs,
      `no answer from ${base.host} within ${headerTimeoutMs / 1000} s; ${settings.header}`,
    )
    try {
      const response = await fetchIt(base.to(path), {
        ...init,
        headers: { ...address.headers, ...(init.headers as Record<string, string> | undefined) },
        signal: attempt.signal,
        // A service has no business sending a request that carries a key somewhere else.
        redirect: 'manual',
      })
      return { response, body: openBody(response, attempt, failed) }
    } catch (error) {
      attempt.close()
      throw failed(error)
    } finally {
      disarm()
    }
  }

  function openBody(response: Response, attempt: Attempt, failed: (error: unknown) => ProviderFailure): Body {
    async function* chunks(): Chunks {
      const reader = response.body?.getReader()
      if (reader === undefined) return attempt.close()
      const silence = `no data from ${base.host} for ${idleTimeoutMs / 1000} s; ${settings.idle}`
      let ended = false
      try {
        for (;;) {
          const disarm = attempt.arm(idleTimeoutMs, silence)
          const { done, value } = await reader.read().finally(disarm)
          if (done) {
            ended = true
            return
          }
          yield value
        }
      } catch (error) {
        ended = true
        attempt.abort()
        throw failed(error)
      } finally {
        attempt.close()
        if (!ended) void letGo(reader, attempt)
      }
    }
    return { contentType: response.headers.get('content-type') ?? '', chunks }
  }

  /** Reading what little is left after the last event keeps the connection usable for the next turn. */
  async function letGo(reader: ReadableStreamDefaultReader<Uint8Array>, attempt: Attempt): Promise<void> {
    const disarm = clock.after(DRAIN_MS, attempt.abort)
    if (attempt.cancelled()) attempt.abort()
    try {
      while (!(await reader.read()).done);
    } catch {
      // Nobody is waiting for these bytes.
    } finally {
      disarm()
    }
  }

  async function failureOf({ response, body }: Answer): Promise<ProviderFailure> {
    const text = await readText(body.chunks(), MAX_ERROR_BYTES).catch((error: ProviderFailure) => error)
    if (text instanceof Error && text.failureClass === 'cancelled') return text
    const { status } = response
    if (status >= 300 && status < 400) {
      const target = response.headers.get('location') ?? 'nowhere'
      return fail('permanent', `${base.host} redirects to ${target}, which is not followed`, status)
    }
    const cause = text instanceof Error ? '' : text
    const said = explanationIn(cause) || response.statusText || 'no explanation given'
    const asked = retryAfterMs(response.headers, cause, clock.now())
    const spent = spentIn(status, cause, clock.now(), asked)
    if (spent) return fail('retryable', `${spent.why}: ${said}`, status, spent.hints)
    const advice = status === 401 || saysKeyIsWrong(cause) ? keyAdvice : ''
    return fail(classOfStatus(status, cause), said + advice, status, asked === undefined ? {} : { retryAfterMs: asked })
  }

  return {
    fail,
    async post(path, body, signal) {
      const answer = await request(path, posted(body), signal)
      if (!answer.response.ok) throw await failureOf(answer)
      return answer.body
    },
    async getJson(path, signal, body) {
      const answer = await request(path, body === undefined ? { method: 'GET' } : posted(body), signal)
      if (!answer.response.ok) throw await failureOf(answer)
      const text = await readText(answer.body.chunks(), MAX_JSON_BYTES)
      try {
        return JSON.parse(text)
      } catch {
        throw fail('permanent', `expected JSON from ${base.host}${base.pathname}, got: ${text}`)
      }
    },
  }
}

interface Answer {
  response: Response
  body: Body
}

/** One exchange: what may end it, and why it ended. */
interface Attempt {
  readonly signal: AbortSignal
  arm(ms: number, cause: string): () => void
  abort(): void
  cancelled(): boolean
  close(): void
  failure(error: unknown, fail: Fail, host: string): ProviderFailure
}

function patienceWith({ isLocal, patience }: ServiceAddress, deps: HttpDeps): Required<Patience> {
  const { headerTimeoutMs = HEADER_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS } = deps
  if (!isLocal) {
    const header = 'LOOMCYCLE_PROVIDER_HEADER_TIMEOUT_MS allows more'
    return {
      headerTimeoutMs,
      idleTimeoutMs,
      settings: { header, idle: 'LOOMCYCLE_PROVIDER_IDLE_TIMEOUT_MS allows more' },
    }
  }
  const { localTimeoutMs = LOCAL_TIMEOUT_MS } = deps
  const usual = 'LOOMCYCLE_LOCAL_MODEL_TIMEOUT_MS'
  const { header, idle } = patience?.settings ?? { header: usual, idle: usual }
  const larger = (setting: string) => `a model that loads or reads for longer needs a larger ${setting}`
  return {
    headerTimeoutMs: patience?.headerTimeoutMs ?? localTimeoutMs,
    idleTimeoutMs: patience?.idleTimeoutMs ?? localTimeoutMs,
    settings: { header: larger(header), idle: larger(idle) },
  }
}

function startAttempt(outer: AbortSignal, clock: Clock, isLocal: boolean): Attempt {
  const controller = new AbortController()
  let expired: string | undefined
  const abort = () => controller.abort()
  outer.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    arm: (ms, cause) =>
      clock.after(ms, () => {
        expired = cause
        abort()
      }),
    abort,
    cancelled: () => outer.aborted,
    close: () => outer.removeEventListener('abort', abort),
    failure(error, fail, host) {
      if (outer.aborted) return fail('cancelled', isTimeout(outer.reason) ? `${host} took too long` : 'cancelled')
      // A local model that is asked again begins to read from the start, and would be no faster.
      if (expired !== undefined) return fail('retryable', expired, undefined, isLocal ? { final: true } : {})
      // `fetch` refuses what it cannot send (a header with a line break, say) without a cause; asking again will not help.
      if (error instanceof TypeError && error.cause === undefined && error.message !== 'terminated') {
        return fail('permanent', `the request could not be sent: ${error.message}`)
      }
      return fail('retryable', transportCause(error, host), undefined, { unreachable: maySoonPass(error) })
    },
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

export async function readText(chunks: Chunks, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true })
    if ((size += chunk.length) >= maxBytes) break
  }
  return text
}

function posted(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: toJson(body) }
}

/** Services answer 400 to half a surrogate pair, and a text cut by length can end in one. */
function toJson(body: unknown): string {
  return JSON.stringify(body, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value))
}

/** Google's way, with the status of a request that is malformed. */
function saysKeyIsWrong(body: string): boolean {
  return body.includes('API_KEY_INVALID')
}

function serviceUrl({ id, baseUrl }: ServiceAddress): { to(path: string): string; host: string; pathname: string } {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new Error(`${id}: the base URL is not an http(s) URL`)
  if (url.username || url.password) throw new Error(`${id}: the base URL must not hold credentials`)
  const pathname = url.pathname.replace(/(?<!\/)\/+$/, '')
  const to = (path: string) => {
    const target = url.origin + pathname + path
    if (url.search === '') return target
    // As Azure's `api-version`, which belongs to each request.
    return `${target}${path.includes('?') ? '&' : '?'}${url.search.slice(1)}`
  }
  return { to, host: url.host, pathname }
}
