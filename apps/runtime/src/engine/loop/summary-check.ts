import { tokensOf } from './tokens.ts'

export type SummaryProblem = 'empty' | 'refused' | 'cut' | 'long'

/** Longer texts are about something, whatever they begin with. */
const longestRefusal = 400
const refusals =
  /^(?:i[’']m sorry|i am sorry|sorry|i apologi[sz]e|unfortunately)?[\s,.!–—-]*(?:but )?(?:i (?:can[’']?t|cannot|can not|won[’']t|am unable to|am not able to)|i[’']m (?:unable|not able) to|as an ai\b|es tut mir leid|je ne peux pas|no puedo)/i

/** What was to be summed up was not seen, or taken for something that is still to come. */
const asksForIt =
  /^(?:sure[,!.] |certainly[,!.] |of course[,!.] )?(?:(?:could|can|would) you (?:please )?(?:provide|share|paste|send)|please (?:provide|share|paste|send) (?:me )?(?:the|your|a)|(?:it (?:seems|looks|appears)[^.\n]{0,40} )?there(?:[’']s| is) no (?:prior )?conversation|i (?:do not|don[’']t) see (?:a|any|the) conversation)/i

const wholeEnds: ReadonlySet<string> = new Set(['end_turn', 'stop_sequence'])

/** Why a summary cannot stand for what it was made of; undefined where it can. */
export function problemWithSummary(
  { text, stopReason }: { text: string; stopReason: string },
  tokensReplaced: number,
): SummaryProblem | undefined {
  if (stopReason === 'refusal' || stopReason === 'content_filter') return 'refused'
  if (text === '') return 'empty'
  if (!wholeEnds.has(stopReason)) return 'cut'
  if (text.length <= longestRefusal && (refusals.test(text) || asksForIt.test(text))) return 'refused'
  return tokensOf(text) >= Math.max(tokensReplaced, leastTokens) ? 'long' : undefined
}

/** Of what is shorter than this nothing is gained by a shorter text. */
const leastTokens = 200
