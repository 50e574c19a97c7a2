import type { Scene } from './scene.ts'

export const thanks: Scene = {
  heard: /\b(?:thanks?|thank you|thx|cheers|great|nice|cool|bye|good ?bye)\b/i,
  turns: [
    () => ({
      text: 'You are welcome. I wait here at no cost: a conversation that waits is a row in a file, and goes on whenever you write, today or after the next restart.',
    }),
  ],
}
