import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { Anything, Bool, object, oneOf, optional, Text } from './schema.ts'

export const memoryScopes = ['agent', 'user'] as const
export type MemoryScope = (typeof memoryScopes)[number]

const scope = oneOf(memoryScopes, 'Whose memory: this agent’s, or the user’s, shared by all their agents.')
const key = Type.String({ minLength: 1, maxLength: 512 })

export const memoryOps = opSet({
  tool: 'Memory',
  description: 'Remember JSON values under keys, across runs and conversations.',
  ops: {
    get: op({
      name: 'get',
      description: 'Read the value under a key; null when there is none.',
      idempotent: true,
      input: object('MemoryGetInput', { scope, key }),
      output: object('MemoryGetOutput', { value: Anything(), expires_at: optional(Text()) }),
    }),
    set: op({
      name: 'set',
      description: 'Keep a value under a key, in place of what was there.',
      idempotent: true,
      input: object('MemorySetInput', {
        scope,
        key,
        value: Anything('Any JSON value.'),
        ttl: optional(Type.Integer({ minimum: 1, description: 'Seconds until the value is forgotten.' })),
      }),
      output: object('MemorySetOutput', { ok: Bool() }),
    }),
    delete: op({
      name: 'delete',
      description: 'Forget the value under a key.',
      idempotent: true,
      input: object('MemoryDeleteInput', { scope, key }),
      output: object('MemoryDeleteOutput', { deleted: Bool('Whether there was one.') }),
    }),
    list: op({
      name: 'list',
      description: 'List keys with their values, in order of key.',
      idempotent: true,
      input: object('MemoryListInput', {
        scope,
        prefix: optional(Text('Only keys that start with this.')),
        limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
      }),
      output: object('MemoryListOutput', {
        entries: Type.Array(
          object('MemoryListEntry', { key: Text(), value: Anything(), expires_at: optional(Text()) }),
        ),
        truncated: Bool(),
      }),
    }),
    incr: op({
      name: 'incr',
      description: 'Add to the number under a key, in one step; a missing key counts as 0.',
      idempotent: false,
      input: object('MemoryIncrInput', { scope, key, delta: optional(Type.Number({ default: 1 })) }),
      output: object('MemoryIncrOutput', { value: Type.Number() }),
    }),
  },
})
