// @vitest-environment jsdom

import { InfiniteQueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import { serve } from '../testing/browser.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { folderQuery, readMoreOf } from './folder-queries.ts'
import { allChats, chatsQuery } from './queries.ts'
import { queryClient } from './query-client.ts'

afterEach(() => queryClient.clear())

function aServer(chats: number): FakeServer {
  const server = new FakeServer()
  for (let n = 0; n < chats; n++) server.addSession(`Chat ${n}`, 'Hello', 'ended')
  serve(server)
  return server
}

function addOnTop(server: FakeServer) {
  const { session_id } = server.addSession('New', 'Hello', 'ended')
  Object.assign(server.sessions.get(session_id)!.chat, { pinned: true })
}

it('goes on in the list of conversations where its page ended, whatever has come to the top meanwhile', async () => {
  const server = aServer(450)
  const list = new InfiniteQueryObserver(queryClient, chatsQuery)
  const leave = list.subscribe(() => {})
  await list.refetch()
  addOnTop(server)
  await list.fetchNextPage()
  const { data, hasNextPage } = await list.fetchNextPage()
  expect(hasNextPage).toBe(false)
  expect(data?.pages.flatMap(({ chats }) => chats)).toHaveLength(450)
  expect(new Set(allChats(data).map(({ session_id }) => session_id)).size).toBe(450)
  leave()
})

it('reads as many pages of a folder again as are shown', async () => {
  const server = aServer(250)
  const shown = () => queryClient.getQueryData(folderQuery('').queryKey)?.map(({ chats }) => chats.length)
  await queryClient.fetchQuery(folderQuery(''))
  await readMoreOf('')
  expect(shown()).toEqual([100, 100])
  addOnTop(server)
  const again = await queryClient.fetchQuery({ ...folderQuery(''), staleTime: 0 })
  expect(again.flatMap(({ chats }) => chats.map(({ title }) => title))).toContain('New')
  await readMoreOf('')
  expect(shown()).toEqual([100, 100, 51])
  await readMoreOf('')
  expect(shown()).toEqual([100, 100, 51])
})
