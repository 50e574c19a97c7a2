import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { anthropicError } from '../models/providers/testing/anthropic-wire.ts'
import { geminiError } from '../models/providers/testing/gemini-wire.ts'
import { ollamaError } from '../models/providers/testing/ollama-wire.ts'
import { openaiError } from '../models/providers/testing/openai-wire.ts'
import { type Reply, statusReply } from '../models/providers/testing/reply.ts'
import { validateAnthropic } from '../models/providers/testing/validate-anthropic.ts'
import { validateGemini } from '../models/providers/testing/validate-gemini.ts'
import { validateOllama } from '../models/providers/testing/validate-ollama.ts'
import { validateOpenAi } from '../models/providers/testing/validate-openai.ts'
import { validateResponses } from '../models/providers/testing/validate-responses.ts'

export { anthropicText, anthropicToolCall, anthropicTurn } from '../models/providers/testing/anthropic-wire.ts'
export { geminiText } from '../models/providers/testing/gemini-wire.ts'
export { ollamaText, ollamaTurn } from '../models/providers/testing/ollama-wire.ts'
export { openaiText, openaiToolCall, openaiTurn } from '../models/providers/testing/openai-wire.ts'
export { type Reply, sseReply, statusReply } from '../models/providers/testing/reply.ts'
export { getStream } from '../models/providers/testing/streams.ts'

export interface UpstreamRequest {
  path: string
  headers: Record<string, string | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies by name
  body: any
  /** The body as it came, digits and all. */
  text: string
}

export interface FakeUpstreamOptions {
  port?: number
  /** Played in order; or asked for each request. */
  script?: Reply[] | ((request: UpstreamRequest) => Reply)
  models?: string[]
  /** What it says of its models at other addresses of its own. */
  about?: Readonly<Record<string, unknown>>
}

export interface FakeUpstream {
  /** Base URL for each protocol. */
  readonly url: string
  /** Every request for a turn that came in, the refused ones too. */
  readonly requests: UpstreamRequest[]
  /** Resolves once so many requests have come in. */
  seen(count: number): Promise<void>
  /** How many connections were opened so far. */
  connections(): number
  enqueue(...replies: Reply[]): void
  /** Lets every reply that fell silent go on. */
  release(): void
  /** Resolves when a connection that was being answered has been closed from the other side. */
  hungUp(): Promise<void>
  close(): Promise<void>
}

/** A model service on a real port: speaks all protocols, refuses what the real ones refuse, misbehaves on request. */
export async function startFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const requests: UpstreamRequest[] = []
  const queue = Array.isArray(options.script) ? [...options.script] : []
  const ask = typeof options.script === 'function' ? options.script : undefined
  const held = new Set<() => void>()
  let arrived = Promise.withResolvers<void>()
  const hangUps = Promise.withResolvers<void>()

  const released = () => new Promise<void>((resolve) => held.add(resolve))

  const choose = (request: UpstreamRequest): Reply => {
    const { path } = request
    const refuse = refusals[path] ?? (path.startsWith('/v1beta/') ? refuseGemini : refuseOpenAi)
    const refusal = refuse(request)
    return refusal ?? queue.shift() ?? ask?.(request) ?? statusReply(500, 'the script has no reply left')
  }

  const server = createServer(async (incoming, response) => {
    response.on('close', () => {
      if (!response.writableFinished) hangUps.resolve()
    })
    const request = await readRequest(incoming)
    const said = aboutModels(request.path, options)
    if (said) return play(said, response, released)
    requests.push(request)
    arrived.resolve()
    arrived = Promise.withResolvers()
    await play(choose(request), response, released)
  })
  let connections = 0
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async seen(count) {
      while (requests.length < count) await arrived.promise
    },
    connections: () => connections,
    enqueue: (...replies) => queue.push(...replies),
    release() {
      for (const go of held) go()
      held.clear()
    },
    hungUp: () => hangUps.promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Undefined for what is no question about models. */
function aboutModels(path: string, { models = [], about = {} }: FakeUpstreamOptions): Reply | undefined {
  if (Object.hasOwn(about, path)) return statusReply(200, about[path] as object)
  if (/^\/v1\/models(\?|$)/.test(path)) return statusReply(200, { data: models.map((id) => ({ id, object: 'model' })) })
  if (/^\/v1beta\/models\?/.test(path))
    return statusReply(200, { models: models.map((id) => ({ name: `models/${id}` })) })
  if (path === '/api/tags')
    return statusReply(200, { models: models.map((name) => ({ name, model: name, size: 1e9 })) })
  return path !== '/api/chat' && /^\/(v1\/models|api|props)\b|^\/v1beta\/models\/[^:]*$/.test(path)
    ? statusReply(404, `unknown path ${path}`)
    : undefined
}

const refusals: Record<string, (request: UpstreamRequest) => Reply | undefined> = {
  '/v1/messages': refuseAnthropic,
  '/api/chat': refuseOllama,
}

function refuseOllama({ body }: UpstreamRequest): Reply | undefined {
  const complaint = validateOllama(body)
  return complaint === undefined ? undefined : statusReply(400, ollamaError(complaint))
}

function refuseAnthropic({ headers, body }: UpstreamRequest): Reply | undefined {
  const isToken = headers.authorization?.startsWith('Bearer ') && /\boauth-/.test(headers['anthropic-beta'] ?? '')
  if (!headers['x-api-key'] && !isToken)
    return statusReply(401, anthropicError('authentication_error', 'x-api-key required'))
  if (!headers['anthropic-version']) {
    return statusReply(400, anthropicError('invalid_request_error', 'anthropic-version: header is required'))
  }
  const complaint = validateAnthropic(body)
  return complaint === undefined ? undefined : statusReply(400, anthropicError('invalid_request_error', complaint))
}

function refuseGemini({ path, headers, body }: UpstreamRequest): Reply | undefined {
  const model = /^\/v1beta\/models\/([^/:]+):streamGenerateContent\?alt=sse$/.exec(path)?.[1]
  if (model === undefined) return statusReply(404, `unknown path ${path}`)
  if (!headers['x-goog-api-key']) return statusReply(403, geminiError(403, 'PERMISSION_DENIED', 'no API key'))
  const complaint = validateGemini(decodeURIComponent(model), body)
  return complaint === undefined ? undefined : statusReply(400, geminiError(400, 'INVALID_ARGUMENT', complaint))
}

function refuseOpenAi({ path, body }: UpstreamRequest): Reply | undefined {
  const validate = { '/v1/chat/completions': validateOpenAi, '/v1/responses': validateResponses }[path]
  if (validate === undefined) return statusReply(404, `unknown path ${path}`)
  const complaint = validate(body)
  return complaint === undefined ? undefined : statusReply(400, openaiError('invalid_request_error', complaint))
}

async function readRequest(incoming: IncomingMessage): Promise<UpstreamRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]))
  return { path: incoming.url ?? '/', headers, text, body: text === '' ? undefined : parseBody(text) }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function play(reply: Reply, response: ServerResponse, released: () => Promise<void>): Promise<void> {
  if (reply.hangUp) {
    response.socket?.destroy()
    return
  }
  if (reply.holdHeaders) await released()
  const bytes = Buffer.from(reply.body)
  const end = reply.cutAt ?? bytes.length
  response.writeHead(reply.status, reply.headers)
  response.flushHeaders()
  for (let at = 0; at < end; ) {
    if (reply.stallAt === at) await released()
    const stop = Math.min(end, at + (reply.chunkBytes ?? end), at < (reply.stallAt ?? 0) ? reply.stallAt! : end)
    await write(response, bytes.subarray(at, stop))
    if (response.destroyed) return
    at = stop
  }
  if (reply.stallAt !== undefined && reply.stallAt >= end) await released()
  if (reply.cutAt === undefined) response.end()
  else response.socket?.destroy()
}

/** Waits until the bytes are in the socket, so that chunks stay chunks and a cut comes after what was sent before it. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve()
    response.once('close', resolve)
    response.write(bytes, () => {
      response.off('close', resolve)
      resolve()
    })
  })
}
