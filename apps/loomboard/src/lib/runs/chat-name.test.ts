import { expect, it } from 'vitest'
import { chatName } from './chat-name.ts'

it.each([
  ['Plain words', 'Plain words'],
  ['Read this Attached file "notes.txt": secret contents…', 'Read this'],
  ['Please read what is attached. Attached file "a b.pdf": words', 'a b.pdf'],
  ['Attached file "cut off in the mid…', 'cut off in the mid…'],
  ['see [the plan](/docs/plan) Attached file "a": b', 'see the plan'],
  ['what is an Attached file', 'what is an Attached file'],
  ['', ''],
])('%j is called %j', (title, name) => {
  expect(chatName(title)).toBe(name)
})
