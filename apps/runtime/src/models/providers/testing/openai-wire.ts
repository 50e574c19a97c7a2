import { argumentPieces, type FakeTurn, type Reply, sseReply, textPieces } from './reply.ts'

type Frame = Record<string, unknown>

export function openaiFrames(turn: FakeTurn): Frame[] {
  const { input = 10, output = 5, cached = 0 } = turn.usage ?? {}
  const deltas: object[] = [{ role: 'assistant', content: '' }]
  if (turn.thinking !== undefined) deltas.push({ content: null, reasoning_content: turn.thinking })
  for (const content of textPieces(turn)) deltas.push({ content })
  for (const [index, call] of (turn.calls ?? []).entries()) {
    const named = { index, id: call.id ?? `call_${index}`, type: 'function' }
    deltas.push({ tool_calls: [{ ...named, function: { name: call.name, arguments: '' } }] })
    for (const piece of argumentPieces(call)) {
      deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] })
    }
  }
  const finish_reason = turn.stop ?? (turn.calls?.length ? 'tool_calls' : 'stop')
  const usage = {
    prompt_tokens: input + cached,
    completion_tokens: output,
    total_tokens: input + cached + output,
    prompt_tokens_details: { cached_tokens: cached },
  }
  return [
    ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason }]),
    { ...chunk([]), usage },
  ]
}

export function openaiSse(frames: readonly Frame[]): string {
  return [...frames.map((frame) => JSON.stringify(frame)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')
}

export function openaiTurn(turn: FakeTurn): Reply {
  return sseReply(openaiSse(openaiFrames(turn)))
}

export function openaiText(text: string | string[]): Reply {
  return openaiTurn({ text })
}

export function openaiToolCall(name: string, input?: unknown, id = 'call_01'): Reply {
  return openaiTurn({ calls: [{ id, name, input }] })
}

export function openaiError(type: string, message: string) {
  return { error: { message, type, param: null, code: null } }
}

function chunk(choices: object[]): Frame {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1770000000,
    model: 'gpt-4.1',
    choices,
    usage: null,
  }
}
