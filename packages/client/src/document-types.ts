import type { CallOptions, KeyedCallOptions, StreamOptions } from './types.ts'
import type { DocumentPresence } from './wire.gen.ts'

/** Whose tree, where it is not the caller's own. */
export interface BrowseOptions extends CallOptions {
  /** Another user or agent of the tenant. */
  scopeId?: string
  /** Another tenant; for the operator. */
  tenant?: string
}

/** Whose tree or documents, and how often a change counts. */
export interface DocumentCallOptions extends BrowseOptions, KeyedCallOptions {}

/** Where a chunk's image is. */
export interface DocumentAssetOptions {
  /** Default `user`. */
  scope?: 'agent' | 'user' | 'tenant'
  scopeId?: string
  tenant?: string
}

/** Which changes to documents. */
export interface DocumentChangesOptions extends DocumentAssetOptions, StreamOptions {
  /** Also what was done after this one; only what is yet to come without it. */
  since?: number
  /** Only this document. */
  documentId?: string
  /** Hears who has that document open: now, and whenever it is different. */
  onPresence?: (presence: DocumentPresence) => void
}

/** That somebody has a document open. */
export interface PresenceInput {
  document_id: string
  /** The card that is open. */
  chunk_id?: string
  /** Made by the window, for as long as it is there. */
  client_id: string
  /** It is closed. */
  gone?: boolean
}

/** Any op of Path. The ops in `PathOps` have exact types of their own. */
export type PathToolInput = {
  op: 'resolve' | 'ls' | 'stat' | 'mkdir' | 'mv' | 'rm'
  path?: string
  to?: string
  scope?: 'agent' | 'user' | 'tenant'
  recursive?: boolean
  kind_filter?: string
  resource_too?: boolean
  [extra: string]: unknown
}

/** What an op of Path answers. */
export type PathToolResponse = unknown

/**
 * Any op of Document. The ops in `DocumentOps` have exact types of their own. The others are those of facts
 * (`supersede_chunk`, `graph_recall`, `list_facts`, `judge_fact`, `verbatim_answer`, `verification_stats`, `remember`,
 * `propose_entity`) and of federation (`set_remote`, `sync`, `diff_remote`): a server without these refuses them
 * with a `SubstrateToolRefusedError`.
 */
export type DocumentToolInput = {
  op:
    | 'create_document'
    | 'get_document'
    | 'documents_summary'
    | 'query_documents'
    | 'delete_document'
    | 'set_path'
    | 'create_chunk'
    | 'upsert_chunk'
    | 'get_chunk'
    | 'update_chunk'
    | 'delete_chunk'
    | 'supersede_chunk'
    | 'graph_recall'
    | 'move_chunk'
    | 'move_card'
    | 'card_runs'
    | 'reorder_chunk'
    | 'link_chunks'
    | 'unlink_chunks'
    | 'get_edges'
    | 'query_chunks'
    | 'add_tags'
    | 'remove_tags'
    | 'list_tags'
    | 'define_type'
    | 'list_types'
    | 'set_asset'
    | 'get_asset'
    | 'export_md'
    | 'import_md'
    | 'backlinks'
    | 'related'
    | 'unlinked_mentions'
    | 'history'
    | 'get_version'
    | 'diff'
    | 'export_canvas'
    | 'import_canvas'
    | 'list_facts'
    | 'judge_fact'
    | 'verbatim_answer'
    | 'verification_stats'
    | 'remember'
    | 'propose_entity'
    | 'search'
    | 'set_remote'
    | 'sync'
    | 'diff_remote'
  scope?: 'agent' | 'user' | 'tenant'
  id?: string
  path?: string
  title?: string
  document_id?: string
  parent_id?: string
  new_parent_id?: string
  type?: string
  body?: string
  fields?: Record<string, unknown>
  status?: string
  tags?: string[]
  tag?: string
  tag_prefix?: string
  position?: number
  revision?: number
  from_revision?: number
  to_revision?: number
  canvas?: unknown
  from_id?: string
  to_id?: string
  kind?: string
  under_path?: string
  sql?: string
  limit?: number
  cursor?: string
  name?: string
  include_metadata?: boolean
  query?: string
  natural_key?: string
  subject?: string
  source_quote?: string
  verdict?: 'supported' | 'unclear' | 'unsupported' | 'mistyped'
  reason?: string
  include_refuted?: boolean
  claims_only?: boolean
  text?: string
  min_score?: number
  markdown?: string
  [extra: string]: unknown
}

/** What an op of Document answers. */
export type DocumentToolResponse = unknown
