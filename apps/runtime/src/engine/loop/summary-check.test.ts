import { expect, it } from 'vitest'
import { problemWithSummary } from './summary-check.ts'

const summary = 'The user wants a launch plan for June; the draft is in plans/june, and the date is still open.'

it.each([
  [summary, 'end_turn', 5000, undefined],
  ['S1', 'end_turn', 1, undefined],
  ['', 'end_turn', 5000, 'empty'],
  [summary, 'max_tokens', 5000, 'cut'],
  [summary, 'refusal', 5000, 'refused'],
  ['', 'content_filter', 5000, 'refused'],
  ['I can’t help with that.', 'end_turn', 5000, 'refused'],
  ["I'm sorry, but I can't assist with that request.", 'end_turn', 5000, 'refused'],
  ['Sorry, I cannot continue with this conversation.', 'end_turn', 5000, 'refused'],
  [summary, 'paused', 5000, 'cut'],
  [summary, 'stop_sequence', 5000, undefined],
  ['Could you please provide the conversation you would like me to summarise?', 'end_turn', 5000, 'refused'],
  ['Sure, please share the conversation, and I will sum it up.', 'end_turn', 5000, 'refused'],
  ['It looks like there is no conversation to sum up.', 'end_turn', 5000, 'refused'],
  ['I don’t see any conversation here.', 'end_turn', 5000, 'refused'],
  [`Please send the invoices first, the user said. ${summary.repeat(5)}`, 'end_turn', 5000, undefined],
  [`I cannot tell yet whether the date holds. ${summary.repeat(5)}`, 'end_turn', 5000, undefined],
  [summary.repeat(20), 'end_turn', 400, 'long'],
  [summary.repeat(20), 'end_turn', 5000, undefined],
] as const)('%s (%s, in place of %d tokens) is found %s', (text, stopReason, tokens, problem) => {
  expect(problemWithSummary({ text, stopReason }, tokens)).toBe(problem)
})
