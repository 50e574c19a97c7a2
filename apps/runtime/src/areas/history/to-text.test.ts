import { expect, it } from 'vitest'
import { ConversationText } from './to-text.ts'

it('what is fenced may have very many backticks', () => {
  const input = { text: '` '.repeat(300_000) }
  const payload = JSON.stringify({ type: 'tool_call', tool_use: { id: 'c', name: 'A', input } })
  const text = new ConversationText('agent', 'markdown').add({ type: 'tool_call', payload } as never)
  expect(text).toContain(`\n\n\`\`\`\n{"text"`)
})
