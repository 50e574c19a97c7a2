import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ownerTokens } from '../../apps/runtime/src/areas/history/owners.ts'
import { toIndexText } from '../../apps/runtime/src/ground/full-text/terms.ts'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'

export const longSession = 's_long'
export const longRun = 'r_long'
export const fullChannel = 'full'
export const manyUser = 'many'
const events = 150_000
const turnLength = 100
const many = 100_000

/** What a runtime holds that is used a lot. */
export async function fillDatabase(runtime: RuntimeProcess): Promise<void> {
  await putRows(runtime, (db) => {
    longConversation(db, events)
    manyConversations(db, many)
    manyMessages(db)
    manyEvaluations(db)
    manyMemories(db)
  })
}

/** Puts rows where the next start finds them: to say all that they stand for would take hours. */
export async function putRows(runtime: RuntimeProcess, put: (db: DatabaseSync) => void): Promise<void> {
  await runtime.kill()
  const db = new DatabaseSync(join(runtime.dataDir, 'loomcycle.db'))
  db.exec('pragma journal_mode = wal; pragma synchronous = off; begin')
  put(db)
  db.exec('commit')
  db.close()
  await runtime.restart()
}

const session = `insert into sessions (id, tenant_id, user_id, agent, created_at, last_activity, opening) values (?, 'default', ?, 'echo', ?, ?, ?)`
const run = `insert into runs (id, session_id, tenant_id, user_id, agent, agent_id, root_run_id, status, interactive, options, history_after, first_seq, started_at, completed_at, stop_reason)
  values (?, ?, 'default', ?, 'echo', ?, ?, 'completed', 0, '{}', 0, 1, ?, ?, 'end_turn')`
const event = `insert into events (session_id, seq, tenant_id, run_id, at, type, payload) values (?, ?, 'default', ?, ?, ?, ?)`

export function longConversation(db: DatabaseSync, events: number) {
  const at = Date.now()
  db.prepare(session).run(longSession, 'default', at, at, 'Tell me everything.')
  db.prepare(run).run(longRun, longSession, 'default', 'a_long', longRun, at, at)
  const insert = db.prepare(event)
  const add = (seq: number, type: string, content: object) =>
    insert.run(longSession, seq, longRun, at, type, JSON.stringify({ type, ...content }))
  add(1, 'user_input', { ...say('Tell me everything.'), seen_at: new Date(at).toISOString(), opening: true })
  for (let seq = 2; seq < events - 1; seq++) {
    if (seq % turnLength === 0) add(seq, 'assistant_turn', { stop_reason: 'end_turn' })
    else if (seq % turnLength === 1)
      add(seq, 'user_input', { ...say('And then?'), seen_at: new Date(at).toISOString() })
    else add(seq, 'text', { text: `Sentence ${seq} of a long story, which goes on and on and has more to say. ` })
  }
  add(events - 1, 'assistant_turn', { stop_reason: 'end_turn' })
  add(events, 'done', { stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } })
}

function say(text: string) {
  return { segments: [{ role: 'user', content: [{ type: 'trusted-text', text }] }], source: 'api' }
}

/** Each of a question and an answer. */
export function manyConversations(db: DatabaseSync, many: number) {
  const sessions = db.prepare(session)
  const runs = db.prepare(run)
  const log = db.prepare(event)
  const texts = db.prepare('insert into chat_texts (n, session_id, text) values (?, ?, ?)')
  const words = db.prepare('insert into chat_fts (rowid, words, owners) values (?, ?, ?)')
  const indexed = db.prepare('insert into chat_indexed (session_id, tenant_id, seq) values (?, ?, 3)')
  const notes = db.prepare('insert into chat_notes (session_id, tenant_id, tags) values (?, ?, ?)')
  const owners = ownerTokens({ tenantId: 'default', userId: manyUser, agent: 'echo' })
  const at = Date.now() - many
  for (let n = 0; n < many; n++) {
    const id = `s_${n}`
    const title = `Plan ${n} for the week, with friends and without them`
    sessions.run(id, manyUser, at + n, at + n, title)
    runs.run(`r_${n}`, id, manyUser, `a_${n}`, `r_${n}`, at + n, at + n)
    for (const [i, content] of said(title, at + n).entries()) {
      log.run(id, i + 1, `r_${n}`, at + n, content.type, JSON.stringify(content))
    }
    const text = `${title}. It was said that plans are made to be changed, and that ${n} is a number.`
    texts.run(n + 1, id, text)
    words.run(n + 1, toIndexText(text), owners)
    indexed.run(id, 'default')
    if (n % 2 === 0) notes.run(id, 'default', JSON.stringify([`tag-${n % 1000}`, 'plans']))
  }
}

function said(question: string, at: number) {
  return [
    { type: 'user_input', ...say(question), seen_at: new Date(at).toISOString(), opening: true },
    { type: 'assistant_turn', stop_reason: 'end_turn' },
    { type: 'done', stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } },
  ]
}

function manyMessages(db: DatabaseSync) {
  const at = Date.now() - many
  const declare = `insert into channels (tenant_id, name, scope, semantic, created_at) values ('default', ?, 'global', 'queue', ?)`
  db.prepare(declare).run(fullChannel, at)
  const insert = db.prepare(`insert into channel_messages
    (tenant_id, channel, scope, scope_id, position, payload, published_at, published_by, deferred)
    values ('default', ?, 'global', '', ?, ?, ?, 'user:default', 0)`)
  for (let n = 0; n < many; n++) {
    const tick = (BigInt(at + n) * 1_000_000n).toString(16).padStart(16, '0')
    insert.run(fullChannel, `${tick}_msg_${tick}00000000`, JSON.stringify({ text: `message ${n}` }), at + n)
  }
}

function manyEvaluations(db: DatabaseSync) {
  const insert = db.prepare(`insert into evaluations
    (id, tenant_id, run_id, agent, score, dimensions, emitter_role, emitter_agent_id, emitter_run_id, created_at)
    values (?, 'default', ?, 'echo', ?, ?, 'external', 'a', 'r', ?)`)
  const at = Date.now() - many
  for (let n = 0; n < many; n++) {
    const dimensions = JSON.stringify({ clarity: n % 7, depth: n % 5, care: n % 3 })
    insert.run(`e_${n}`, longRun, n % 11, dimensions, at + n)
  }
}

function manyMemories(db: DatabaseSync) {
  const insert = db.prepare(`insert into memory
    (tenant_id, scope, scope_id, key, value, bytes, created_at, updated_at) values ('default', 'user', ?, ?, ?, ?, ?, ?)`)
  const at = Date.now()
  for (let n = 0; n < many; n++) insert.run(manyUser, `key-${String(n).padStart(6, '0')}`, '"a value"', 20, at, at)
  for (let n = 0; n < many; n++) insert.run(`user-${n}`, 'key', '"a value"', 20, at, at)
}
