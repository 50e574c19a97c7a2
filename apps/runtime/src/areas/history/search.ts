import type { Chat } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import type { Asker } from '../../ground/db/reading-thread.ts'
import { toChat } from './chat.ts'
import { findTexts, type Hit, textAt } from './index-store.ts'
import { indexTexts } from './index-texts.ts'
import { type ChatFilter, chatsByIds, filterIds, listMatchingIds } from './store.ts'
import { allOf, anyOf, snippetOf, wordsOf } from './words.ts'

/** So many sessions are brought up to date before an answer; the rest follows in the background. */
const indexedAtOnce = 500

/** Conversations with all words of a query: in their title, description or tags first, then by how well the rest fits. */
export async function search(
  db: Database,
  asker: Asker,
  filter: ChatFilter,
  query: string,
  page: { limit: number; offset: number },
): Promise<{ chats: Chat[]; total: number }> {
  const words = wordsOf(query)
  if (words.length === 0) return { chats: [], total: 0 }
  await indexTexts(db, indexedAtOnce)
  const aside = db.aside(asker)
  const hits = bestHits(await findTexts(aside, filter, allOf(words)))
  const named = await listMatchingIds(aside, filter, words)
  const seen = await filterIds(aside, filter, [...hits.keys()])
  const ids = [...new Set([...named, ...[...hits.keys()].filter((id) => seen.has(id))])]
  const chats = await load(db, ids.slice(page.offset, page.offset + page.limit), hits, words)
  return { chats, total: ids.length }
}

/** Conversations with some of the words, closest first. */
export async function findRelated(
  db: Database,
  asker: Asker,
  filter: ChatFilter,
  text: string,
  { limit, except }: { limit: number; except: string | undefined },
): Promise<Chat[]> {
  const words = wordsOf(text).filter((word) => word.length > 3)
  if (words.length === 0) return []
  await indexTexts(db, indexedAtOnce)
  const aside = db.aside(asker)
  const hits = bestHits(await findTexts(aside, filter, anyOf(words)))
  const seen = await filterIds(aside, filter, [...hits.keys()])
  const ids = [...hits.keys()].filter((id) => seen.has(id) && id !== except).slice(0, limit)
  return load(db, ids, hits, words)
}

/** The best place in each session. */
function bestHits(hits: readonly Hit[]): Map<string, number> {
  const best = new Map<string, number>()
  for (const { session_id, rowid } of hits) if (!best.has(session_id)) best.set(session_id, rowid)
  return best
}

async function load(db: Database, ids: readonly string[], hits: Map<string, number>, words: readonly string[]) {
  const byId = new Map((await chatsByIds(db, ids)).map((row) => [row.session_id, row]))
  const chats: Chat[] = []
  for (const id of ids) {
    const row = byId.get(id)
    if (!row) continue
    const hit = hits.get(id)
    const snippet = hit === undefined ? {} : { snippet: snippetOf(await textAt(db, hit), words) }
    chats.push({ ...toChat(row), ...snippet })
  }
  return chats
}
