import type { Access, OpAccess } from '@loomcycle/proto'

type NamesByAccess<A extends string> = Partial<Record<A, string>>

/**
 * The least that opens each endpoint, decided here and not read from the contract: what is declared to ask for less,
 * or is missing here, fails by its name.
 */
const ofEndpoints: NamesByAccess<Access> = {
  none: 'health login logout',
  any: 'whoami listBrowserSessions endBrowserSession endBrowserSessions listHelp getHelp',
  'runs:create': `startRun startRunBatch sendInput cancelTurn compactRun cancelAgent continueSession replaySession
    takeReturnedInputs deleteSession restoreSession resolveInterrupt
    llmChat createChatCompletion createEmbeddings`,
  'runs:read': `streamRun streamUserRunStates getAgent listUserAgents listRunnableAgents getTranscript listRunInterrupts
    listUserInterrupts listAgentCursors listModels listAskableModels getAskableModel`,
  'channel:publish': 'publishToUserChannel subscribeToUserChannel ackUserChannel',
  'channel:read': 'peekUserChannel',
  'substrate:tenant': `listAgentDefNames listSkillDefNames listTeamDefNames listLibraryAgents listLibrarySkills listLibraryTeams
    listLibraryMcpServers
    listMemoryScopes listMemoryScopeIds listMemoryKeys getMemoryKey putMemoryKey deleteMemoryKey followMemoryChanges
    memoryEmbedStats reembedMemory backfillMemoryEmbeddings purgeStaleMemoryEmbeddings searchMemory
    getDocumentAsset followDocumentChanges sayPresence
    listChannels createChannel updateChannel deleteChannel purgeChannel publishToChannel subscribeToChannel peekChannel
    ackChannel awaitChannels broadcastToChannels publishSystemMessage
    usageReport listLimits setLimit deleteLimit
    getRouting listVolumes listEphemeralVolumes listVolumeFiles getVolumeContent`,
  'substrate:admin': `pauseRuntime resumeRuntime getRuntimeState listReplicas concurrencyStats
    getResolver resolveProbe listProviderModels reloadConfig listPresets getPreset getEnvTemplate`,
}

/** The same for the ops of each tool; only a run may call those of `run`. */
const ofOps: Record<string, NamesByAccess<OpAccess>> = {
  Agent: { run: 'spawn parallel_spawn' },
  AgentDef: {
    'runs:create': 'derive restore',
    'runs:read': 'derived',
    'substrate:tenant': 'create fork get list retire promote verify',
  },
  Channel: { 'channel:publish': 'publish subscribe ack broadcast', 'channel:read': 'peek list_channels await' },
  Context: {
    any: 'help',
    'runs:read': 'agents evaluations history lineage',
    'channel:read': 'channels',
    run: 'self tools doc permissions read_on time compact',
  },
  Document: {
    'substrate:tenant': `create_document get_document delete_document set_path documents_summary query_documents
      create_chunk upsert_chunk get_chunk update_chunk delete_chunk move_chunk move_card card_runs reorder_chunk
      link_chunks unlink_chunks get_edges backlinks query_chunks search related unlinked_mentions
      add_tags remove_tags list_tags define_type list_types set_asset get_asset
      history get_version diff changes revert revert_run export_md import_md export_canvas import_canvas
      import_board export_csv`,
  },
  Evaluation: { 'runs:read': 'get list_for_run list_for_def aggregate', 'substrate:tenant': 'submit' },
  History: { 'runs:read': 'list search get rename annotate tags recap resume related branches pin archive' },
  Interruption: { run: 'ask notify cancel' },
  Memory: {
    'substrate:tenant': `get set delete list incr merge append_dedupe bounded_list search add recall
      sql_query sql_exec`,
    run: 'sql_begin sql_commit sql_rollback',
  },
  Path: { 'substrate:tenant': 'resolve ls stat mkdir mv rm' },
  SkillDef: { 'substrate:tenant': 'create fork get list retire promote verify' },
  TeamDef: {
    'runs:create': 'run cancel_run continue_run',
    'runs:read': 'get_run list_runs',
    'substrate:tenant': 'create fork get list retire promote verify delete render_diagram',
  },
  VolumeDef: { 'substrate:tenant': 'create get list delete purge' },
}

export const leastAccess: ReadonlyMap<string, Access> = byName(ofEndpoints)

/** By tool and op, `Path ls`. */
export const leastOpAccess: ReadonlyMap<string, OpAccess> = new Map(
  Object.entries(ofOps).flatMap(([tool, names]) =>
    [...byName(names)].map(([op, access]) => [`${tool} ${op}`, access] as const),
  ),
)

function byName<A extends string>(names: NamesByAccess<A>): Map<string, A> {
  const entries = Object.entries(names) as [A, string][]
  return new Map(entries.flatMap(([access, listed]) => listed.split(/\s+/).map((name) => [name, access] as const)))
}
