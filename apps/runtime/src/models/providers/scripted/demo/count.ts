import type { Scene } from './scene.ts'

const numbers = Array.from({ length: 60 }, (_, index) => index + 1)

export const count: Scene = {
  heard: /\bcount\b|\bslow(?:ly)?\b/i,
  turns: [
    () => ({
      thinking: 'Slowly, then.',
      text: `Counting to sixty. Stop me, reload the page, or open it in a second tab; I do not lose count.\n\n${numbers.join(' ')}\n\nDone.`,
      pace: { chunk_chars: 2, delay_ms: 250 },
    }),
  ],
}
