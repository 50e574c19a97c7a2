import { errorFromResponse } from './error-from-response.ts'
import type { KeyedCallOptions } from './types.ts'

/** Values of a query string; undefined and empty ones are left out. */
export type Query = Record<string, string | number | undefined>

export interface RequestOptions {
  query?: Query
  /** Sent as JSON; no body where undefined. */
  body?: unknown
  headers?: Record<string, string>
  /** Default `application/json`; null for no such header. */
  accept?: string | null
  redirect?: RequestRedirect
  signal?: AbortSignal
}

/** The one way to the server: address, credentials and error classes in one place. */
export class Http {
  readonly #baseUrl: string
  readonly #authToken: string | undefined
  readonly #fetch: typeof fetch
  /** Told of what a server has left out. */
  readonly warn: (warning: string) => void

  constructor(
    baseUrl: string,
    authToken: string | undefined,
    fetchFn: typeof fetch,
    warn: (warning: string) => void = (warning) => console.warn(`loomcycle: ${warning}`),
  ) {
    this.warn = warn
    this.#baseUrl = baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl
    this.#authToken = authToken
    this.#fetch = fetchFn
  }

  url(path: string, query?: Query): string {
    return this.#baseUrl + path + queryString(query)
  }

  /** The raw answer, whatever its status. */
  send(method: string, path: string, opts: RequestOptions = {}): Promise<Response> {
    const headers: Record<string, string> = {}
    if (opts.accept !== null) headers.Accept = opts.accept ?? 'application/json'
    if (this.#authToken) headers.Authorization = `Bearer ${this.#authToken}`
    if (opts.body !== undefined) headers['Content-Type'] = 'application/json'
    Object.assign(headers, opts.headers)
    const init: RequestInit = { method, headers, signal: opts.signal }
    if (opts.body !== undefined) init.body = JSON.stringify(opts.body)
    if (opts.redirect) init.redirect = opts.redirect
    // A browser's own `fetch` refuses to be called as a method of anything but the window.
    const fetch = this.#fetch
    return fetch(this.url(path, opts.query), init)
  }

  /** The raw answer of a request that succeeded; any other becomes its typed error. */
  async ok(method: string, path: string, opts?: RequestOptions): Promise<Response> {
    const res = await this.send(method, path, opts)
    if (!res.ok) throw await errorFromResponse(res)
    return res
  }

  async get<T>(path: string, opts?: RequestOptions): Promise<T> {
    const res = await this.ok('GET', path, opts)
    return (await res.json()) as T
  }

  post<T>(path: string, body: unknown, opts?: RequestOptions): Promise<T> {
    return this.#write('POST', path, body, opts)
  }

  put<T>(path: string, body: unknown, opts?: RequestOptions): Promise<T> {
    return this.#write('PUT', path, body, opts)
  }

  patch<T>(path: string, body: unknown, opts?: RequestOptions): Promise<T> {
    return this.#write('PATCH', path, body, opts)
  }

  /** What the answer says is not read. */
  async delete(path: string, opts?: RequestOptions): Promise<void> {
    await this.ok('DELETE', path, opts)
  }

  async #write<T>(method: string, path: string, body: unknown, opts?: RequestOptions): Promise<T> {
    const res = await this.ok(method, path, { ...opts, body })
    return res.status === 204 ? (null as T) : ((await res.json()) as T)
  }
}

/** A path with its parameters encoded, slashes included: path`/v1/runs/${id}/input`. */
export function path(strings: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: strings }, ...values.map(toSegment))
}

/** However they are written, addresses lose segments of one or two dots on their way. */
function toSegment(value: string): string {
  if (value !== '.' && value !== '..') return encodeURIComponent(value)
  throw new Error(`"${value}" cannot be part of an address: it is only dots`)
}

function queryString(query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text && `?${text}`
}

/** Of a request that changes something: with a key it can be sent twice and counts once. */
export function keyed({ idempotencyKey, signal }: KeyedCallOptions): Pick<RequestOptions, 'headers' | 'signal'> {
  return { headers: idempotencyKey === undefined ? undefined : { 'Idempotency-Key': idempotencyKey }, signal }
}
