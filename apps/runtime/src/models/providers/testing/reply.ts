/** What the fake upstream answers to one request, misbehaviour included. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: string
  /** Bytes written at a time; all at once unless given. */
  chunkBytes?: number
  /** Destroys the socket after so many bytes of the body. */
  cutAt?: number
  /** Falls silent after so many bytes of the body, until released. */
  stallAt?: number
  /** Closes the connection without a word. */
  hangUp?: boolean
  /** Keeps even the headers back until released. */
  holdHeaders?: boolean
}

export function sseReply(body: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body }
}

export function statusReply(status: number, body: string | object, headers: Record<string, string> = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/plain' : 'application/json'
  return { status, headers: { 'content-type': type, ...headers }, body: text }
}

/** One turn of a model, in nobody's protocol; each wire knows how to say it. */
export interface FakeTurn {
  thinking?: string
  /** Of the thinking, where the service signs it. */
  signature?: string
  text?: string | string[]
  calls?: FakeCall[]
  /** In the service's own words; follows from the rest unless given. */
  stop?: string
  usage?: { input?: number; output?: number; cached?: number }
}

export interface FakeCall {
  id?: string
  name: string
  input?: unknown
  /** The arguments as text, in the pieces they arrive in; `input` in one piece unless given. */
  pieces?: string[]
}

export function textPieces(turn: FakeTurn): string[] {
  if (turn.text === undefined) return []
  return typeof turn.text === 'string' ? [turn.text] : turn.text
}

export function argumentPieces(call: FakeCall): string[] {
  return call.pieces ?? (call.input === undefined ? [] : [JSON.stringify(call.input)])
}
