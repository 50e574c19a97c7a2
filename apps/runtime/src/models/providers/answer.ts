import { type Fail, readable } from './failures.ts'
import { type Body, type Chunks, readText } from './http.ts'
import { createLineParser } from './lines.ts'
import { createSseParser, type SseMessage } from './sse.ts'

/** What a service answered: frames as they come, or one text. */
export type Answer = { kind: 'frames'; frames: AsyncGenerator<SseMessage, void> } | { kind: 'whole'; text: string }

/** How a service sends one frame after the other. */
export type Framing = 'events' | 'lines'

const MAX_WHOLE = 16 * 1024 * 1024
const MAX_HEAD = 4096

/** The first character tells which it is: servers, and what stands before them, mislabel it. */
export async function openAnswer(body: Body, framing: Framing, fail: Fail): Promise<Answer> {
  const chunks = body.chunks()
  const opening: Uint8Array[] = []
  const decoder = new TextDecoder()
  let head = ''
  while (head.trim() === '') {
    const { done, value } = await chunks.next()
    if (done) break
    opening.push(value)
    head += decoder.decode(value, { stream: true })
  }
  const all = withOpening(opening, chunks)
  const isWhole = framing === 'lines' ? /^\s*[[<"]/ : /^\s*[[{<"]/
  if (isWhole.test(head)) return { kind: 'whole', text: await readText(all, MAX_WHOLE) }
  if (framing === 'lines') return { kind: 'frames', frames: linesOf(all) }
  return { kind: 'frames', frames: framesOf(all, body.contentType, fail) }
}

async function* withOpening(opening: Uint8Array[], rest: Chunks): Chunks {
  try {
    yield* opening
    yield* rest
  } finally {
    await rest.return()
  }
}

async function* linesOf(chunks: Chunks): AsyncGenerator<SseMessage, void> {
  const parser = createLineParser()
  for await (const chunk of chunks) yield* parser.push(chunk)
  yield* parser.end()
}

async function* framesOf(chunks: Chunks, contentType: string, fail: Fail): AsyncGenerator<SseMessage, void> {
  const parser = createSseParser()
  const decoder = new TextDecoder()
  let head: string | undefined = ''
  for await (const chunk of chunks) {
    for (const frame of parser.push(chunk)) {
      head = undefined
      yield frame
    }
    if (head !== undefined && head.length < MAX_HEAD) head += decoder.decode(chunk, { stream: true })
  }
  for (const frame of parser.end()) {
    head = undefined
    yield frame
  }
  if (head !== undefined && !/^\s*(:|data|event|id|retry|$)/.test(head)) throw notAnAnswer(head, contentType, fail)
}

/** A page, or words of something that stands in between. */
export function notAnAnswer(text: string, contentType: string, fail: Fail) {
  return fail('permanent', `expected an event stream, got ${contentType || 'something else'}: ${readable(text)}`)
}
