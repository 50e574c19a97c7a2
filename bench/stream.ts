import { Agent, type IncomingHttpHeaders, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

export interface StreamRequest {
  url: string
  method?: 'GET' | 'POST'
  headers?: IncomingHttpHeaders
  body?: unknown
}

export interface StreamTiming {
  /** From sending the request to the first chunk that holds the marker, in milliseconds. */
  firstAfter: number
  endedAfter: number
  text: string
}

/** Reads a stream to its end. Raw HTTP, since the load and what it measures share two cores. */
export function readStream(options: StreamRequest, marker?: string): Promise<StreamTiming> {
  const { url, method = 'GET', headers, body } = options
  const payload = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const started = performance.now()
    let firstAfter = Number.NaN
    let text = ''
    const sent = request(
      url,
      { agent, method, headers: { ...(payload && { 'content-type': 'application/json' }), ...headers } },
      (response) => {
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          if (marker && Number.isNaN(firstAfter) && text.includes(marker)) firstAfter = performance.now() - started
        })
        response.once('error', reject)
        response.once('end', () => {
          if (response.statusCode === 200) resolve({ firstAfter, endedAfter: performance.now() - started, text })
          else reject(new Error(`${method} ${url} answered ${response.statusCode}: ${text}`))
        })
      },
    )
    sent.once('error', reject)
    sent.end(payload)
  })
}

/** A request whose answer is small. */
export async function post(url: string, body: unknown): Promise<unknown> {
  const { text } = await readStream({ url, method: 'POST', body })
  return JSON.parse(text)
}
