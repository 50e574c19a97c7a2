import type { Scene } from './scene.ts'
import { addModelShort, thingsToSay } from './texts.ts'
import { quoted } from './words.ts'

export const fallback: Scene = {
  heard: /(?:)/,
  turns: [
    ({ input }) => ({
      thinking: 'Nothing in my script answers this. Better to say so than to pretend.',
      text: `You wrote ${quoted(input)}, and my script has nothing for that. I only know what somebody wrote down for me:

${thingsToSay}

For real answers you want a real model. ${addModelShort}`,
    }),
  ],
}
