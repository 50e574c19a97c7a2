import { argumentPieces, type FakeTurn, type Reply, sseReply, textPieces } from './reply.ts'

type Frame = { type: string; [member: string]: unknown }
type Item = Record<string, unknown>

/** A turn as OpenAI’s Responses tell it. */
export function responsesFrames(turn: FakeTurn): Frame[] {
  const { input = 10, output = 5, cached = 0 } = turn.usage ?? {}
  const pieces = textPieces(turn)
  const items: { item: Item; deltas: Frame[] }[] = []
  if (turn.thinking !== undefined) {
    const summary = [{ type: 'summary_text', text: turn.thinking }]
    const deltas = [
      { type: 'response.reasoning_summary_part.added', summary_index: 0 },
      { type: 'response.reasoning_summary_text.delta', summary_index: 0, delta: turn.thinking },
    ]
    const encrypted_content = turn.signature ?? 'gAAAAAsealed'
    items.push({ item: { type: 'reasoning', id: 'rs_1', summary, encrypted_content }, deltas })
  }
  if (pieces.length > 0) {
    const content = [{ type: 'output_text', text: pieces.join(''), annotations: [] }]
    const deltas = pieces.map((delta) => ({ type: 'response.output_text.delta', content_index: 0, delta }))
    items.push({ item: { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content }, deltas })
  }
  for (const [at, call] of (turn.calls ?? []).entries()) {
    const written = argumentPieces(call)
    const deltas = written.map((delta) => ({ type: 'response.function_call_arguments.delta', delta }))
    const call_id = call.id ?? `call_${at}`
    const item = { type: 'function_call', id: `fc_${at}`, call_id, name: call.name, arguments: written.join('') }
    items.push({ item, deltas })
  }
  const response = {
    id: 'resp_1',
    object: 'response',
    model: 'gpt-5.1-2025-11-13',
    status: turn.stop === undefined ? 'completed' : 'incomplete',
    incomplete_details: turn.stop === undefined ? null : { reason: turn.stop },
    error: null,
    output: items.map(({ item }) => item),
    usage: {
      input_tokens: input + cached,
      input_tokens_details: { cached_tokens: cached },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + cached + output,
    },
  }
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
    ...items.flatMap(({ item, deltas }, output_index) => [
      { type: 'response.output_item.added', output_index, item: begun(item) },
      ...deltas.map((delta) => ({ ...delta, output_index })),
      { type: 'response.output_item.done', output_index, item },
    ]),
    { type: `response.${response.status}`, response },
  ]
}

export function responsesSse(frames: readonly Frame[]): string {
  const numbered = frames.map((frame, sequence_number) => ({ ...frame, sequence_number }))
  return numbered.map((frame) => `event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`).join('')
}

export function responsesTurn(turn: FakeTurn): Reply {
  return sseReply(responsesSse(responsesFrames(turn)))
}

/** Before anything of it has been said. */
function begun(item: Item): Item {
  const { summary, content, arguments: _, encrypted_content: __, ...rest } = item
  return {
    ...rest,
    ...(summary ? { summary: [] } : {}),
    ...(content ? { content: [] } : {}),
    ...(item.type === 'function_call' ? { arguments: '' } : {}),
  }
}
