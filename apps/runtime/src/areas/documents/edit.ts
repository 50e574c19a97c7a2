import type { Kysely } from 'kysely'
import { execute } from '../../ground/db/execute.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import { keepAnswer } from '../../ground/idempotency/idempotency.ts'
import { type Actor, keyOfPlace, type Place, type PlaceScope } from '../../ground/identity/place.ts'
import type { DocumentGrowth } from '../../ground/quotas/document-quotas.ts'
import type { Caller } from '../../tools/caller.ts'
import { placeFor } from '../paths/access.ts'
import type { DocumentDeps } from './deps.ts'
import { toDocumentChange } from './history/document-change.ts'
import { insertChanges, type NewChange } from './store/changes.ts'
import { touchDocuments } from './store/documents.ts'
import { ensurePlace } from './store/places.ts'

/** One change to documents under way: everything in it is on disk together or not at all, its log included. */
export interface Edit {
  tx: Kysely<Schema>
  place: Place
  placeId: number
  actor: Actor
  caller: Caller
  now: number
  /** What added chunks come with, where there are many: nobody sees them before all of them are there. */
  batch?: number
  record(change: NewChange): void
  /** To be said before it is stored; refuses where it would be too much. */
  take(growth: DocumentGrowth): void
  /** Something is left to be done afterwards. */
  leave(): void
  /** Whether an agent is to be started with a card may have changed. */
  lookForStarts(): void
}

export async function edit<T>(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  work: (edit: Edit) => Promise<T>,
  now = deps.clock.now(),
): Promise<T> {
  const place = placeFor(caller, scope ?? 'user')
  const afterCommit: Array<() => void> = []
  await deps.quotas.read(place)
  const result = await deps.db.transaction(async (tx) => {
    const placeId = await ensurePlace(tx, place)
    const changes: NewChange[] = []
    const record = (change: NewChange) => void changes.push(change)
    const take = (growth: DocumentGrowth) => deps.quotas.take(place, growth)
    const leave = () => void afterCommit.push(() => deps.leftovers.begin())
    const lookForStarts = () => void afterCommit.push(() => deps.cardStarts?.begin())
    const current = { tx, place, placeId, actor: caller.actor, caller, now, record, take, leave, lookForStarts }
    const answer = await work(current)
    await keepAnswer(tx, caller.keyed, answer, now)
    if (changes.length > 0) afterCommit.push(...(await writeLog(deps, current, changes)))
    for (const id of new Set(changes.filter(movesCards).map(({ document_id }) => document_id))) {
      afterCommit.push(() => deps.teamRuns?.cardsChanged(id))
    }
    return answer
  })
  for (const act of afterCommit) act()
  return result
}

/** What may let a run of a team go on, or end it: a card with another status, one that is gone, another limit of a board. */
const moving = ['status', 'fields', 'chunks', 'batch', 'document']

function movesCards({ before }: NewChange): boolean {
  return typeof before === 'object' && before !== null && moving.some((key) => key in before)
}

/** What is left to do once it is committed. */
async function writeLog({ feed, toPublication }: DocumentDeps, current: Edit, changes: readonly NewChange[]) {
  const { tx, place, placeId, now } = current
  const written = await insertChanges(tx, placeId, current, changes)
  await touchDocuments(tx, [...new Set(changes.map((change) => change.document_id))], now)
  const announcements = [() => feed.announce(keyOfPlace(place))]
  for (const change of written) {
    if (!toPublication || change.document_id === '') continue
    const { statements, announce } = toPublication(place, toDocumentChange(change))
    for (const statement of statements) await execute(tx, statement)
    announcements.push(announce)
  }
  return announcements
}
