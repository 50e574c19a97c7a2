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
  return [...conversation.matchAll(/<user>\n(.*?)\n<\/user>/gs)].flatMap(([, escaped = '']) => {
    const text = escaped.replaceAll('&lt;', '<')
    const earlier = /<summary>\n(.*)\n<\/summary>/s.exec(text)?.[1]
    return earlier === undefined ? [`- ${quoted(text)}`] : earlier.split('\n').filter((line) => line.startsWith('- '))
  })
}
