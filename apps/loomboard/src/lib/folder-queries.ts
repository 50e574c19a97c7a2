import { type ChatList, type PageCursor, pages } from '@loomcycle/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { found } from './queries.ts'
import { queryClient } from './query-client.ts'

const folderPageSize = 100

/** The conversations with a tag, or, where it is empty, without any; as many pages as are shown, one of them to begin with. */
export const folderQuery = (tag: string) =>
  queryOptions({
    queryKey: [found, 'folder', tag],
    queryFn: async ({ signal, queryKey }) => {
      const shown = queryClient.getQueryData<ChatList[]>(queryKey)?.length ?? 1
      const read: ChatList[] = []
      for await (const page of pages((cursor) => folderPage(tag, cursor, signal))) {
        read.push(page)
        if (read.length >= shown) break
      }
      return read
    },
  })

/** Reads one page more of a folder. */
export async function readMoreOf(tag: string): Promise<void> {
  const { queryKey } = folderQuery(tag)
  const cursor = queryClient.getQueryData(queryKey)?.at(-1)?.next_cursor
  if (!cursor) return
  const page = await folderPage(tag, { cursor })
  queryClient.setQueryData(queryKey, (shown) => shown && [...shown, page])
}

function folderPage(tag: string, cursor: PageCursor, signal?: AbortSignal): Promise<ChatList> {
  const which = tag ? { tag } : { untagged: true }
  return client.history({ op: 'list', scope: 'user', limit: folderPageSize, ...which, ...cursor }, signal && { signal })
}
