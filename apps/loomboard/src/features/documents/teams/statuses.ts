import type { BoardColumn } from '@loomcycle/client'
import { countBy, type OutlineChunk } from '../model/outline.ts'
import { titleOf, toSetup } from '../views/board/board-setup.ts'
import { type BoardTeams, refusalByTeam, teamOf } from './team-words.ts'

/** A status that something may be given, or may not and why. */
export interface StatusChoice {
  status: string
  label: string
  refused?: string | undefined
}

/** Which statuses there are in a document, and who may have them. */
export interface Statuses {
  teams: BoardTeams | undefined
  /** For a chunk. */
  choicesFor: (chunk: OutlineChunk) => StatusChoice[]
  /** For several: a status is refused where none of them may have it. */
  choicesForAll: (chunks: readonly OutlineChunk[]) => StatusChoice[]
  refusal: (chunk: OutlineChunk, status: string) => string | undefined
}

interface StatusesInput {
  chunks: ReadonlyMap<string, OutlineChunk>
  rootId: string
  /** Of its board. */
  settings: OutlineChunk['fields']
  teams: BoardTeams | undefined
}

/** Where a card is to go. */
interface Target {
  status: string
  title: string
  limit?: number | undefined
  count: number
}

/** Why a card does not get a status: its team does not lead there, or there is no room; undefined where it does. */
export function refusalOfStatus(
  teams: BoardTeams | undefined,
  card: OutlineChunk,
  { status, title, limit, count }: Target,
  titleOfStatus: (status: string) => string,
): string | undefined {
  const team = teamOf(teams, card.id)
  const byTeam = team && refusalByTeam(team, card, status, titleOfStatus)
  if (byTeam || limit === undefined || count < limit) return byTeam
  return `${title} is full: it takes ${limit} ${limit === 1 ? 'card' : 'cards'}.`
}

/** As the board has them and calls them, and what else occurs. */
export function toStatuses({ chunks, rootId, settings, teams }: StatusesInput): Statuses {
  const known = once(() => {
    const occurring = countBy(chunks, ({ id, status }) => (status && id !== rootId ? [status] : []))
    const counts = new Map(occurring.map(({ value, count }) => [value, count]))
    const { columns } = toSetup(settings, counts.keys(), teams?.board?.graph)
    const named = new Set(columns.map(({ status }) => status))
    const others: BoardColumn[] = occurring.flatMap(({ value }) => (named.has(value) ? [] : [{ status: value }]))
    return new Map<string, Target>(
      [...columns, ...others].map(({ status, title = titleOf(status), limit }) => [
        status,
        { status, title, limit, count: counts.get(status) ?? 0 },
      ]),
    )
  })
  const titleOfStatus = (status: string) => known().get(status)?.title ?? titleOf(status)

  function refusal(chunk: OutlineChunk, status: string): string | undefined {
    // The document itself goes through no team, and is in no column.
    if (chunk.id === rootId || status === (chunk.status ?? '')) return undefined
    const target = known().get(status) ?? { status, title: titleOf(status), count: 0 }
    return refusalOfStatus(teams, chunk, target, titleOfStatus)
  }
  const offered = () => [...known().values()].map(({ status, title }) => ({ status, label: title }))
  const none = { status: '', label: 'No status' }
  return {
    teams,
    refusal,
    choicesFor: (chunk) =>
      [none, ...offered()].map((choice) => ({ ...choice, refused: refusal(chunk, choice.status) })),
    choicesForAll(chosen) {
      return [...offered(), none].map((choice) => {
        const others = chosen.filter(({ status = '' }) => status !== choice.status)
        const refusals = others.map((chunk) => refusal(chunk, choice.status))
        return { ...choice, refused: refusals.every(Boolean) ? refusals[0] : undefined }
      })
    },
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
