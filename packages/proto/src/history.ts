import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { RunPhase, RunStatus } from './runs.ts'
import { Bool, Int, type Of, object, oneOf, optional, Text } from './schema.ts'

export const Chat = object('Chat', {
  session_id: Text(),
  tenant_id: Text(),
  agent: Text(),
  user_id: Text(),
  created_at: Text(),
  last_activity: Text(),
  status: RunStatus,
  phase: optional(RunPhase),
  run_id: optional(Text('The latest run.')),
  agent_id: optional(Text()),
  title: optional(Text('Given by a person, or else the start of the first message.')),
  pinned: optional(Bool()),
  archived: optional(Bool()),
  run_count: Int(),
  input_tokens: Int(),
  output_tokens: Int(),
})
export type Chat = Of<typeof Chat>

const scope = optional(oneOf(['self', 'user', 'tenant', 'global']))
const ChatResult = object('ChatResult', { scope: Text(), chat: Chat })

export const historyOps = opSet({
  tool: 'History',
  description: 'The conversations of the caller: list them, name them, keep them at hand or put them away.',
  http: { path: '/v1/_history', access: 'runs:read' },
  ops: {
    list: op({
      name: 'list',
      description: 'Conversations, pinned first, then by last activity.',
      idempotent: true,
      input: object('HistoryListInput', {
        scope,
        pinned_only: optional(Bool()),
        include_archived: optional(Bool()),
        title_contains: optional(Text()),
        limit: optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
        offset: optional(Type.Integer({ minimum: 0 })),
      }),
      output: object('ChatList', {
        scope: Text(),
        chats: Type.Array(Chat),
        total: Int(),
        limit: Int(),
        offset: Int(),
      }),
    }),
    rename: op({
      name: 'rename',
      description: 'Give a conversation a title.',
      idempotent: true,
      input: object('HistoryRenameInput', {
        scope,
        session_id: Text(),
        title: Type.String({ minLength: 1, maxLength: 200 }),
      }),
      output: ChatResult,
    }),
    pin: op({
      name: 'pin',
      description: 'Keep a conversation at the top of the list, or stop keeping it there.',
      idempotent: true,
      input: object('HistoryPinInput', { scope, session_id: Text(), pinned: optional(Bool('True unless given.')) }),
      output: ChatResult,
    }),
    archive: op({
      name: 'archive',
      description: 'Put a conversation away, or bring it back.',
      idempotent: true,
      input: object('HistoryArchiveInput', {
        scope,
        session_id: Text(),
        archived: optional(Bool('True unless given.')),
      }),
      output: ChatResult,
    }),
  },
})
