const encoder = new TextEncoder()

export const session = frame('session', { text: 's_1', session_id: 's_1' })
export const agent = frame('agent', { agent_id: 'a_1', run_id: 'r_1', session_id: 's_1' })
export const keepalive = ': keepalive\n\n'

/** A frame as our server writes it: numbered when durable. */
export function frame(type: string, members: object = {}, seq?: number): string {
  const id = seq === undefined ? '' : `id: ${seq}\n`
  return `${id}event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`
}

/** A frame as older servers write it: no number, and no `type` in an `agent` frame. */
export function oldFrame(type: string, members: object = {}): string {
  const data = type === 'agent' ? members : { type, ...members }
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}

export const oldAgent = oldFrame('agent', { agent_id: 'a_1', run_id: 'r_1', session_id: 's_1' })

/** How a body ends: as it should, by a broken connection, or not at all. */
export type Ending = 'end' | 'break' | 'hang'

/** What a dropped connection looks like to a reader. */
export const broken = new TypeError('terminated')

type Chunk = string | Uint8Array | (() => string)

/** An event stream of these chunks, functions called when their turn comes; `onCancel` is told when the reader leaves. */
export function streamOf(chunks: Chunk[], ending: Ending = 'end', onCancel = () => {}): Response {
  const queue = [...chunks]
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = queue.shift()
        if (chunk !== undefined) controller.enqueue(toBytes(chunk))
        else if (ending === 'end') controller.close()
        else if (ending === 'break') controller.error(broken)
        else return new Promise<void>(() => {})
        return undefined
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
}

function toBytes(chunk: Chunk): Uint8Array {
  if (typeof chunk === 'function') return encoder.encode(chunk())
  return typeof chunk === 'string' ? encoder.encode(chunk) : chunk
}

/** The first bytes of a text, whether or not they end between two characters. */
export function firstBytes(text: string, at: number): Uint8Array {
  return encoder.encode(text).slice(0, at)
}

export function byteLength(text: string): number {
  return encoder.encode(text).length
}
