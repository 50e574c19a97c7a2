import type { TurnEnding } from '../types.ts'

interface Words {
  says: string
  /** What helps: going on from there, or asking once more. */
  helps: 'continue' | 'again'
}

export const endingWords: Record<TurnEnding, Words> = {
  max_tokens: {
    says: 'Cut off at the answer limit, which the agent’s max_tokens or the model’s window sets.',
    helps: 'continue',
  },
  content_filter: { says: 'The service’s content filter ended this answer.', helps: 'again' },
  refusal: { says: 'The model declined to answer.', helps: 'again' },
  no_answer: { says: 'The model ended its turn without an answer.', helps: 'again' },
}

export function endingOf(stopReason: string | undefined): TurnEnding | undefined {
  return stopReason !== undefined && Object.hasOwn(endingWords, stopReason) ? (stopReason as TurnEnding) : undefined
}
