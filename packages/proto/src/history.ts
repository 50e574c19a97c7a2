import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { RunPhase, RunStatus } from './runs.ts'
import {
  Anything,
  Bool,
  cursor,
  emptyCounts,
  Int,
  next_cursor,
  type Of,
  object,
  oneOf,
  optional,
  Text,
} from './schema.ts'
import { BranchPoint } from './sessions.ts'

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
  description: optional(Text()),
  tags: optional(Type.Array(Text())),
  pinned: optional(Bool()),
  archived: optional(Bool()),
  deleted_at: optional(Text('When it was deleted; it is gone for good seven days later.')),
  summary: optional(Text('Written by a model; as of `summary_updated_at`.')),
  summary_updated_at: optional(Text()),
  snippet: optional(Text('Of a search: where it was found.')),
  run_count: Int(),
  input_tokens: Int(),
  output_tokens: Int(),
  cost: Type.Number({ description: 'What its runs came to; 0, since no prices are known.' }),
  branched_from: optional(BranchPoint),
})
export type Chat = Of<typeof Chat>

export const historyScopes = ['self', 'user', 'tenant', 'global'] as const
export type HistoryScope = (typeof historyScopes)[number]

const scope = optional(oneOf(historyScopes))
const session_id = Text()
const filter = {
  scope,
  status: optional(RunStatus),
  from: optional(Text('RFC 3339; active at this time or later.')),
  to: optional(Text('RFC 3339; active before this time.')),
  tag: optional(Text()),
  untagged: optional(Bool('Only those without a tag.')),
  title_contains: optional(Type.String({ maxLength: 1000 })),
  pinned_only: optional(Bool()),
  include_archived: optional(Bool()),
  archived_only: optional(Bool()),
  deleted_only: optional(Bool('What was deleted and can still be brought back.')),
  include_internal: optional(Bool('Also the sessions of sub-agents, and of runs that a card has started.')),
  limit: optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  offset: optional(
    Type.Integer({ minimum: 0, description: 'So many are left out, counted from the cursor where there is one.' }),
  ),
  cursor,
}
const tagList = (description?: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 32, ...(description ? { description } : {}) })

const ChatList = object('ChatList', {
  scope: Text(),
  chats: Type.Array(Chat),
  total: Int(),
  limit: Int(),
  offset: Int(),
  next_cursor,
})
const ChatResult = object('ChatResult', { scope: Text(), chat: Chat })

export const historyOps = opSet({
  tool: 'History',
  description: 'The conversations of the caller: list them, name them, keep them at hand or put them away.',
  access: 'runs:read',
  http: { path: '/v1/_history' },
  ops: {
    list: op({
      name: 'list',
      description: 'Conversations, pinned first, then by last activity.',
      idempotent: true,
      effect: 'reads',
      input: object('HistoryListInput', {
        query: optional(Type.String({ maxLength: 1000, description: 'As in search.' })),
        ...filter,
      }),
      output: ChatList,
    }),
    search: op({
      name: 'search',
      description:
        'Conversations in which all words of a query were said, or stand in title, description or tags; best first.',
      idempotent: true,
      effect: 'reads',
      input: object('HistorySearchInput', { query: Type.String({ minLength: 1, maxLength: 1000 }), ...filter }),
      output: ChatList,
    }),
    get: op({
      name: 'get',
      description: 'A conversation with what was said in it, as events or as text.',
      idempotent: true,
      effect: 'reads',
      input: object('HistoryGetInput', {
        scope,
        session_id,
        format: optional(
          oneOf(['markdown', 'conversation'], 'Text with the tools’ work, or only what was said; events unless given.'),
        ),
        limit: optional(
          Type.Integer({
            minimum: 1,
            maximum: 10_000,
            description: 'The newest events; all unless given, to an agent as many as fit into 1 MiB.',
          }),
        ),
        before_seq: optional(Type.Integer({ minimum: 1 })),
      }),
      output: object('HistoryGetResult', {
        scope: Text(),
        chat: Chat,
        transcript: optional(
          Type.Array(
            object('HistoryEvent', {
              seq: Int(),
              run_id: Text(),
              ts: Text(),
              type: Text(),
              payload: optional(Anything()),
            }),
          ),
        ),
        format: optional(Text()),
        markdown: optional(Text()),
        has_more: optional(Bool('Older events exist; ask again with `before_seq`.')),
      }),
    }),
    rename: op({
      name: 'rename',
      description: 'Give a conversation a title.',
      idempotent: true,
      effect: 'changes',
      input: object('HistoryRenameInput', {
        scope,
        session_id: Text(),
        title: Type.String({ minLength: 1, maxLength: 200 }),
      }),
      output: ChatResult,
    }),
    annotate: op({
      name: 'annotate',
      description: 'Describe a conversation, or tag it. What is not given stays.',
      idempotent: true,
      effect: 'changes',
      input: object('HistoryAnnotateInput', {
        scope,
        session_id,
        description: emptyCounts(optional(Type.String({ maxLength: 4000 }))),
        tags: optional(tagList('All its tags, in place of those it has.')),
        add_tags: optional(tagList('Besides those it has.')),
        remove_tags: optional(tagList()),
      }),
      output: ChatResult,
    }),
    tags: op({
      name: 'tags',
      description: 'The tags that conversations have, by name, and how many have each.',
      idempotent: true,
      effect: 'reads',
      input: object('HistoryTagsInput', { scope }),
      output: object('HistoryTagsResult', {
        scope: Text(),
        tags: Type.Array(object('TagCount', { tag: Text(), count: Int() })),
      }),
    }),
    recap: op({
      name: 'recap',
      description: 'A model’s summary of a conversation; the last one where nothing was said since.',
      idempotent: true,
      effect: 'apart',
      input: object('HistoryRecapInput', { scope, session_id }),
      output: object('HistoryRecapResult', { scope: Text(), summary: Text(), chat: Chat }),
    }),
    resume: op({
      name: 'resume',
      description: 'What it takes to go on with a conversation.',
      idempotent: true,
      effect: 'reads',
      input: object('HistoryResumeInput', { scope, session_id }),
      output: object('HistoryResumeResult', {
        scope: Text(),
        resume: object('HistoryResume', {
          session_id: Text(),
          agent: optional(Text()),
          tenant_id: optional(Text()),
          user_id: optional(Text()),
          status: optional(RunStatus),
          run_id: optional(Text('Of the latest run.')),
          last_activity: Text(),
          hint: Text('How, in a sentence.'),
        }),
      }),
    }),
    related: op({
      name: 'related',
      description: 'Conversations about the same as another one, or as a few words; closest first.',
      idempotent: true,
      effect: 'reads',
      input: object('HistoryRelatedInput', {
        scope,
        session_id: optional(Text()),
        query: optional(Type.String({ maxLength: 1000 })),
        limit: optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
      }),
      output: object('HistoryRelatedResult', { scope: Text(), related: Type.Array(Chat), count: Int() }),
    }),
    branches: op({
      name: 'branches',
      description: 'Conversations that branched from another one, oldest first; `branched_from.seq` says where.',
      idempotent: true,
      effect: 'reads',
      input: object('HistoryBranchesInput', {
        scope,
        session_id,
        limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1000 })),
        cursor,
      }),
      output: object('HistoryBranchesResult', { scope: Text(), branches: Type.Array(Chat), next_cursor }),
    }),
    pin: op({
      name: 'pin',
      description: 'Keep a conversation at the top of the list, or stop keeping it there.',
      idempotent: true,
      effect: 'changes',
      input: object('HistoryPinInput', { scope, session_id: Text(), pinned: optional(Bool('True unless given.')) }),
      output: ChatResult,
    }),
    archive: op({
      name: 'archive',
      description: 'Put a conversation away, or bring it back.',
      idempotent: true,
      effect: 'changes',
      input: object('HistoryArchiveInput', {
        scope,
        session_id: Text(),
        archived: optional(Bool('True unless given.')),
      }),
      output: ChatResult,
    }),
  },
})
