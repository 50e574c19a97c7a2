import { argumentPieces, type FakeCall, type FakeTurn, type Reply, sseReply, textPieces } from './reply.ts'

type Frame = Record<string, unknown>
type Part = Record<string, unknown>

export function geminiFrames(turn: FakeTurn): Frame[] {
  const { input = 10, output = 5, cached = 0 } = turn.usage ?? {}
  const thoughts = turn.thinking === undefined ? 0 : Math.floor(output / 2)
  const usageMetadata = {
    promptTokenCount: input + cached,
    cachedContentTokenCount: cached,
    candidatesTokenCount: output - thoughts,
    thoughtsTokenCount: thoughts,
    totalTokenCount: input + cached + output,
  }
  const signature = turn.thinking === undefined ? {} : { thoughtSignature: turn.signature ?? 'c2lnbmVk' }
  const calls = (turn.calls ?? []).map((call, at) => ({ functionCall: toCall(call), ...(at === 0 ? signature : {}) }))
  const parts: Part[] = [
    ...(turn.thinking === undefined ? [] : [{ text: turn.thinking, thought: true }]),
    ...textPieces(turn).map((text) => ({ text })),
    ...calls,
  ]
  // Where nothing is called, the signature comes with the last part, which may be empty.
  const last = { text: '', ...(calls.length === 0 ? signature : {}) }
  return [
    ...parts.map((part) => frame([{ content: { parts: [part], role: 'model' }, index: 0 }], usageMetadata)),
    frame([{ content: { parts: [last], role: 'model' }, finishReason: turn.stop ?? 'STOP', index: 0 }], usageMetadata),
  ]
}

export function geminiSse(frames: readonly Frame[]): string {
  return frames.map((data) => `data: ${JSON.stringify(data)}\n\n`).join('')
}

export function geminiTurn(turn: FakeTurn): Reply {
  return sseReply(geminiSse(geminiFrames(turn)))
}

export function geminiText(text: string | string[]): Reply {
  return geminiTurn({ text })
}

export function geminiError(code: number, status: string, message: string) {
  return { error: { code, message, status } }
}

/** A call comes whole; what is no object comes as the text it is. */
function toCall(call: FakeCall) {
  const written = argumentPieces(call).join('')
  return { ...(call.id ? { id: call.id } : {}), name: call.name, ...(written === '' ? {} : { args: read(written) }) }
}

function read(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return written
  }
}

function frame(candidates: object[], usageMetadata: object): Frame {
  return { candidates, usageMetadata, modelVersion: 'gemini-2.5-flash', responseId: 'made-by-hand' }
}
