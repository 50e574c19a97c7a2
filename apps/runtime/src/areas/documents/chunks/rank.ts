import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import type { Edit } from '../edit.ts'
import { type Column, findRankAfter, findRankBefore, findRankOf, hasRank, lastRank } from '../store/ranks.ts'
import type { Draft } from './add-chunks.ts'
import type { StoredChunk } from './chunk.ts'
import { longestRank, spreadAround } from './spread-ranks.ts'

/** Beside which card one should stand. */
export interface Seat {
  after_id?: string | undefined
  before_id?: string | undefined
}

type Ranked = Pick<StoredChunk, 'n' | 'document_id' | 'status' | 'rank'>

/** The rank of a chunk in a column: beside the card named that is there, or else at its end, where that is known. */
export async function rankBeside(
  edit: Edit,
  chunk: Ranked,
  status: string,
  { after_id, before_id }: Seat,
  end?: string | null,
): Promise<string> {
  if (status === '') return ''
  const { tx } = edit
  const column = { document_id: chunk.document_id, status, except: chunk.n }
  const after = after_id === undefined ? undefined : await findRankOf(tx, column, after_id)
  if (after !== undefined) return between(edit, chunk, column, after, await findRankAfter(tx, column, after))
  const before = before_id === undefined ? undefined : await findRankOf(tx, column, before_id)
  if (before !== undefined) return between(edit, chunk, column, await findRankBefore(tx, column, before), before)
  return between(edit, chunk, column, end === undefined ? await lastRank(tx, column) : end, null)
}

/** What is there already stays as it is. */
async function between(
  edit: Edit,
  chunk: Ranked,
  column: Column,
  from: string | null,
  to: string | null,
): Promise<string> {
  const { rank } = chunk
  const isThere = chunk.status === column.status && (from === null || from < rank) && (to === null || rank < to)
  if (isThere) return rank
  const short = generateKeyBetween(from, to)
  return short.length <= longestRank ? short : spreadAround(edit, column, from, to)
}

/** The rank a chunk had before, or the next one where another has it now. */
export async function formerRank(
  { tx }: Edit,
  { n, document_id }: Pick<StoredChunk, 'n' | 'document_id'>,
  status: string,
  rank: string,
): Promise<string> {
  const column = { document_id, status, except: n }
  return (await hasRank(tx, column, rank)) ? generateKeyBetween(rank, await findRankAfter(tx, column, rank)) : rank
}

/** The ranks of chunks to be: what comes back stands where it was, and the others at the end in their order, unless it is decided. */
export async function ranksOf(edit: Edit, documentId: string, drafts: readonly Draft[]): Promise<Map<Draft, string>> {
  const ranks = new Map<Draft, string>()
  for (const draft of drafts) if (draft.status && draft.rank && !draft.history) ranks.set(draft, draft.rank)
  const open = drafts.filter((draft) => draft.status && !ranks.has(draft))
  for (const [status, group] of Map.groupBy(open, (draft) => draft.status!)) {
    const [back, others] = [group.filter(({ rank }) => rank), group.filter(({ rank }) => !rank)]
    let last = await lastRank(edit.tx, { document_id: documentId, status })
    for (const draft of back) {
      const rank = await formerRank(edit, { n: 0, document_id: documentId }, status, draft.rank!)
      if (last === null || last < rank) last = rank
      ranks.set(draft, rank)
    }
    for (const [i, rank] of generateNKeysBetween(last, null, others.length).entries()) ranks.set(others[i]!, rank)
  }
  return ranks
}
