import type { ChannelScope, ChannelSemantic } from '@loomcycle/proto'

export interface Declaration {
  /** Of one channel; or, ending in `/*`, of all below. */
  name: string
  scope: ChannelScope
  semantic: ChannelSemantic
  source: 'yaml' | 'runtime' | 'builtin'
  description?: string
  /** Seconds. */
  defaultTtl?: number
  maxMessages?: number
  publisher?: string
  period?: string
}

const documentChanges = /^documents\/[^/]+\/chunks$/
const documentChangesKept = 256

const systemMessagesKept = 256
const day = 24 * 60 * 60

const system = (name: string, scope: ChannelScope, description: string): Declaration => ({
  name: `_system/${name}`,
  scope,
  semantic: 'topic',
  source: 'builtin',
  publisher: 'system',
  defaultTtl: day,
  maxMessages: systemMessagesKept,
  description,
})

/** There without anybody declaring them. */
export const builtin: readonly Declaration[] = [
  system('runtime-state', 'global', 'The runtime pauses and resumes.'),
  system('provider-events', 'global', 'Model services fail and come back.'),
  system('interrupts/pending', 'user', 'Questions that wait for the user.'),
  system('interrupts/resolved', 'user', 'Questions of the user’s agents that are settled.'),
]

export function findBuiltin(name: string): Declaration | undefined {
  if (documentChanges.test(name)) {
    return {
      name,
      scope: 'user',
      semantic: 'topic',
      source: 'builtin',
      maxMessages: documentChangesKept,
      publisher: 'system',
      description: 'Changes of one document.',
    }
  }
  return builtin.find((declaration) => declaration.name === name)
}
