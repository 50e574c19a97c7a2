import { argumentPieces, type FakeTurn, type Reply, sseReply, textPieces } from './reply.ts'

type Frame = { type: string; [member: string]: unknown }

export function anthropicFrames(turn: FakeTurn): Frame[] {
  const { input = 10, output = 5, cached = 0 } = turn.usage ?? {}
  const usage = { input_tokens: input, cache_creation_input_tokens: 0, cache_read_input_tokens: cached }
  const blocks: { start: object; deltas: object[] }[] = []
  if (turn.thinking !== undefined) {
    blocks.push({
      start: { type: 'thinking', thinking: '', signature: '' },
      deltas: [
        { type: 'thinking_delta', thinking: turn.thinking },
        { type: 'signature_delta', signature: turn.signature ?? 'c2lnbmVk' },
      ],
    })
  }
  const pieces = textPieces(turn)
  if (pieces.length > 0) {
    blocks.push({ start: { type: 'text', text: '' }, deltas: pieces.map((text) => ({ type: 'text_delta', text })) })
  }
  for (const [at, call] of (turn.calls ?? []).entries()) {
    blocks.push({
      start: { type: 'tool_use', id: call.id ?? `toolu_${at}`, name: call.name, input: {} },
      deltas: ['', ...argumentPieces(call)].map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    })
  }
  const stop_reason = turn.stop ?? (turn.calls?.length ? 'tool_use' : 'end_turn')
  return [
    { type: 'message_start', message: messageStart({ ...usage, output_tokens: 1 }) },
    ...blocks.flatMap(({ start, deltas }, index) => [
      { type: 'content_block_start', index, content_block: start },
      ...(index === 0 ? [{ type: 'ping' }] : []),
      ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { ...usage, output_tokens: output } },
    { type: 'message_stop' },
  ]
}

export function anthropicSse(frames: readonly Frame[]): string {
  return frames.map((frame) => `event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`).join('')
}

export function anthropicTurn(turn: FakeTurn): Reply {
  return sseReply(anthropicSse(anthropicFrames(turn)))
}

export function anthropicText(text: string | string[]): Reply {
  return anthropicTurn({ text })
}

export function anthropicToolCall(name: string, input?: unknown, id = 'toolu_01'): Reply {
  return anthropicTurn({ calls: [{ id, name, input }] })
}

export function anthropicError(type: string, message: string) {
  return { type: 'error', error: { type, message } }
}

function messageStart(usage: object) {
  return {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5-20250929',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  }
}
