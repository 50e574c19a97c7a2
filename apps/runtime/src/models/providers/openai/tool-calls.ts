import { isObject, parseToolInput } from '../tool-input.ts'

export interface ToolCall {
  id: string
  name: string
  input: Record<string, unknown> | string
}

export interface ToolCalls {
  add(deltas: unknown): void
  /** In the order they began. */
  all(): ToolCall[]
}

interface Pending {
  id: string
  name: string
  pieces: string[]
}

/**
 * Puts tool calls together from their deltas. The index says which call a delta belongs to, but services also leave it
 * out, repeat the id in each delta, send no id, or give every call index 0 with an id of its own.
 */
export function createToolCalls(): ToolCalls {
  const calls: Pending[] = []
  const byIndex = new Map<number, Pending>()

  const addOne = (delta: Record<string, unknown>) => {
    const made = isObject(delta.function) ? delta.function : {}
    const id = string(delta.id)
    const name = string(made.name)
    const known = typeof delta.index === 'number' ? byIndex.get(delta.index) : calls.at(-1)
    let call = known
    if (call === undefined || beginsAnother(call, id, name)) {
      call = { id: '', name: '', pieces: [] }
      calls.push(call)
      if (typeof delta.index === 'number') byIndex.set(delta.index, call)
    }
    call.id ||= id
    call.name ||= name
    const piece = isObject(made.arguments) ? JSON.stringify(made.arguments) : string(made.arguments)
    if (piece !== '') call.pieces.push(piece)
  }

  return {
    add(deltas) {
      if (Array.isArray(deltas)) for (const delta of deltas) if (isObject(delta)) addOne(delta)
    },
    all() {
      const seen = new Set<string>()
      return calls.map(({ id, name, pieces }) => {
        const repeated = seen.has(id)
        seen.add(id)
        return { id: repeated ? '' : id, name, input: parseToolInput(pieces.join('')) }
      })
    },
  }
}

function beginsAnother(call: Pending, id: string, name: string): boolean {
  if (id !== '' && call.id !== '') return id !== call.id
  // Without ids, a name after complete arguments is the only sign of a second call.
  return name !== '' && call.pieces.length > 0 && typeof parseToolInput(call.pieces.join('')) !== 'string'
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
