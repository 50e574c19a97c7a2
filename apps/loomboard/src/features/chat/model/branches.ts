import type { BranchPoint, Chat } from '@loomcycle/client'
import { turnSeq } from './outline.ts'
import type { Turn } from './types.ts'

/** A conversation that goes on in its own way from a place that several have in common. */
export interface Version {
  sessionId: string
  title: string
  /** Unix milliseconds; nothing for the one that others branched from. */
  since?: number
  /** The first turn that is its own. */
  turn: string
}

/** What stands at a place where conversations part. */
export interface BranchMark {
  /** The conversation that this one has left here. */
  from?: BranchPoint
  /** Those that leave this one here. */
  branches: readonly Version[]
  /** All that go on from here, this one among them, in the order in which they came to be. */
  versions: readonly Version[]
  /** This one's place among them. */
  current: number
}

/** The place before the first turn. */
export const atTop = 'top'

/** Where a branch's own first message is: after what was copied comes a row that says that it was. */
export function firstOwnSeq(seq: number): number {
  return seq === 0 ? 1 : seq + 2
}

/** Rows between what was said and the first sign of an answer, by which a live turn is known. */
const openingRows = 3

/** How an address names the turn that begins with this event, whether it is known by that event or by a later one. */
export function addressOf(seq: number): string {
  return `s${seq + openingRows}`
}

/** The marks by the turn after which they stand. Those that are further up than what is loaded are left out. */
export function placeBranches(
  conversation: { sessionId: string; title: string; turns: readonly Turn[]; hasEarlier: boolean },
  from: BranchPoint | undefined,
  branches: readonly Chat[],
  siblings: readonly Chat[],
): ReadonlyMap<string, BranchMark> {
  const { sessionId, title, turns, hasEarlier } = conversation
  const placeOf = (seq: number) =>
    seq === 0 ? (hasEarlier ? undefined : atTop) : turns.findLast(({ id }) => (turnSeq(id) ?? Infinity) <= seq)?.id
  const marks = new Map<string, BranchMark>()
  const itself: Version = { sessionId, title, turn: '' }

  const origin = from && placeOf(from.seq)
  if (from && origin !== undefined) {
    const source = { sessionId: from.session_id, title: titleOf(from.title), turn: addressOf(from.seq + 1) }
    const others = siblings.filter((chat) => chat.branched_from?.seq === from.seq).map(toVersion)
    const versions = [source, ...others.map((one) => (one.sessionId === sessionId ? { ...one, title } : one))]
    marks.set(origin, withVersions({ from, branches: [], versions, current: 0 }, sessionId))
  }
  for (const chat of branches) {
    const place = placeOf(chat.branched_from?.seq ?? 0)
    if (place === undefined) continue
    const before = marks.get(place) ?? { branches: [], versions: [itself], current: 0 }
    const version = toVersion(chat)
    const versions = [...before.versions, version]
    marks.set(place, withVersions({ ...before, branches: [...before.branches, version], versions }, sessionId))
  }
  return marks
}

function withVersions(mark: BranchMark, sessionId: string): BranchMark {
  return { ...mark, current: mark.versions.findIndex((version) => version.sessionId === sessionId) }
}

function toVersion(chat: Chat): Version {
  return {
    sessionId: chat.session_id,
    title: titleOf(chat.title),
    since: Date.parse(chat.created_at),
    turn: addressOf(firstOwnSeq(chat.branched_from?.seq ?? 0)),
  }
}

function titleOf(title: string | undefined): string {
  return title || 'Untitled'
}
