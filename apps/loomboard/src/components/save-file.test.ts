import { expect, it } from 'vitest'
import { fileName } from './save-file.ts'

it.each([
  ['Café au lait: a plan?', 'café-au-lait-a-plan'],
  ['  ../../etc/passwd  ', 'etc-passwd'],
  ['안녕 세상', '안녕-세상'],
  ['हिन्दी में', 'हिन्दी-में'],
  ['🎉🎉', 'chat'],
  ['', 'chat'],
  ['CON', 'chat-con'],
  [`${'long '.repeat(30)}`, 'long-long-long-long-long-long-long-long-long-long-long-long'],
])('%j is the file %s', (title, name) => {
  expect(fileName(title, 'chat')).toBe(name)
})
