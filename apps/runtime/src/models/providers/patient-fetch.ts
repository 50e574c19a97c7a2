import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

const KEEP_ALIVE_MS = 30_000

/** `fetch` gives a service up after five minutes, whatever its caller's patience; this waits until it is aborted. */
export const patientFetch: typeof fetch = async (url, init = {}) => {
  const { method = 'GET', body, headers, signal } = init
  const target = new URL(String(url))
  // Not at the start, which importing them makes longer: everything that fetch is made of comes along.
  const { request } = await (target.protocol === 'https:' ? import('node:https') : import('node:http'))
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const made = request(target, {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(signal && { signal }),
    })
    // A machine that is switched off in the middle of hours of silence says nothing of it.
    made.setSocketKeepAlive(true, KEEP_ALIVE_MS)
    made.on('response', resolve).on('error', reject).end(body)
  })
  const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const status = answer.statusCode ?? 500
  const isBare = [101, 204, 205, 304].includes(status)
  if (isBare) answer.resume()
  const { statusMessage: statusText = '' } = answer
  return new Response(isBare ? null : (Readable.toWeb(answer) as ReadableStream), {
    status,
    statusText,
    headers: pairs,
  })
}
