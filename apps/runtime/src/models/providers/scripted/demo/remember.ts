import { failure, found, type Moment, type Scene } from './scene.ts'
import { cell, clipped, quoted, spokenTime } from './words.ts'

const heard =
  /^\W*(?:(?:please|can you|could you)\s+)*(?:remember|note|memori[sz]e|keep in mind|don['’]t forget)(?:\s+(?:that|this))?\b[\s:,]*(?<fact>\S[\s\S]*)/i

/** Keeps what was said, then reads it back the wrong way first: a call that fails and is put right is worth seeing. */
export const remember: Scene = {
  heard,
  turns: [
    (moment) => ({
      thinking: `Something to keep: ${quoted(factIn(moment))}. It is about the person, so it belongs into the scope "user", where it outlives this conversation. I would also like to know when this was, and that is a call of its own, so both can run at the same time.`,
      text: 'I will write that down, and look at the clock meanwhile.',
      tool_calls: [
        { name: 'Memory', input: { op: 'set', scope: 'user', key: keyFor(moment), value: factIn(moment) } },
        { name: 'Context', input: { op: 'time' } },
      ],
    }),
    (moment) => {
      const problem = failure(moment, 0)
      if (problem) return { text: `I could not keep it. The tool said: ${cell(problem)}.` }
      return {
        thinking:
          'Written. To be sure I read it back, and I make a mistake on purpose: there is no scope called "team". The tool will say so.',
        text: 'Kept. Now I read it back, and get it wrong the first time so that you see what happens then.',
        tool_calls: [{ name: 'Memory', input: { op: 'get', scope: 'team', key: keyFor(moment) } }],
      }
    },
    (moment) => {
      if (!wasKept(moment)) return { text: 'Tell me something else to remember.' }
      return {
        thinking: `The call failed: ${quoted(failure(moment, 2) ?? 'or rather, it did not', 120)}. An error is an answer too. It names the scopes that exist, so the same call with "user" should do.`,
        tool_calls: [{ name: 'Memory', input: { op: 'get', scope: 'user', key: keyFor(moment) } }],
      }
    },
    (moment) => ({ text: summary(moment) }),
  ],
}

function summary(moment: Moment): string {
  const time = spokenTime(found(moment, 1, 'now_rfc3339'))
  const kept = found(moment, 3, 'value')
  if (typeof kept !== 'string')
    return 'It should have been there, and it is not. Try again, and look at the cards above for why.'
  return `I will remember ${quoted(kept)}${time ? `, told to me at ${time}` : ''}.

What you just saw:

1. **Two calls at once**: one kept the fact under ${cell(keyFor(moment))}, one asked for the time.
2. **A call that failed**: ${cell(failure(moment, 2) ?? 'no error this time')}. The run went on; an agent is shown the error and can do better.
3. **The same call put right**, which brought back what I repeated above.

Stop the server, start it again, and ask \`what do you remember?\``
}

function wasKept(moment: Moment): boolean {
  return failure(moment, 0) === undefined
}

function factIn({ input }: Moment): string {
  const fact = heard.exec(input)?.groups?.fact ?? input
  return clipped(fact.trim(), 500)
}

function keyFor(moment: Moment): string {
  const words = factIn(moment)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `demo/notes/${clipped(words, 48) || 'note'}`
}
