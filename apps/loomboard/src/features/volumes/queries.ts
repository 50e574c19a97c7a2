import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'

const filesAtOnce = 200
/** As much as is read of a file at once. */
const bytesAtOnce = 262_144
/** A picture is read whole, or not at all. */
const largestPicture = 1024 * 1024

export const filesQuery = (volume: string, path: string) =>
  infiniteQueryOptions({
    queryKey: ['volume-files', volume, path],
    queryFn: ({ pageParam, signal }) =>
      client.listVolumeFiles(volume, path, { limit: filesAtOnce, signal, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor ?? null,
  })

/** A file, part by part. */
export const contentQuery = (volume: string, path: string, isPicture: boolean) =>
  infiniteQueryOptions({
    queryKey: ['volume-content', volume, path],
    queryFn: ({ pageParam, signal }) =>
      client.getVolumeContent(volume, path, {
        limit: isPicture ? largestPicture : bytesAtOnce,
        signal,
        ...(pageParam > 0 ? { offset: pageParam } : {}),
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next_offset }) => next_offset ?? null,
  })

export const ephemeralVolumesQuery = queryOptions({
  queryKey: ['volumes', 'ephemeral'],
  queryFn: ({ signal }) => client.listEphemeralVolumes({ signal }).then(({ entries }) => entries),
})

export function refreshVolumes(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['volumes'] })
}
