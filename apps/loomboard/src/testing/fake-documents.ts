import type { ChangeActor, Chunk, DocumentChange, wire } from '@loomcycle/client'
import { generateKeyBetween } from 'fractional-indexing'

type Body = Record<string, unknown> & { op: string }
/** What a refusal says. */
export class Refusal {
  readonly status: number = 422
  readonly body: object
  constructor(error: string, more: object = {}) {
    this.body = { code: 'tool_refused', tool: 'Document', error, ...more }
  }
}

class ChangedSince extends Refusal {
  override readonly status = 409
  constructor(changes: readonly DocumentChange[]) {
    super('changed since', { code: 'changed_since', changes })
  }
}

class ColumnFull extends Refusal {
  override readonly status = 409
  constructor(status: string, limit: number) {
    super(`“${status}” is full: it takes ${limit}`, { code: 'column_full' })
  }
}

interface FakeDocument {
  id: string
  path: string
  rootId: string
}

interface Stored extends Chunk {
  versions: Chunk[]
}

const user: ChangeActor = { kind: 'user', id: 'default' }
const ghost: ChangeActor = { kind: 'user', id: 'ghost' }
const at = '2026-06-01T10:00:00.000Z'
const wireFields = ['title', 'body', 'status', 'type', 'tags', 'fields'] as const
let ids = 0

/** Documents as the runtime keeps them, from memory: revisions, places, changes. */
export class FakeDocuments {
  readonly documents = new Map<string, FakeDocument>()
  readonly chunks = new Map<string, Stored>()
  readonly changes: DocumentChange[] = []
  types: Omit<wire.ChunkType, 'field_specs'>[] = []
  edges: wire.ChunkEdge[] = []
  runs: wire.CardRun[] = []
  /** So many cards a column takes. */
  readonly limits = new Map<string, number>()
  private readonly answered = new Map<string, unknown>()
  private readonly onChange: (change: DocumentChange) => void

  constructor(onChange: (change: DocumentChange) => void) {
    this.onChange = onChange
  }

  /** Makes a document with these chunks in its root, in order; answers with its id and theirs. */
  add(
    path: string,
    titles: readonly string[],
    more: Partial<Chunk> = {},
  ): { id: string; rootId: string; chunkIds: string[] } {
    const id = `doc${++ids}`
    const rootId = this.insert({ document_id: id, title: path.split('/').at(-1) ?? '', position: 0 })
    this.documents.set(id, { id, path, rootId })
    const chunkIds = titles.map((title, position) =>
      this.insert({ document_id: id, title, parent_id: rootId, position, ...more }),
    )
    return { id, rootId, chunkIds }
  }

  /** Somebody else changes a chunk. */
  change(id: string, patch: Partial<Chunk>, actor: ChangeActor = { kind: 'agent', id: 'drafter' }): Chunk {
    return this.update(this.get(id), patch, actor)
  }

  /** Somebody else says something about a chunk. */
  say(cardId: string, body: string, fields: Record<string, unknown> = {}, by: ChangeActor = ghost): string {
    const { document_id } = this.get(cardId)
    const title = `Comment by ${by.id}`
    const of = { document_id, parent_id: cardId, type: 'comment', position: this.siblings(cardId).length }
    const id = this.insert({
      ...of,
      title,
      body,
      updated_by: by,
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
    })
    this.record('create_chunk', this.get(id), by, {
      parent_id: cardId,
      position: of.position,
      changed: { title, type: of.type },
    })
    return id
  }

  /** Somebody tags a chunk, which makes no revision. */
  tag(id: string, ...tags: string[]): void {
    const chunk = this.get(id)
    chunk.tags = [...(chunk.tags ?? []), ...tags].sort()
    this.record('add_tags', chunk, { kind: 'agent', id: 'drafter' }, { keys: ['tags'], changed: { tags: chunk.tags } })
  }

  /** Somebody else puts a card into a column. */
  moveByOthers(id: string, status: string, { afterId, beforeId }: { afterId?: string; beforeId?: string } = {}): void {
    this.ranked(
      { op: 'move_card', id, status, after_id: afterId, before_id: beforeId },
      { kind: 'agent', id: 'drafter' },
    )
  }

  get(id: string): Stored {
    const chunk = this.chunks.get(id)
    if (!chunk) throw new Refusal(`no such chunk: ${id}`)
    return chunk
  }

  childrenOf(parentId: string): string[] {
    return this.siblings(parentId).map(({ title }) => title)
  }

  answer(body: Body, key: string | null): unknown {
    if (key !== null && this.answered.has(key)) return this.answered.get(key)
    const answer = this.run(body)
    if (key !== null) this.answered.set(key, answer)
    return answer
  }

  /** Somebody deletes a document, and what is in it. */
  remove(documentId: string): void {
    const { rootId } = this.documents.get(documentId)!
    const root = this.get(rootId)
    for (const { id } of this.inDocument(documentId)) this.chunks.delete(id)
    this.documents.delete(documentId)
    this.record('delete_document', { ...root, id: '' }, user, {})
  }

  /** Somebody undoes the deletion of a chunk. */
  putBack(chunk: Stored): void {
    this.chunks.set(chunk.id, chunk)
    this.renumber(chunk.parent_id ?? '')
    const { parent_id, position } = chunk
    this.record('revert_run', chunk, user, { parent_id, position, count: 1 })
  }

  private run(body: Body): unknown {
    const input = body as never as Record<string, string> & { revision?: number; limit?: number }
    switch (body.op) {
      case 'get_document':
        return this.document(input.id ?? '')
      case 'query_documents':
        return { documents: [...this.documents.values()].map((document) => this.found(document)) }
      case 'query_chunks':
        return this.queried(body)
      case 'search':
        return {
          chunks: this.inDocument(input.document_id ?? '')
            .filter(({ title, body }) => `${title} ${body}`.toLowerCase().includes((input.query ?? '').toLowerCase()))
            .map(({ id, title }) => ({ chunk_id: id, score: 1, title, excerpt: title })),
        }
      case 'card_runs': {
        const { id } = input
        const runs = this.runs.filter(({ chunk_id, live }) => (id === undefined ? live : chunk_id === id))
        return { runs, waiting: [] }
      }
      case 'get_chunk':
        return toChunk(this.get(input.id ?? ''))
      case 'update_chunk':
        return this.updated(body)
      case 'create_chunk':
        return this.created(body)
      case 'upsert_chunk':
        return this.upserted(body)
      case 'move_chunk':
        return this.moved(body)
      case 'move_card':
        return this.ranked(body)
      case 'delete_chunk':
        return this.deleted(body)
      case 'set_asset':
        return toChunk(this.get(input.id ?? ''))
      case 'list_types':
        return onePage(
          'types',
          this.types.map((type) => ({ ...type, field_specs: type.fields })),
          input.cursor,
        )
      case 'get_edges': {
        const ofOne = this.edges.filter(
          ({ from_id, to_id }) => input.id === undefined || from_id === input.id || to_id === input.id,
        )
        return onePage('edges', ofOne, input.cursor)
      }
      case 'history': {
        const { id, versions, revision } = this.get(input.id ?? '')
        const all = [...versions, toChunk(this.get(id))]
        return {
          chunk_id: id,
          revisions: all
            .map((version) => ({
              revision: version.revision,
              created_at: Date.parse(version.updated_at) * 1e6,
              at: version.updated_at,
              actor: version.updated_by.id,
              actor_ref: version.updated_by,
              op: version.revision === 1 ? 'create_chunk' : 'update_chunk',
              keys: ['title'],
            }))
            .sort((a, b) => b.revision - a.revision)
            .slice(0, revision),
        }
      }
      case 'diff': {
        const { id = '' } = input
        const [from, to] = [this.at(id, Number(body.from_revision)), this.at(id, Number(body.to_revision))]
        const different = wireFields.filter(
          (key) => key !== 'body' && JSON.stringify(from[key]) !== JSON.stringify(to[key]),
        )
        return {
          chunk_id: id,
          from_revision: body.from_revision,
          to_revision: body.to_revision,
          diff: from.body === to.body ? '' : `@@ -1 +1 @@\n-${from.body}\n+${to.body}\n`,
          changes: Object.fromEntries(different.map((key) => [key, { from: from[key] ?? null, to: to[key] ?? null }])),
        }
      }
      case 'import_board':
        return this.imported(body)
      case 'changes': {
        const { document_id, run_id, since = 0 } = body as { document_id?: string; run_id?: string; since?: number }
        const changes = this.changes.filter(
          (change) =>
            change.seq > since &&
            (document_id === undefined || change.document_id === document_id) &&
            (run_id === undefined || change.actor.run_id === run_id),
        )
        return { changes, head: this.changes.length, truncated: false }
      }
      case 'revert_run':
        return { run_id: body.run_id, reverted: [], skipped: [] }
      default:
        throw new Refusal(`unknown op ${body.op}`)
    }
  }

  /** Of whatever is a table it makes one card. */
  private imported(body: Body): wire.ImportBoardOutput {
    if (!String(body.text ?? '').includes(',')) throw new Refusal('import_board: this is no board')
    const columns = [
      { status: 'to do', title: 'To do', cards: 1 },
      { status: 'done', title: 'Done', cards: 0 },
    ]
    const title = String(body.title ?? '')
    const said: wire.ImportBoardOutput = {
      ...{ format: 'csv', title, columns, fields: [], cards: 1, comments: 0, edges: 0, without_column: 0 },
      left_out: [{ what: 'votes', why: 'there is no place for them', count: 2 }],
    }
    if (body.preview) return said
    const path = String(body.path ?? '/documents/imported')
    const { id } = this.add(path, ['Sweep'])
    return { ...said, document_id: id, path }
  }

  private updated(body: Body): Chunk {
    const chunk = this.get(String(body.id))
    this.requireRevision(chunk, body.revision as number)
    const { set_fields, add_tags, remove_tags, ...given } = body as Body & wire.UpdateChunkInput
    const patch: Partial<Chunk> = Object.fromEntries(
      wireFields.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
    )
    if (set_fields) {
      const fields = Object.entries({ ...chunk.fields, ...set_fields }).filter(([, value]) => value !== null)
      patch.fields = Object.fromEntries(fields)
    }
    if (add_tags || remove_tags) {
      const left = (chunk.tags ?? []).filter((tag) => !remove_tags?.includes(tag))
      patch.tags = [...new Set([...left, ...(add_tags ?? [])])].sort()
    }
    return this.update(chunk, patch, user)
  }

  private update(chunk: Stored, patch: Partial<Chunk>, actor: ChangeActor): Chunk {
    chunk.versions.push(toChunk(chunk))
    const isNew = patch.status !== undefined && patch.status !== chunk.status
    const ranked = isNew
      ? { ...patch, rank: patch.status ? this.lastRank(chunk.document_id, patch.status) : '' }
      : patch
    Object.assign(chunk, ranked, { revision: chunk.revision + 1, updated_by: actor })
    const { body: _, ...changed } = ranked
    this.record('update_chunk', chunk, actor, { keys: Object.keys(ranked), changed })
    return toChunk(chunk)
  }

  private queried(body: Body): wire.QueryChunksOutput {
    const { document_id, parent_id, type, ids, where, include = [] } = body
    const fits = where as { field: string; value: string }[] | undefined
    const asked = include as readonly string[]
    return {
      seq: this.changes.length,
      chunks: this.inDocument(document_id as string | undefined, parent_id as string | undefined)
        .filter((chunk) => type === undefined || chunk.type === type)
        .filter(({ id }) => ids === undefined || (ids as string[]).includes(id))
        .filter(({ fields }) =>
          (fits ?? []).every(({ field, value }) => JSON.stringify(fields?.[field] ?? null).includes(value)),
        )
        .map((chunk) => ({
          ...toSummary(chunk),
          ...(asked.includes('body') ? { body: chunk.body } : {}),
          ...(asked.includes('actors')
            ? {
                created_at: chunk.created_at,
                created_by: (chunk.versions[0] ?? chunk).updated_by,
                updated_by: chunk.updated_by,
              }
            : {}),
        })),
    }
  }

  private created(body: Body): Chunk {
    const { documentId, parentId, position } = this.destination(String(body.document_id), body, body.parent_id)
    const given = Object.fromEntries(wireFields.flatMap((name) => (name in body ? [[name, body[name]]] : [])))
    const title = String(body.title)
    const id = this.insert({ ...given, document_id: documentId, title, parent_id: parentId, position })
    const chunk = this.get(id)
    this.record('create_chunk', chunk, user, { parent_id: parentId, position: chunk.position })
    return toChunk(chunk)
  }

  private upserted(body: Body): wire.UpsertChunkOutput {
    const natural_key = String(body.natural_key)
    const { document_id = '', title = '' } = body as Partial<Chunk>
    const known = this.inDocument(document_id).find((chunk) => chunk.natural_key === natural_key)
    const given = Object.fromEntries(wireFields.flatMap((name) => (name in body ? [[name, body[name]]] : [])))
    const { rootId } = this.documents.get(document_id)!
    const id = known?.id ?? this.insert({ ...given, document_id, title, natural_key, parent_id: rootId, position: 1e6 })
    const chunk = this.get(id)
    if (known) this.update(known, given, user)
    else this.record('create_chunk', chunk, user, { parent_id: rootId, position: chunk.position })
    return { id, natural_key, created: known === undefined, revision: chunk.revision }
  }

  /** How a board is set up. */
  board(name: string): Chunk['fields'] {
    return [...this.chunks.values()].find(({ natural_key }) => natural_key === `board:${name}`)?.fields
  }

  private moved(body: Body): wire.MoveChunkOutput {
    const chunk = this.get(String(body.id))
    this.requireUnchanged(
      body.unmoved_since,
      ({ chunk_id, position }) => chunk_id === chunk.id && position !== undefined,
    )
    const { parentId, position } = this.destination(chunk.document_id, body, body.new_parent_id)
    Object.assign(chunk, { parent_id: parentId, position })
    this.renumber(parentId)
    this.record('move_chunk', chunk, user, { parent_id: parentId, position: chunk.position })
    return { ok: true, id: chunk.id, new_parent_id: parentId, position: chunk.position }
  }

  /** The titles of a column, from above. */
  column(documentId: string, status: string): string[] {
    return this.cards(documentId, status).map(({ title }) => title)
  }

  private ranked(body: Body, actor = user): wire.MoveCardOutput {
    const chunk = this.get(String(body.id))
    const status = body.status === undefined ? (chunk.status ?? '') : String(body.status)
    const isNew = status !== (chunk.status ?? '')
    const column = this.cards(chunk.document_id, status).filter(({ id }) => id !== chunk.id)
    const limit = this.limits.get(status)
    if (isNew && limit !== undefined && column.length >= limit && actor === user) throw new ColumnFull(status, limit)
    const after = column.findIndex(({ id }) => id === body.after_id)
    const before = column.findIndex(({ id }) => id === body.before_id)
    const at = after >= 0 ? after + 1 : before >= 0 ? before : column.length
    const rank = status ? generateKeyBetween(column[at - 1]?.rank || null, column[at]?.rank || null) : ''
    if (isNew) chunk.versions.push(toChunk(chunk))
    Object.assign(chunk, { status, rank, ...(isNew ? { revision: chunk.revision + 1, updated_by: actor } : {}) })
    const { id, document_id, revision } = chunk
    const keys = isNew ? ['status', 'rank'] : ['rank']
    this.record('move_card', chunk, actor, { keys, changed: { ...(isNew ? { status } : {}), rank } })
    return { id, document_id, status, rank, revision }
  }

  private cards(documentId: string, status: string): Stored[] {
    const cards = this.inDocument(documentId).filter((chunk) => (chunk.status ?? '') === status)
    const key = ({ rank = '', id }: Stored) => `${rank} ${id}`
    return cards.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  }

  private deleted(body: Body): wire.DeleteChunkOutput {
    const chunk = this.get(String(body.id))
    this.requireRevision(chunk, body.revision as number | undefined)
    const branch = [chunk.id]
    for (const id of branch) branch.push(...this.siblings(id).map((child) => child.id))
    this.requireUnchanged(body.unchanged_since, ({ chunk_id = '' }) => branch.includes(chunk_id))
    for (const id of branch) this.chunks.delete(id)
    this.record('delete_chunk', chunk, user, { count: branch.length })
    return { deleted: true, cascade_deleted_descendants: branch.length - 1 }
  }

  private requireUnchanged(since: unknown, concerns: (change: DocumentChange) => boolean): void {
    const found = this.changes.filter((change) => change.seq > Number(since) && concerns(change))
    if (found.length > 0) throw new ChangedSince(found)
  }

  private requireRevision(chunk: Stored, revision: number | undefined): void {
    if (revision === undefined || revision === chunk.revision) return
    throw new Refusal(`revision conflict (you passed ${revision}, current is ${chunk.revision})`, {
      reason: 'revision_conflict',
      current_revision: chunk.revision,
      chunk: toChunk(chunk),
    })
  }

  private destination(documentId: string, body: Body, parent: unknown) {
    const sibling = body.after_id ?? body.before_id
    if (sibling === undefined) {
      return { documentId, parentId: String(parent ?? ''), position: Number(body.position ?? 1e6) - 0.5 }
    }
    const { parent_id: parentId = '', position } = this.get(String(sibling))
    return { documentId, parentId, position: body.after_id === undefined ? position - 0.5 : position + 0.5 }
  }

  private insert(chunk: Partial<Chunk> & Pick<Chunk, 'document_id' | 'title' | 'position'>): string {
    const id = `chunk${++ids}`
    const known = { id, revision: 1, body: '', created_at: at, updated_at: at, updated_by: user }
    this.chunks.set(id, {
      ...known,
      ...chunk,
      ...(chunk.status ? { rank: this.lastRank(chunk.document_id, chunk.status) } : {}),
      versions: [],
    })
    this.renumber(chunk.parent_id ?? '')
    return id
  }

  /** Behind all that stand there by now. */
  private lastRank(documentId: string, status: string): string {
    return generateKeyBetween(this.cards(documentId, status).at(-1)?.rank || null, null)
  }

  private renumber(parentId: string): void {
    for (const [i, chunk] of this.siblings(parentId).entries()) chunk.position = i
  }

  private siblings(parentId: string): Stored[] {
    return [...this.chunks.values()]
      .filter(({ parent_id = '' }) => parent_id === parentId)
      .sort((a, b) => a.position - b.position)
  }

  inDocument(documentId?: string, parentId?: string): Stored[] {
    return [...this.chunks.values()].filter(
      ({ document_id, parent_id = '' }) =>
        (documentId === undefined || document_id === documentId) && (parentId === undefined || parent_id === parentId),
    )
  }

  private at(id: string, revision: number): Chunk {
    const chunk = this.get(id)
    return chunk.versions.find((version) => version.revision === revision) ?? chunk
  }

  private document(id: string): wire.GetDocumentOutput {
    const document = this.documents.get(id)
    if (!document) throw new Refusal(`no such document: ${id}`)
    return {
      document_id: id,
      title: this.get(document.rootId).title,
      root_chunk_id: document.rootId,
      color_enabled: false,
      paths: [document.path],
      chunk_count: this.inDocument(id).length,
      created_at: at,
      updated_at: at,
      seq: this.changes.length,
    }
  }

  private found({ id, path, rootId }: FakeDocument) {
    const now = Date.parse(at) * 1e6
    return {
      document_id: id,
      title: this.get(rootId).title,
      root_chunk_id: rootId,
      created_at: now,
      updated_at: now,
      paths: [path],
    }
  }

  private record(op: string, chunk: Chunk, actor: ChangeActor, more: Partial<DocumentChange>): void {
    const { document_id, id: chunk_id, revision, title } = chunk
    const seq = this.changes.length + 1
    const change: DocumentChange = {
      type: 'change',
      seq,
      op,
      document_id,
      chunk_id,
      revision,
      actor,
      at,
      title,
      ...more,
    }
    this.changes.push(change)
    this.onChange(change)
  }
}

function toChunk({ versions: _, ...chunk }: Stored): Chunk {
  return { ...chunk }
}

function toSummary(chunk: Stored): wire.ChunkSummary {
  const { id, document_id, title, position, revision, parent_id, type, status, rank, natural_key, fields, tags } = chunk
  const known = Object.entries({ parent_id, type, status, rank, natural_key, fields, tags }).filter(
    ([, value]) => value !== undefined,
  )
  return { id, document_id, title, position, revision, ...Object.fromEntries(known) }
}

/** Two at a time, so that whoever reads the first page only sees less. */
function onePage(name: string, all: readonly unknown[], cursor = '0') {
  const end = Number(cursor) + 2
  return { [name]: all.slice(Number(cursor), end), ...(end < all.length ? { next_cursor: `${end}` } : {}) }
}
