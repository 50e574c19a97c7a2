import type { Scene } from './scene.ts'
import { addModelShort, thingsToSay } from './texts.ts'

export const abilities: Scene = {
  heard:
    /\bwhat (?:can|could|do) you (?:do|offer|know how)\b|^\W*(?:help|options|commands|menu)\W*$|^[^\w?]*\?\W*$|\bwhat (?:can|should|could) i (?:do|say|try|ask)\b|\bhelp me\b/i,
  turns: [
    () => ({
      thinking: 'A list answers this best. Everything on it is something I really do.',
      text: `I know a handful of scenes, and play the one that fits what you say:

${thingsToSay}

Also: \`tell me a story\`, \`forget everything\`, and \`how do I add a model?\`

You can write while I am still busy. Your message is taken in at my next step.

${addModelShort}`,
    }),
  ],
}
