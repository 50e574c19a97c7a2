import type { Scene } from './scene.ts'

export const fail: Scene = {
  heard:
    /^\W*(?:(?:please|now|can you|could you|show me|make|an?|it)\s+)*(?:fail(?:ure)?|error|crash|break)\W*(?:please\W*)?$/i,
  turns: [
    () => ({
      thinking:
        'You asked for a failure. It will look like a model service that breaks off in the middle of a sentence.',
      text: 'Here is the beginning of an answer that will not be',
      error: { message: 'you asked for a failure and this is it; write anything to go on' },
    }),
  ],
}
