import { anyReason, edgeOf, type GraphState } from '@loomcycle/proto/teams'
import { conditionOf, reasonOf } from '../../../components/teams/edge-words.ts'

/** When a way out of a state is taken, as the beginning of a sentence that ends with where it leads. */
export function whenWords(on: string, { handler }: GraphState): { words: string; code?: string } {
  const isPerson = handler.kind === 'person'
  switch (edgeOf(on)?.kind) {
    case 'success':
      return { words: isPerson ? 'A person moves it on to' : 'When the work is done, on to' }
    case 'pushback': {
      const reason = reasonOf(on)
      const any = reason === anyReason
      if (isPerson)
        return any ? { words: 'A person sends it back to' } : { words: 'A person sends it back, for', code: reason }
      return any ? { words: 'Sent back for any other reason, to' } : { words: 'Sent back for', code: reason }
    }
    case 'conditional':
      return { words: isPerson ? 'A person may move it, if' : 'When the work is done and', code: conditionOf(on) }
    default:
      return { words: 'On', code: on }
  }
}
