import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RuntimeProcess, startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Heavy } from '../../fault/heavy-requests/ask.ts'
import { watchingSteps } from '../../fault/heavy-requests/prober.ts'
import { longConversation, manyConversations, putRows } from '../../fault/heavy-requests/rows.ts'
import { fillVectors } from '../memory-search.ts'

/** How much of everything there is. */
export interface Size {
  chunks: number
  /** Besides the one that the chunks are in, each of one chunk. */
  documents: number
  conversations: number
  /** Of one conversation. */
  events: number
  keys: number
  names: number
}

/** What an op answers is looked at by name; the contract is tested elsewhere. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Ask = (op: string, input?: object) => Promise<any>

/** A runtime in which much belongs to one person. */
export interface Store {
  runtime: RuntimeProcess
  size: Size
  /** Of her documents. */
  ask: Ask
}

export const owner = 'ada'
export const manyRun = 'r_changes'
const documentsPath = `/v1/_document?scope_id=${owner}`
const atOnce = 50

export const documentRequest = (op: string, input: object = {}): Heavy => json(documentsPath, { op, ...input })
export const pathRequest = (op: string, input: object = {}): Heavy =>
  json(`/v1/_path?scope_id=${owner}`, { op, scope: 'user', ...input })
export const historyRequest = (op: string, input: object = {}): Heavy =>
  json('/v1/_history', { op, scope: 'global', ...input })

export function json(path: string, body: object, method: 'POST' | 'PUT' = 'POST'): Heavy {
  return { method, path, body: JSON.stringify(body) }
}

/** With everything but the chunks, which somebody has to import. */
export async function openStore(size: Size): Promise<Store> {
  const agent = { provider: 'scripted', model: 'brief', system_prompt: 'You talk.' }
  const runtime = await startRuntime({
    env: { ...watchingSteps, LOOMCYCLE_EMBEDDER_STUB: '1' },
    config: { concurrency: { max_concurrent_runs: 100 }, agents: { brief: agent, echo: agent } },
    scripts: { brief: { scenes: [{ turns: [{ text: 'Yes.' }] }] } },
  })
  await putRows(runtime, (db) => {
    manyConversations(db, size.conversations)
    longConversation(db, size.events)
    fillVectors(db, { rows: size.keys, scopeId: owner })
    manyNames(db, size.names)
  })
  const ask: Ask = async (op, input) => {
    const { path, body } = documentRequest(op, input)
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${runtime.url}${path}`, { method: 'POST', body: body as string, headers })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${op}: ${JSON.stringify(answer)}`)
    return answer
  }
  await ask('import_md', { markdown: '# Warm\n\nThe first import of a process compiles what the others use.\n' })
  await manyDocuments(ask, size.documents)
  return { runtime, size, ask }
}

async function manyDocuments(ask: Ask, count: number) {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      await ask('create_document', { title: `Note ${n}`, path: `/notes/${n % 50}/note-${n}`, tags: [`tag ${n % 200}`] })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** A run that has changed every chunk of a document, and types that were declared in it. */
export async function addChanges({ runtime }: Store, documentId: string): Promise<void> {
  await putRows(runtime, (db) => {
    const { place_id: place } = db.prepare('select place_id from documents where id = ?').get(documentId) as {
      place_id: number
    }
    const { head_seq: head } = db.prepare('select head_seq from document_places where id = ?').get(place) as {
      head_seq: number
    }
    const actor = JSON.stringify({ kind: 'agent', id: 'echo', run_id: manyRun })
    const ids = db.prepare('select id, title from chunks where document_id = ? order by n').all(documentId)
    const change = db.prepare(`insert into document_changes
      (place_id, seq, op, document_id, chunk_id, revision, actor, run_id, at, detail, before)
      values (?, ?, 'update_chunk', ?, ?, 1, ?, ?, ?, ?, '{"status":"before"}')`)
    for (const [i, { id, title }] of ids.entries()) {
      const detail = JSON.stringify({ title, keys: ['status'] })
      change.run(place, head + i + 1, documentId, id!, actor, manyRun, Date.now(), detail)
    }
    db.prepare('update document_places set head_seq = head_seq + ? where id = ?').run(ids.length, place)
    const type = db.prepare(
      'insert into chunk_types (place_id, document_id, name, fields, created_at) values (?, ?, ?, ?, 0)',
    )
    const fields = JSON.stringify([{ name: 'n', kind: 'number' }])
    for (let n = 0; n < ids.length / 10; n++) type.run(place, documentId, `type-${n}`, fields)
  })
}

/** Waits until nothing is left to be removed or led elsewhere. */
export async function settled({ runtime }: Store): Promise<void> {
  const db = new DatabaseSync(join(runtime.dataDir, 'loomcycle.db'), { readOnly: true })
  const left = db.prepare('select 1 from chunk_batches union all select 1 from chunk_relinks limit 1')
  while (left.get()) await sleep(20)
  db.close()
}

function manyNames(db: DatabaseSync, count: number) {
  const insert = db.prepare(`insert into dirents
    (tenant_id, scope, scope_id, path, kind, resource_ref, created_at, updated_at)
    values ('default', 'user', ?, ?, 'memory_entry', ?, 0, 0)`)
  for (let n = 0; n < count; n++) {
    insert.run(owner, `/many/${n % 200}/${randomUUID()}`, JSON.stringify({ scope: 'user', key: `key${n}` }))
  }
}
