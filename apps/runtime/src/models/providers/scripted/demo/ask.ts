import { failure, found, type Scene } from './scene.ts'
import { quoted } from './words.ts'

const drinks = ['Tea', 'Coffee', 'Water']

/** Asks the person, and waits for as long as it takes. */
export const ask: Scene = {
  heard: /\bask me\b|\b(?:have|got) (?:a|any) questions?\b/i,
  turns: [
    () => ({
      thinking: 'I am to ask something. A question suspends me: I leave memory until there is an answer.',
      text: 'I have a question for you. Take your time: until you answer I cost nothing, and you can restart the server meanwhile.',
      tool_calls: [
        {
          name: 'Interruption',
          input: {
            op: 'ask',
            question: 'What may I bring you?',
            options: drinks,
            context:
              'I am a script and cannot bring anything. The question is real though: it waits in the database, shows in every tab, and expires by itself after an hour.',
          },
        },
      ],
    }),
    (moment) => {
      const answer = found(moment, 0, 'answer')
      if (typeof answer === 'string')
        return { text: `${quoted(answer)} it is. The answer came back to me as the result of my call.` }
      return { text: `No answer, then. What I was told instead: ${quoted(failure(moment, 0) ?? 'nothing')}` }
    },
  ],
}
