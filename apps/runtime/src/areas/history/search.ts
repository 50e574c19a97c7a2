import type { Chat } from '@loomcycle/proto'
import { afterCursor, type Listing, toCursor } from '../../ground/cursor.ts'
import type { Asker } from '../../ground/db/asker-line.ts'
import type { Database } from '../../ground/db/database.ts'
import { excerpt } from '../../ground/full-text/excerpt.ts'
import { tellingTerms } from '../../ground/full-text/telling-terms.ts'
import { type Term, termsOf, toMatch } from '../../ground/full-text/terms.ts'
import { toChat } from './chat.ts'
import { findTexts, type Hit, textAt } from './index-store.ts'
import { indexTexts } from './index-texts.ts'
import { Shown } from './shown.ts'
import { type ChatFilter, chatsByIds, filterIds, listMatchingIds } from './store.ts'

/** So many sessions are brought up to date before an answer; the rest follows in the background. */
const indexedAtOnce = 500
const mostTerms = 24

/** Conversations with all words of a query: in their title, description or tags first, then by how well the rest fits. */
export async function search(
  db: Database,
  asker: Asker,
  filter: ChatFilter,
  query: string,
  page: { limit: number; offset: number; cursor: string | undefined },
): Promise<{ chats: Chat[]; total: number; next_cursor?: string }> {
  const listing: Listing = ['history.search', { ...filter, query }]
  const [shownBefore] = afterCursor(page.cursor, listing, 1) ?? []
  const terms = termsOf(query, mostTerms)
  const match = toMatch(terms, 'start')
  if (match === undefined) return { chats: [], total: 0 }
  await indexTexts(db, indexedAtOnce)
  const aside = db.aside(asker)
  const hits = bestHits(await findTexts(aside, filter, match))
  const named = await listMatchingIds(aside, filter, terms)
  const seen = await filterIds(aside, filter, [...hits.keys()])
  const ids = [...new Set([...named, ...[...hits.keys()].filter((id) => seen.has(id))])]
  const shown = new Shown(String(shownBefore ?? ''))
  const left = ids.filter((id) => !shown.has(id)).slice(page.offset)
  const here = left.slice(0, page.limit)
  return {
    chats: await load(db, here, hits, terms),
    total: ids.length,
    ...(left.length > here.length ? { next_cursor: toCursor(listing, [shown.and(here)]) } : {}),
  }
}

/** Conversations with some of the words, closest first. */
export async function findRelated(
  db: Database,
  asker: Asker,
  filter: ChatFilter,
  text: string,
  { limit, except }: { limit: number; except: string | undefined },
): Promise<Chat[]> {
  const terms = tellingTerms(text)
  const match = toMatch(terms, 'any')
  if (match === undefined) return []
  await indexTexts(db, indexedAtOnce)
  const aside = db.aside(asker)
  const hits = bestHits(await findTexts(aside, filter, match))
  const seen = await filterIds(aside, filter, [...hits.keys()])
  const ids = [...hits.keys()].filter((id) => seen.has(id) && id !== except).slice(0, limit)
  return load(db, ids, hits, terms)
}

/** The best place in each session. */
function bestHits(hits: readonly Hit[]): Map<string, number> {
  const best = new Map<string, number>()
  for (const { session_id, n } of hits) if (!best.has(session_id)) best.set(session_id, n)
  return best
}

async function load(db: Database, ids: readonly string[], hits: Map<string, number>, terms: readonly Term[]) {
  const byId = new Map((await chatsByIds(db, ids)).map((row) => [row.session_id, row]))
  const chats: Chat[] = []
  for (const id of ids) {
    const row = byId.get(id)
    if (!row) continue
    const hit = hits.get(id)
    const snippet = hit === undefined ? {} : { snippet: excerpt(await textAt(db, hit), terms) }
    chats.push({ ...toChat(row), ...snippet })
  }
  return chats
}
