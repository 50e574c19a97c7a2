import { argumentPieces, type FakeTurn, type Reply, textPieces } from './reply.ts'

type Frame = Record<string, unknown>

function ollamaFrames(turn: FakeTurn): Frame[] {
  const { input = 10, output = 5 } = turn.usage ?? {}
  const messages: object[] = []
  if (turn.thinking !== undefined) messages.push({ content: '', thinking: turn.thinking })
  for (const content of textPieces(turn)) messages.push({ content })
  for (const call of turn.calls ?? []) {
    const made = { name: call.name, arguments: asObject(argumentPieces(call).join('')) }
    messages.push({ content: '', tool_calls: [{ ...(call.id ? { id: call.id } : {}), function: made }] })
  }
  return [
    ...messages.map((message) => ({ ...frame(message), done: false })),
    {
      ...frame({ content: '' }),
      done: true,
      done_reason: turn.stop ?? 'stop',
      total_duration: 5_000_000_000,
      load_duration: 1_000_000_000,
      // Of a prompt that was cached nothing is said.
      ...(input > 0 ? { prompt_eval_count: input } : {}),
      eval_count: output,
    },
  ]
}

export function ollamaLines(frames: readonly Frame[]): string {
  return frames.map((one) => `${JSON.stringify(one)}\n`).join('')
}

function lineReply(body: string): Reply {
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body }
}

export function ollamaTurn(turn: FakeTurn): Reply {
  return lineReply(ollamaLines(ollamaFrames(turn)))
}

export function ollamaText(text: string | string[]): Reply {
  return ollamaTurn({ text })
}

export function ollamaError(message: string) {
  return { error: message }
}

function frame(message: object): Frame {
  return { model: 'qwen3:14b', created_at: '2026-01-01T00:00:00.000Z', message: { role: 'assistant', ...message } }
}

/** As the server has them; what is no JSON stays the text that it is. */
function asObject(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
