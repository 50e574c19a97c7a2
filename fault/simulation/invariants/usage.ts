import { type Aftermath, eventsOf } from '../aftermath.ts'

interface Sum {
  calls: number
  tokens: number
}

/** What is counted of model calls is what the logs tell of them, each once. */
export function* usageComplaints(after: Aftermath): Generator<string> {
  const none = { calls: 0, tokens: 0 }
  const ofRuns = after.usage.reduce(added, none)
  const [ofDays = none] = after.usageOfDays
  if (inWords(ofRuns) !== inWords(ofDays)) yield `runs took ${inWords(ofRuns)}, and days ${inWords(ofDays)}`
  for (const { id } of after.runs) {
    const events = eventsOf(after, id).map(({ event }) => event)
    const told = events
      .flatMap((event) => (event.type === 'usage' ? [event.usage] : []))
      .map(({ input_tokens, output_tokens }) => ({ calls: 1, tokens: input_tokens + output_tokens }))
      .reduce(added, none)
    const counted = after.usage.find(({ run_id }) => run_id === id) ?? none
    // A summary is counted when it is there, and told when it is of use.
    const isSummedUp = events.some(({ type }) => type === 'context_compaction')
    const isRight = isSummedUp ? counted.calls > told.calls : inWords(counted) === inWords(told)
    if (!isRight) yield `${id} tells of ${inWords(told)}, and ${inWords(counted)} are counted`
  }
}

function added(sum: Sum, { calls, tokens }: Sum): Sum {
  return { calls: sum.calls + calls, tokens: sum.tokens + tokens }
}

function inWords({ calls, tokens }: Sum): string {
  return `${tokens} tokens in ${calls} calls`
}
