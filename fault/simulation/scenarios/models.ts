import { momentOf } from '../../../apps/runtime/src/models/providers/scripted/moment.ts'
import type {
  ScriptedCall,
  ScriptedModel,
  ScriptedTurn,
} from '../../../apps/runtime/src/models/providers/scripted/turn.ts'

/** What a model says to what was said last, turn by turn; to anything else it says that it heard it. */
export function scripted(scenes: Record<string, readonly ScriptedTurn[]>): ScriptedModel {
  return (request) => {
    if (request.system.some(({ text }) => text.startsWith('You write summaries'))) return { text: 'It was summed up.' }
    const { input, turn } = momentOf(request)
    return scenes[input]?.[turn] ?? { text: `I heard: ${input}` }
  }
}

export function call(name: string, input: unknown = {}): ScriptedCall {
  return { name, input }
}

export function incr(key: string): ScriptedCall {
  return call('Memory', { op: 'incr', scope: 'user', key })
}
