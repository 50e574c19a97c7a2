import { found, type Moment, type Scene } from './scene.ts'
import { addModelShort, thingsToSay } from './texts.ts'
import { ordinal, spokenTime } from './words.ts'

export const hello: Scene = {
  heard:
    /^\W*(?:hi|hello|hey|howdy|hallo|moin|good (?:morning|afternoon|evening|day)|start|begin|test(?:ing)?)\b|\b(?:what|who) (?:is|are) (?:this|that|you|loomcycle|loomboard)\b|show me around|\btour\b|\bintroduce\b/i,
  turns: [
    () => ({
      thinking:
        'Somebody is here. Before I answer I would like to know two things: what time it is, and how often we have met. ' +
        'Neither needs the other, so I ask for both at once.\n\n' +
        'Reasoning like this is shown while it happens and folds away when the answer begins. Mine was written beforehand; a model’s is its own.',
      tool_calls: [
        { name: 'Context', input: { op: 'time' } },
        { name: 'Memory', input: { op: 'incr', scope: 'user', key: 'demo/hellos' } },
      ],
    }),
    (moment) => ({ text: greeting(moment) }),
  ],
}

function greeting(moment: Moment): string {
  const hellos = found(moment, 1, 'value')
  const again = typeof hellos === 'number' && hellos > 1
  return `## Hello${again ? ' again' : ''}!

I am **demo**, the agent that works without a model. I play from a script: every sentence I say was written beforehand. What happens around the sentences is real. ${realThings(moment)}

- **loomcycle** is the server behind this page. It runs agents, and stores everything they do before it shows it. Reload, open a second tab, stop the server and start it again: this conversation will be here.
- **Loomboard** is the page itself. You talk to agents in it and watch them think, call tools and answer.

${thingsToSay}

${addModelShort}`
}

function realThings(moment: Moment): string {
  const time = spokenTime(found(moment, 0, 'now_rfc3339'))
  const hellos = found(moment, 1, 'value')
  const told = [
    ...(time ? [`the clock says ${time}`] : []),
    ...(typeof hellos === 'number' ? [`my memory says this is your **${ordinal(hellos)}** hello`] : []),
  ]
  if (told.length === 0) return 'I even tried two tools, though neither is open to this run.'
  return `I just called two tools side by side: ${told.join(', and ')}.`
}
