import { isObject, parseToolInput } from '../tools/tool-input.ts'
import { Arguments } from './arguments.ts'

export interface ToolCall {
  id: string
  name: string
  input: Record<string, unknown> | string
  /** What goes back with it. */
  extra?: Record<string, unknown>
}

export interface ToolCalls {
  add(delta: unknown): void
  /** In the order they began. */
  all(): ToolCall[]
}

interface Pending {
  index: number | undefined
  id: string
  name: string
  extra?: Record<string, unknown>
  written: Arguments
  /** It has the index and the name of a call that was whole: without arguments it is what some say at the end of that. */
  isAgain: boolean
}

type Delta = Omit<Pending, 'written' | 'isAgain' | 'extra'> & { piece: string }

/**
 * Puts tool calls together from their deltas. The index says which call a delta belongs to, but services also leave it
 * out, give every call index 0, send no id or a new one with each delta, and say again at the end what they had said.
 */
export function createToolCalls(): ToolCalls {
  const calls: Pending[] = []
  /** The latest with that index, and the first with that id. */
  const byIndex = new Map<number, Pending>()
  const byId = new Map<string, Pending>()

  const find = (index: number | undefined, id: string): Pending | undefined =>
    index !== undefined ? byIndex.get(index) : (byId.get(id) ?? calls.at(-1))

  const nameId = (call: Pending) => {
    if (call.id !== '' && !byId.has(call.id)) byId.set(call.id, call)
  }

  return {
    add(delta) {
      if (!isObject(delta)) return
      const made = isObject(delta.function) ? delta.function : delta
      const next: Delta = {
        index: indexOf(delta.index),
        id: string(delta.id),
        name: string(made.name),
        piece: isObject(made.arguments) ? JSON.stringify(made.arguments) : string(made.arguments),
      }
      let call = find(next.index, next.id)
      if (call === undefined || beginsAnother(call, next)) {
        const { index, id, name } = next
        const isAgain = call !== undefined && index !== undefined && name === call.name
        call = { index, id, name, written: new Arguments(), isAgain }
        calls.push(call)
        if (next.index !== undefined) byIndex.set(next.index, call)
      } else {
        call.id ||= next.id
        call.name = joinedName(call.name, next.name)
      }
      if (isObject(delta.extra_content)) call.extra = delta.extra_content
      call.written.add(next.piece)
      nameId(call)
    },
    all() {
      const seen = new Set<string>()
      // What has no name calls nothing: an entry that some services add at the end.
      return calls.flatMap(({ id, name, written, extra, isAgain }) => {
        if (name === '' || (isAgain && written.length === 0)) return []
        const repeated = seen.has(id)
        seen.add(id)
        return [{ id: repeated ? '' : id, name, input: inputOf(written.pieces), ...(extra && { extra }) }]
      })
    },
  }
}

/** Only a delta with a name can: continuations have none, or repeat it. */
function beginsAnother(call: Pending, next: Delta): boolean {
  if (next.name === '' || call.name === '') return false
  const { written } = call
  const sameId = next.id !== '' && next.id === call.id
  const otherId = next.id !== '' && call.id !== '' && !sameId
  if (next.name !== call.name) return !sameId || written.length > 0
  if (otherId && next.index === undefined) return true
  if (sameId || written.length === 0 || !written.isWhole) return false
  return next.piece === '' ? otherId : !written.is(next.piece)
}

/** Names are repeated, or come in pieces of their own. */
function joinedName(name: string, next: string): string {
  return next.startsWith(name) ? next : name + (next === name ? '' : next)
}

/** The pieces joined, unless a service said everything again: at the end, or with each piece. */
function inputOf(given: readonly string[]): ToolCall['input'] {
  const pieces = given.filter((piece) => piece !== '')
  const joined = parseToolInput(pieces.join(''))
  if (typeof joined !== 'string' || pieces.length < 2) return joined
  const last = pieces.at(-1)!
  const readings = [
    // Some begin with an empty object and then write the real one.
    ...(pieces[0] === '{}' ? [pieces.slice(1).join('')] : []),
    ...(pieces.slice(0, -1).join('') === last || pieces.every((piece) => last.startsWith(piece)) ? [last] : []),
    ...(pieces.every((piece) => piece === pieces[0]) ? [last] : []),
  ]
  return readings.map(parseToolInput).find((input) => typeof input !== 'string') ?? joined
}

function indexOf(value: unknown): number | undefined {
  const index = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof index === 'number' && Number.isInteger(index) ? index : undefined
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
