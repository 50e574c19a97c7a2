import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { onRunChanges } from '../../../lib/runs/runs.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { liveTeamRunsQuery, rereadTeamRuns, teamInUseQuery, teamVersionQuery } from './queries.ts'
import type { BoardTeams, Team } from './team-words.ts'

const none: readonly never[] = []

/** The teams that the cards of a document are held to, as long as there are any. */
export function useTeams(
  documentId: string,
  name: string | undefined,
  chunks: ReadonlyMap<string, OutlineChunk>,
): BoardTeams | undefined {
  const { data: bound } = useQuery({ ...teamInUseQuery(name ?? ''), enabled: name !== undefined })
  const { data: runs = none } = useQuery(liveTeamRunsQuery(documentId))
  const ids = useMemo(() => [...new Set(runs.map(({ def_id }) => def_id))], [runs])
  const versions = useQueries({
    queries: ids.map(teamVersionQuery),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
  useEffect(() => {
    return onRunChanges((changes) => {
      if (changes.some(({ after }) => after.card?.documentId === documentId)) rereadTeamRuns(documentId)
    })
  }, [documentId])
  useMoved(documentId, runs, chunks)
  const teams = useMemo<BoardTeams | undefined>(() => {
    const graphs = new Map(versions.map((version) => [version.def_id, version]))
    const cards = new Map<string, Team>()
    for (const { board_chunk_id, def_id } of runs) {
      const version = graphs.get(def_id)
      if (board_chunk_id && version) cards.set(board_chunk_id, { name: version.name, graph: version.definition })
    }
    const board = name === undefined ? undefined : (bound ?? undefined)
    return board || cards.size > 0 ? { board, cards } : undefined
  }, [name, bound, runs, versions])
  return teams
}

/** A card that has gone on has done so with its run. */
function useMoved(
  documentId: string,
  runs: readonly { board_chunk_id?: string; state: string }[],
  chunks: ReadonlyMap<string, OutlineChunk>,
): void {
  const away = runs
    .filter(({ board_chunk_id: id = '', state }) => chunks.get(id)?.status !== state)
    .map(({ board_chunk_id: id = '' }) => `${id} ${chunks.get(id)?.status}`)
    .join()
  useEffect(() => {
    if (away !== '') rereadTeamRuns(documentId)
  }, [documentId, away])
}
