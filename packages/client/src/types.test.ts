import { expect, test } from 'vitest'
import type * as channels from './channel-types.ts'
import type { LoomcycleClient } from './client.ts'
import type * as llm from './llm-types.ts'
import type * as memory from './memory-types.ts'
import type * as api from './types.ts'
import type * as wire from './wire.gen.ts'

/** Compiles where every `Wire` may be read as an `Api`. */
type ReadAs<Wire extends Api, Api> = Wire

/** Null members that older programs do not expect are sent as absent ones by the types they were written with. */
type WithoutNull<T, K extends keyof T> = Omit<T, K> & { [P in K]?: NonNullable<T[P]> }

/** What the server sends is what the public types promise. The compiler is the test. */
type Promised = [
  ReadAs<WithoutNull<wire.Agent, 'parent_context'>, api.Agent>,
  ReadAs<wire.AgentUsage, api.AgentUsage>,
  ReadAs<wire.BackfillEmbeddingsResult, memory.MemoryBackfillResponse>,
  ReadAs<wire.CancelTurnResult, api.CancelTurnResult>,
  ReadAs<wire.ChannelDescriptorList, channels.ListChannelsResponse>,
  ReadAs<wire.ChannelPeek, channels.ChannelPeekResult>,
  ReadAs<wire.EmbedStats, memory.MemoryEmbedStatsResponse>,
  ReadAs<wire.Health, api.HealthResponse>,
  ReadAs<wire.InputResult, api.RunInputResult>,
  ReadAs<wire.LLMChatUsage, llm.LLMChatUsage>,
  ReadAs<Omit<wire.LLMChatAnswer, 'content'>, Omit<llm.LLMChatResponse, 'content'>>,
  ReadAs<wire.EmbeddingList, llm.LLMEmbeddingsResponse>,
  ReadAs<wire.MemoryEntries, memory.MemoryEntriesResponse>,
  ReadAs<wire.ParentContext, api.ParentContext>,
  ReadAs<wire.RunnableAgents, api.RunnableAgentsResponse>,
  ReadAs<wire.Transcript, api.TranscriptResponse>,
  ReadAs<wire.Usage, api.Usage>,
  ReadAs<wire.Whoami, api.WhoamiResponse>,
  ReadAs<Exclude<wire.RunEvent, wire.AgentFrame>, api.AgentEvent>,
  ReadAs<WithoutNull<Omit<wire.AgentFrame, 'parent_context'>, never>, api.AgentEvent>,
]

/** What callers write is what the server takes. */
type Accepted = [
  ReadAs<api.PromptSegment, wire.PromptSegment>,
  ReadAs<api.ParentContext, wire.ParentContext>,
  ReadAs<llm.LLMChatMessage, wire.LLMChatMessage>,
  ReadAs<llm.LLMTool, wire.LLMTool>,
]

test('an event narrows by its type', () => {
  const event: api.AgentEvent = { type: 'tool_call', tool_use: { id: '1', name: 'Memory', input: {} } }
  const narrowed = event as wire.RunEvent
  const name = narrowed.type === 'tool_call' ? narrowed.tool_use.name : ''
  expect(name).toBe('Memory')
})

test('an op of History has the types of that op, and any other op still compiles', () => {
  const calls = (client: LoomcycleClient) => [
    client.history({ op: 'list', limit: 5 }).then((page): number => page.total),
    client.history({ op: 'rename', session_id: 's', title: 't' }).then((answer): string => answer.chat.session_id),
    client.history({ op: 'recap', session_id: 's' }).then((answer: unknown) => answer),
    client.history({ op: 'search', query: 'q', anything: 1 }),
  ]
  expect(calls).toBeTypeOf('function')
})

test('the public types and the wire agree', () => {
  const compiled: [Promised?, Accepted?] = []
  expect(compiled).toEqual([])
})
