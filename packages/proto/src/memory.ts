import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { Anything, Bool, cursor, Int, next_cursor, type Of, object, oneOf, optional, Text } from './schema.ts'

export const memoryScopes = ['agent', 'user', 'tenant'] as const
export type MemoryScope = (typeof memoryScopes)[number]

export const sqlScopes = ['agent', 'user', 'run'] as const
export type SqlScope = (typeof sqlScopes)[number]

const scope = oneOf(
  memoryScopes,
  'Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it.',
)
const sqlScope = oneOf(
  sqlScopes,
  'Whose database: this agent’s, the user’s, or this run’s and its sub-agents’, which is gone when the run ends.',
)
const key = Type.String({ minLength: 1, maxLength: 512 })
const entryPath = optional(
  Text('A name of the entry in the tree of paths of its scope, e.g. /notes/plan; Path lists and moves it.'),
)
const value = Anything('Any JSON value.')
const ttl = optional(Type.Integer({ minimum: 1, description: 'Seconds until the value is forgotten.' }))

export const MemoryRank = object('MemoryRank', {
  semantic_weight: optional(Type.Number({ minimum: 0, description: 'For how close in meaning; 1 unless given.' })),
  recency_weight: optional(Type.Number({ minimum: 0, description: 'For how lately it was written; 0 unless given.' })),
  recency_half_life_hours: optional(
    Type.Number({ exclusiveMinimum: 0, description: 'Age at which recency counts half; 168 unless given.' }),
  ),
  frequency_weight: optional(Type.Number({ minimum: 0, description: 'For how often it was found; 0 unless given.' })),
  source_weight: optional(Type.Number({ minimum: 0, description: 'Has no effect: all entries have the same source.' })),
})
export type MemoryRank = Of<typeof MemoryRank>

export const dedupModes = ['drop', 'merge', 'keep'] as const
export const MemoryDedup = object('MemoryDedup', {
  enabled: optional(Bool()),
  threshold: optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'From this closeness on two entries are the same; 0.92 unless given.',
    }),
  ),
  mode: optional(
    oneOf(
      dedupModes,
      'Leave the lesser entry out (drop), name it beside the better one (merge), or only mark it (keep).',
    ),
  ),
})
export type MemoryDedup = Of<typeof MemoryDedup>

const topK = optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 }))

export const EmbeddedWith = object('EmbeddedWith', { provider: Text(), model: Text() })
export const MemorySearchEntry = object('MemorySearchEntry', {
  key: Text(),
  value: Anything(),
  score: Type.Number({ description: 'Closeness in meaning, up to 1.' }),
  rank_score: Type.Number({ description: 'What the order comes from.' }),
  embedded_with: EmbeddedWith,
  expires_at: optional(Text()),
  merged_keys: optional(Type.Array(Text(), { description: 'Entries that say the same.' })),
  duplicate_of: optional(Text('Key of the better entry that says the same.')),
})
export type MemorySearchEntry = Of<typeof MemorySearchEntry>

export const MemorySearchOutput = object('MemorySearchOutput', {
  entries: Type.Array(MemorySearchEntry),
  query_embedding_dim: Int(),
  truncated: Bool('Whether there are more.'),
  dedup_dropped: optional(Int()),
  rank_note: optional(Text()),
})
export type MemorySearchOutput = Of<typeof MemorySearchOutput>

const statement = {
  scope: sqlScope,
  statement: Type.String({ minLength: 1, description: 'One SQL statement; values go into args.' }),
  args: optional(
    Type.Array(Type.Unknown(), { maxItems: 1000, description: 'Values for the places in the statement.' }),
  ),
  timeout_ms: optional(Type.Integer({ minimum: 1, description: 'A shorter limit than the runtime’s own.' })),
}
const SqlTransactionOutput = object('SqlTransactionOutput', {
  ok: Bool(),
  depth: Int('Transactions that are open, one inside the other.'),
})

export const memoryOps = opSet({
  tool: 'Memory',
  description: 'Remember JSON values under keys, across runs and conversations, and keep tables in SQL databases.',
  access: 'substrate:tenant',
  ops: {
    get: op({
      name: 'get',
      description: 'Read the value under a key, or under the path of an entry; null when there is none.',
      idempotent: true,
      effect: 'reads',
      input: object('MemoryGetInput', { scope, key: optional(key), path: entryPath }),
      output: object('MemoryGetOutput', { value: Anything(), expires_at: optional(Text()) }),
    }),
    set: op({
      name: 'set',
      description: 'Keep a value under a key, in place of what was there.',
      idempotent: true,
      effect: 'changes',
      input: object('MemorySetInput', {
        scope,
        key,
        value,
        ttl,
        embed: optional(Bool('Make the value findable by search.')),
        embed_text: optional(Text('What search goes by, in place of the value.')),
        path: entryPath,
      }),
      output: object('MemorySetOutput', {
        ok: Bool(),
        embedded: optional(Bool()),
        embed_warning: optional(Text('Why the value was kept but is not findable.')),
        path: optional(Text()),
      }),
    }),
    delete: op({
      name: 'delete',
      description: 'Forget the value under a key, and the paths it has.',
      idempotent: true,
      effect: 'changes',
      input: object('MemoryDeleteInput', { scope, key: optional(key), path: entryPath }),
      output: object('MemoryDeleteOutput', { deleted: Bool('Whether there was one.') }),
    }),
    list: op({
      name: 'list',
      description: 'List keys with their values, in order of key.',
      idempotent: true,
      effect: 'reads',
      input: object('MemoryListInput', {
        scope,
        prefix: optional(Text('Only keys that start with this.')),
        limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
        cursor,
      }),
      output: object('MemoryListOutput', {
        entries: Type.Array(
          object('MemoryListEntry', { key: Text(), value: Anything(), expires_at: optional(Text()) }),
        ),
        truncated: Bool(),
        next_cursor,
      }),
    }),
    incr: op({
      name: 'incr',
      description: 'Add to the number under a key, in one step; a missing key counts as 0.',
      idempotent: false,
      effect: 'changes',
      input: object('MemoryIncrInput', { scope, key, delta: optional(Type.Number({ default: 1 })) }),
      output: object('MemoryIncrOutput', { value: Type.Number() }),
    }),
    merge: op({
      name: 'merge',
      description:
        'Lay an object over the one under a key, member by member and all the way down, in one step; lists and everything else are replaced.',
      idempotent: true,
      effect: 'changes',
      input: object('MemoryMergeInput', { scope, key, value: Type.Record(Type.String(), Type.Unknown()) }),
      output: object('MemoryMergeOutput', { value: Anything() }),
    }),
    append_dedupe: op({
      name: 'append_dedupe',
      description: 'Add a value to the end of the list under a key unless an equal one is in it, in one step.',
      idempotent: true,
      effect: 'changes',
      input: object('MemoryAppendDedupeInput', { scope, key, value }),
      output: object('MemoryAppendDedupeOutput', {
        appended: Bool(),
        value: Type.Array(Type.Unknown(), { description: 'The whole list.' }),
      }),
    }),
    bounded_list: op({
      name: 'bounded_list',
      description: 'Add a value to the end of the list under a key and drop the oldest beyond the limit, in one step.',
      idempotent: false,
      effect: 'changes',
      input: object('MemoryBoundedListInput', {
        scope,
        key,
        value,
        limit: Type.Integer({ minimum: 1, maximum: 10_000 }),
      }),
      output: object('MemoryBoundedListOutput', {
        dropped: Int(),
        value: Type.Array(Type.Unknown(), { description: 'The whole list.' }),
      }),
    }),
    search: op({
      name: 'search',
      description: 'Find values by meaning, among those that were set with embed.',
      idempotent: true,
      effect: 'reads',
      input: object('MemorySearchInput', {
        scope,
        query: Type.String({ minLength: 1 }),
        top_k: topK,
        prefix: optional(Text('Only keys that start with this.')),
        rank: optional(MemoryRank),
        dedup: optional(MemoryDedup),
      }),
      output: MemorySearchOutput,
    }),
    add: op({
      name: 'add',
      description: 'Hand messages to a service that remembers by itself.',
      idempotent: true,
      effect: 'reads',
      unlisted: true,
      input: object('MemoryAddInput', {
        scope: optional(scope),
        messages: optional(Type.Array(Type.Unknown())),
        infer: optional(Bool()),
        metadata: optional(Anything()),
      }),
      output: Anything('Always refused: there is no such service.'),
    }),
    recall: op({
      name: 'recall',
      description: 'Ask a service that remembers by itself.',
      idempotent: true,
      effect: 'reads',
      unlisted: true,
      input: object('MemoryRecallInput', {
        scope: optional(scope),
        query: optional(Text()),
        top_k: optional(Int()),
        threshold: optional(Type.Number()),
      }),
      output: Anything('Always refused: there is no such service.'),
    }),
    sql_query: op({
      name: 'sql_query',
      description: 'Read from a SQL database of your own with one SELECT.',
      idempotent: true,
      effect: 'reads',
      input: object('MemorySqlQueryInput', statement),
      output: object('MemorySqlQueryOutput', {
        columns: Type.Array(Text()),
        rows: Type.Array(Type.Array(Type.Unknown())),
        truncated: Bool(),
      }),
    }),
    sql_exec: op({
      name: 'sql_exec',
      description: 'Change a SQL database of your own with one statement: CREATE, ALTER, DROP, INSERT, UPDATE, DELETE.',
      idempotent: false,
      effect: 'changes',
      input: object('MemorySqlExecInput', statement),
      output: object('MemorySqlExecOutput', {
        rows_affected: Int(),
        last_insert_id: Type.Unknown({
          description: 'A number; its digits as text where JSON cannot hold it. 0 where no row was inserted.',
        }),
        columns: optional(Type.Array(Text(), { description: 'Of what RETURNING asks for.' })),
        rows: optional(Type.Array(Type.Array(Type.Unknown()))),
        truncated: optional(Bool()),
      }),
    }),
    sql_begin: op({
      name: 'sql_begin',
      description: 'Begin a transaction on a database, or one inside the one that is open; it does not last long.',
      access: 'run',
      idempotent: false,
      effect: 'changes',
      input: object('MemorySqlBeginInput', { scope: sqlScope }),
      output: SqlTransactionOutput,
    }),
    sql_commit: op({
      name: 'sql_commit',
      description: 'Keep what was done since the last sql_begin.',
      access: 'run',
      idempotent: false,
      effect: 'changes',
      input: object('MemorySqlCommitInput', { scope: sqlScope }),
      output: SqlTransactionOutput,
    }),
    sql_rollback: op({
      name: 'sql_rollback',
      description: 'Undo what was done since the last sql_begin.',
      access: 'run',
      idempotent: false,
      effect: 'changes',
      input: object('MemorySqlRollbackInput', { scope: sqlScope }),
      output: SqlTransactionOutput,
    }),
  },
})
