import type { AgentDefinitionsTable } from './agent-definitions.ts'
import type { BrowserSessionsTable } from './browser-sessions.ts'
import type { CardStartsTable } from './card-starts.ts'
import type {
  ChannelCursorsTable,
  ChannelMessagesTable,
  ChannelsTable,
  ChannelWaitersTable,
  ChannelWaitsTable,
} from './channels.ts'
import type { ChatFtsTable, ChatIndexedTable, ChatNotesTable, ChatTextsTable, ChatUnindexedTable } from './chats.ts'
import type { ChunkEmbeddingsTable } from './chunk-embeddings.ts'
import type { DefinitionNamesTable, DefinitionsTable, SkillDefinitionsTable } from './definitions.ts'
import type { DerivedAgentsTable, RunAgentsTable } from './derived-agents.ts'
import type { DirentsTable, NameBatchesTable } from './dirents.ts'
import type {
  ChunkAssetsTable,
  ChunkBatchesTable,
  ChunkContentsTable,
  ChunkEdgesTable,
  ChunkLinksTable,
  ChunkRelinksTable,
  ChunkShelvesTable,
  ChunksTable,
  ChunkTagsTable,
  ChunkTypesTable,
  DocumentChangesTable,
  DocumentPlacesTable,
  DocumentsTable,
  PlacedChunksView,
  RemovedChunksTable,
  RemovedEdgesTable,
} from './documents.ts'
import type { EvaluationsTable } from './evaluations.ts'
import type { EventsTable } from './events.ts'
import type { IdempotencyKeysTable } from './idempotency-keys.ts'
import type { InterruptsTable } from './interrupts.ts'
import type { MemoryTable } from './memory.ts'
import type { MemoryChangesTable } from './memory-changes.ts'
import type { MemoryVectorsTable } from './memory-vectors.ts'
import type { ChoresTable, ReplicasTable, RunCallersTable, UserPlacesTable } from './replicas.ts'
import type { ReturnedInputsTable } from './returned-inputs.ts'
import type { RunInputsTable } from './run-inputs.ts'
import type { RunsTable } from './runs.ts'
import type { RuntimeStateTable } from './runtime-state.ts'
import type { SessionsTable } from './sessions.ts'
import type { SqlAuditTable } from './sql-audit.ts'
import type { TeamRunsTable, TeamStepRunsTable, TeamStepsTable } from './team-runs.ts'
import type { ToolCallsTable } from './tool-calls.ts'
import type { TokenLimitsTable, UsageDaysTable, UsageRunsTable } from './usage.ts'
import type { VolumesTable } from './volumes.ts'

export interface Schema {
  agent_definitions: AgentDefinitionsTable
  browser_sessions: BrowserSessionsTable
  channels: ChannelsTable
  channel_messages: ChannelMessagesTable
  channel_cursors: ChannelCursorsTable
  channel_waiters: ChannelWaitersTable
  channel_waits: ChannelWaitsTable
  chunk_assets: ChunkAssetsTable
  chunk_batches: ChunkBatchesTable
  chunk_contents: ChunkContentsTable
  chunk_edges: ChunkEdgesTable
  chunk_embeddings: ChunkEmbeddingsTable
  chunk_links: ChunkLinksTable
  chunk_relinks: ChunkRelinksTable
  chunk_shelves: ChunkShelvesTable
  chunk_tags: ChunkTagsTable
  chunk_types: ChunkTypesTable
  chunks: ChunksTable
  chores: ChoresTable
  definition_names: DefinitionNamesTable
  definitions: DefinitionsTable
  derived_agents: DerivedAgentsTable
  dirents: DirentsTable
  document_changes: DocumentChangesTable
  document_places: DocumentPlacesTable
  documents: DocumentsTable
  chat_indexed: ChatIndexedTable
  chat_notes: ChatNotesTable
  chat_texts: ChatTextsTable
  chat_fts: ChatFtsTable
  chat_unindexed: ChatUnindexedTable
  evaluations: EvaluationsTable
  events: EventsTable
  idempotency_keys: IdempotencyKeysTable
  interrupts: InterruptsTable
  memory: MemoryTable
  memory_changes: MemoryChangesTable
  memory_vectors: MemoryVectorsTable
  live_chunks: ChunksTable
  live_dirents: DirentsTable
  live_documents: DocumentsTable
  name_batches: NameBatchesTable
  placed_chunks: PlacedChunksView
  removed_chunks: RemovedChunksTable
  removed_edges: RemovedEdgesTable
  replicas: ReplicasTable
  returned_inputs: ReturnedInputsTable
  run_agents: RunAgentsTable
  run_callers: RunCallersTable
  run_inputs: RunInputsTable
  runs: RunsTable
  card_starts: CardStartsTable
  runtime_state: RuntimeStateTable
  sessions: SessionsTable
  skill_definitions: SkillDefinitionsTable
  sql_audit: SqlAuditTable
  team_runs: TeamRunsTable
  team_step_runs: TeamStepRunsTable
  team_steps: TeamStepsTable
  token_limits: TokenLimitsTable
  tool_calls: ToolCallsTable
  usage_days: UsageDaysTable
  usage_runs: UsageRunsTable
  user_places: UserPlacesTable
  volumes: VolumesTable
}
