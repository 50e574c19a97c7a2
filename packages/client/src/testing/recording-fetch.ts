export interface RecordedRequest {
  url: string
  /** Path and query. */
  path: string
  method: string
  headers: Record<string, string>
  /** Parsed JSON body; undefined where there is none. */
  body: unknown
  signal: AbortSignal | undefined
}

export type Answer = (request: RecordedRequest, index: number) => Response | Promise<Response>

/** A `fetch` that answers from a function and keeps what it was asked. */
export function recordingFetch(answer: Answer): {
  fetch: typeof globalThis.fetch
  requests: RecordedRequest[]
} {
  const requests: RecordedRequest[] = []
  const fetch = async (url: string, init: RequestInit) => {
    const { pathname, search } = new URL(url)
    const request: RecordedRequest = {
      url,
      path: pathname + search,
      method: init.method ?? '',
      headers: init.headers as Record<string, string>,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      signal: init.signal ?? undefined,
    }
    request.signal?.throwIfAborted()
    requests.push(request)
    return answer(request, requests.length - 1)
  }
  return { fetch: fetch as typeof globalThis.fetch, requests }
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } })
}

export function plain(text: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } })
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** Items up to the failure, and the failure. */
export async function collectToFailure<T>(items: AsyncIterable<T>): Promise<{ items: T[]; failure: unknown }> {
  const list: T[] = []
  try {
    for await (const item of items) list.push(item)
  } catch (failure) {
    return { items: list, failure }
  }
  return { items: list, failure: undefined }
}
