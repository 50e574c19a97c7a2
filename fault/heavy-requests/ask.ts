import { request } from 'node:http'

export interface Heavy {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  /** JSON. */
  body?: string | Buffer
}

export interface Answer {
  status: number
  /** The code of a refusal. */
  code: string | undefined
  bytes: number
  /** Of a large answer, only the end. */
  end: string
}

const silenceMs = 300_000

/** On a connection of its own; the answer is read to its end and forgotten. */
export function ask(url: string, { method = 'GET', path, body }: Heavy): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const headers = { 'content-type': 'application/json', ...length }
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, code: undefined, bytes: 0, end: error.message })
    const sent = request(`${url}${path}`, { agent: false, method, headers }, (response) => {
      let bytes = 0
      let end: Buffer = Buffer.alloc(0)
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        end = chunk.subarray(-300)
      })
      response.once('error', failed)
      response.once('end', () => {
        const code = response.headers['loomcycle-error'] as string | undefined
        resolve({ status: response.statusCode ?? 0, code, bytes, end: end.toString() })
      })
    })
    sent.once('error', failed)
    sent.setTimeout(silenceMs, () => sent.destroy(new Error('nothing came for five minutes')))
    sent.end(body)
  })
}
