import type { Scene } from './scene.ts'
import { quoted } from './words.ts'

/** Asked by the runtime, which makes room in the context. */
export const summary: Scene = {
  heard: /^<conversation>\n.*<\/conversation>/s,
  turns: [
    ({ input }) => ({
      text: `What the person has said so far:\n${[...new Set(saidIn(input))].join('\n') || '- nothing yet'}`,
      pace: { chunk_chars: 2000, delay_ms: 0 },
    }),
  ],
}

function saidIn(conversation: string): string[] {
  const [, ...turns] = conversation.split('<user>\n')
  return turns.flatMap((turn) => {
    const [escaped = ''] = turn.split('\n</user>', 1)
    const text = escaped.replaceAll('&lt;', '<')
    const earlier = text.split('<summary>\n', 2)[1]?.split('\n</summary>', 1)[0]
    return earlier === undefined ? [`- ${quoted(text)}`] : earlier.split('\n').filter((line) => line.startsWith('- '))
  })
}
