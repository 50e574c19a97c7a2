import { type ChatCompletionBody, endpoints, type RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type ChatEvent, chat } from '../../../areas/gateway/chat.ts'
import { embed } from '../../../areas/gateway/embed.ts'
import { getAskable, listAskable } from '../../../areas/gateway/model-names.ts'
import { fromNative } from '../../../areas/gateway/native/from-native.ts'
import { FrameWriter, nativeAnswer } from '../../../areas/gateway/native/to-native.ts'
import { fromOpenAiEmbeddings, written } from '../../../areas/gateway/openai/embeddings.ts'
import { fromOpenAi } from '../../../areas/gateway/openai/from-openai.ts'
import { ChunkWriter, completionOf } from '../../../areas/gateway/openai/to-openai.ts'
import { wholeChat } from '../../../areas/gateway/whole-chat.ts'
import type { AppContext } from '../../../context.ts'
import { toOpenAiError } from '../openai-error.ts'
import { addRoute, letGoOfBody } from '../route.ts'
import { type AnswerFrames, streamAnswer } from '../streams/answer-stream.ts'
import { isLarge, partsOf } from '../streams/large-answer.ts'

/** What of a request has no effect, beside the answer. */
const warningHeader = 'loomcycle-warning'
/** More often than proxies lose their patience. */
const mostKeepaliveMs = 15_000

/** Model services for programs. */
export function gatewayRoutes(app: FastifyInstance, ctx: AppContext) {
  const { authenticate, gateway, clock, telemetry, config } = ctx
  const keepaliveMs = Math.min(config.timings.sseKeepalive, mostKeepaliveMs)
  const stream = (reply: FastifyReply, events: AsyncGenerator<ChatEvent, void>, frames: AnswerFrames<ChatEvent>) =>
    streamAnswer(reply, events, frames, { clock, telemetry, keepaliveMs }, headersOfBeginning)

  addRoute(app, authenticate, endpoints.llmChat, async (call) => {
    const { caller, body, reply } = call
    const isStream = body.stream ?? false
    const events = chat(gateway, caller, fromNative(body))
    letGoOfBody(call)
    if (isStream) return stream(reply, events, nativeFrames())
    const answer = await wholeChat(events)
    reply.headers(headersOf(answer))
    return nativeAnswer(answer)
  })

  addRoute(app, authenticate, endpoints.createChatCompletion, async (call) => {
    const { caller, body, reply } = call
    const created = Math.floor(clock.now() / 1000)
    const isStream = body.stream ?? false
    const withUsage = wantsUsage(body)
    const events = chat(gateway, caller, fromOpenAi(body))
    letGoOfBody(call)
    if (isStream) return stream(reply, events, openAiFrames(new ChunkWriter(created, withUsage)))
    const answer = await wholeChat(events)
    reply.headers(headersOf(answer))
    return completionOf(answer, created)
  })

  addRoute(app, authenticate, endpoints.createEmbeddings, async (call) => {
    const { caller, body, reply } = call
    const format = body.encoding_format ?? 'float'
    const request = fromOpenAiEmbeddings(body)
    letGoOfBody(call)
    const { vectors, tokens, model, warnings } = await embed(gateway, caller, request)
    reply.headers(warned(warnings))
    const data = vectors.map((vector, index) => ({
      object: 'embedding' as const,
      embedding: written(vector, format),
      index,
    }))
    const answer = {
      object: 'list' as const,
      data,
      model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
      ...(warnings.length > 0 && { warnings: [...warnings] }),
    }
    return data.length > manyVectors || isLarge(answer) ? partsOf(answer) : answer
  })

  addRoute(app, authenticate, endpoints.listAskableModels, async () => ({
    object: 'list' as const,
    data: await listAskable(gateway),
  }))
  addRoute(app, authenticate, endpoints.getAskableModel, ({ params: { id } }) => getAskable(gateway, id))
}

/** Putting more of them into JSON in one step would hold everybody else up. */
const manyVectors = 32

function wantsUsage({ stream_options: options }: ChatCompletionBody): boolean {
  return (options as { include_usage?: unknown } | null | undefined)?.include_usage === true
}

function openAiFrames(writer: ChunkWriter): AnswerFrames<ChatEvent> {
  const frame = (data: object) => `data: ${JSON.stringify(data)}\n\n`
  return {
    of: (event) => writer.chunksOf(event).map(frame).join(''),
    failed: (error) => frame(toOpenAiError(error)),
    end: 'data: [DONE]\n\n',
  }
}

function nativeFrames(): AnswerFrames<ChatEvent> {
  const writer = new FrameWriter()
  const frame = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
  return {
    of: (event) =>
      writer
        .framesOf(event)
        .map(({ event: name, data }) => frame(name, data))
        .join(''),
    failed: ({ code, message }: RuntimeError) => frame('error', { type: 'error', code, message }),
    end: '',
  }
}

function headersOfBeginning(event: ChatEvent): Record<string, string> {
  return event.type === 'begun' ? headersOf(event) : {}
}

/** Libraries for OpenAI show the id of a request with what goes wrong. */
function headersOf({ id, warnings }: { id: string; warnings: readonly string[] }): Record<string, string> {
  return { 'x-request-id': id, ...warned(warnings) }
}

/** Headers hold no other letters. */
function warned(warnings: readonly string[]): Record<string, string> {
  return warnings.length === 0
    ? {}
    : {
        [warningHeader]: warnings
          .join('; ')
          .replace(/[^\x20-\x7e]/g, '?')
          .slice(0, 2000),
      }
}
