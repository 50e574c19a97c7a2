import type { RunnableAgent } from '@loomcycle/client'
import { expect, it } from 'vitest'
import { agentBeside, documentAgents } from './document-agent.ts'

const anAgent = (name: string, more: Partial<RunnableAgent> = {}): RunnableAgent => ({ name, source: 'own', ...more })

it('beside a document is the agent made for it, unless somebody chose another of those that change documents', () => {
  const choices = documentAgents([
    anAgent('assistant', { default: true, documents: true }),
    anAgent('demo'),
    anAgent('doc/manager', { documents: true }),
  ])
  expect(choices.map(({ name }) => name)).toEqual(['assistant', 'doc/manager'])
  expect(agentBeside(choices, '')?.name).toBe('doc/manager')
  expect(agentBeside(choices, 'assistant')?.name).toBe('assistant')
  expect(agentBeside(choices, 'demo')?.name).toBe('doc/manager')
  expect(agentBeside([anAgent('a'), anAgent('b', { default: true })], '')?.name).toBe('b')
  expect(agentBeside([], 'assistant')).toBeUndefined()
})
