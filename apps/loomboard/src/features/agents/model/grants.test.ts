import { expect, it } from 'vitest'
import { modelLine, modelWords } from './grants.ts'

it.each([
  [{}, 'It runs on whatever the runtime uses where nobody chooses.', 'Usual model'],
  [{ provider: 'openai' }, 'It runs on the usual model of openai.', 'openai'],
  [{ model: 'm', sampling: { top_p: 1 } }, 'It runs on m, of the runtime’s usual service; top p 1.', 'm'],
  [
    { tier: 'low', providers: ['ollama-local', 'openai'], effort: 'high' },
    'It runs on what is configured for the tier low, on ollama-local or openai alone, with high effort.',
    'Tier low',
  ],
  [{ provider: 'code-js' }, 'It is code, and no model is behind it.', 'code-js'],
])('%j says what an agent runs on', (agent, words, line) => {
  expect(modelWords(agent)).toBe(words)
  expect(modelLine(agent)).toBe(line)
})
