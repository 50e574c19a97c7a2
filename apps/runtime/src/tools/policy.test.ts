import { describe, expect, it } from 'vitest'
import { missingTools, toolsFor } from './policy.ts'
import { anAgent } from './testing/a-caller.ts'
import type { Tool } from './tool.ts'

const all = new Map(
  ['Context', 'Memory', 'mcp__git__log', 'mcp__git__show', 'mcp__web'].map((name) => [name, aTool(name)]),
)
const names = (...request: [Parameters<typeof anAgent>[0], string[]?]) => [
  ...toolsFor(anAgent(request[0]), all, request[1]).keys(),
]

describe('tools of a run', () => {
  it('are none but Context unless the agent lists them', () => {
    expect(names({ tools: [] })).toEqual(['Context'])
    expect(names({ tools: [], disableContext: true })).toEqual([])
    expect(names({ tools: ['Context'], disableContext: true })).toEqual(['Context'])
  })

  it('are those that the agent lists, by name or by prefix', () => {
    expect(names({ tools: ['mcp__git__*', 'Memory'] })).toEqual([
      'Context',
      'Memory',
      'mcp__git__log',
      'mcp__git__show',
    ])
    expect(names({ tools: ['mem*', 'Mem', '*emory'] })).toEqual(['Context'])
  })

  it('are narrowed by what the run asks for and never widened', () => {
    expect(names({ tools: ['mcp__git__*'] }, ['mcp__*', 'Memory'])).toEqual([
      'Context',
      'mcp__git__log',
      'mcp__git__show',
    ])
    expect(names({ tools: ['mcp__git__log'] }, ['*'])).toEqual(['Context', 'mcp__git__log'])
    expect(names({ tools: ['Memory'] }, [])).toEqual(['Context'])
  })

  it('that nobody has are told to the operator', () => {
    expect(missingTools(anAgent({ tools: ['Memory', 'mcp__*', 'Bash'] }), [...all.keys()])).toEqual([
      'Agent writer lists the tool Bash, which this runtime does not have.',
    ])
  })
})

function aTool(name: string): Tool {
  return {
    name,
    description: '',
    inputSchema: {},
    sideEffects: 'pure',
    isIdempotent: () => true,
    effectOf: () => 'reads',
    run: async () => ({ text: '' }),
  }
}
