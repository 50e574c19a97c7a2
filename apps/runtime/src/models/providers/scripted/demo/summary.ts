import type { Scene } from './scene.ts'
import { quoted } from './words.ts'

/** Asked by the runtime, which makes room in the context. */
export const summary: Scene = {
  heard: /^<conversation[\w-]*>\n.*<\/conversation/s,
  turns: [
    ({ input }) => ({
      text: `What the person has said so far:\n${[...new Set(saidIn(input))].join('\n') || '- nothing yet'}`,
      pace: { chunk_chars: 2000, delay_ms: 0 },
    }),
  ],
}

function saidIn(conversation: string): string[] {
  const mark = /^<conversation([\w-]*)>/.exec(conversation)?.[1] ?? ''
  const [, ...turns] = conversation.split(`<user${mark}>\n`)
  return turns.flatMap((turn) => {
    const [text = ''] = turn.split(`\n</user${mark}>`, 1)
    const earlier = /<summary[\w-]*>\n/.exec(text)
    if (!earlier) return [`- ${quoted(text)}`]
    const summary = text.slice(earlier.index).split('\n</summary', 1)[0] ?? ''
    return summary.split('\n').filter((line) => line.startsWith('- '))
  })
}
