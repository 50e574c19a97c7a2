import type { Chat, ChatList } from '@loomcycle/client'
import { expect, it } from 'vitest'
import { toFolderRows } from './folders.ts'
import { titleFrom } from './title-from.ts'

const chat = (session_id: string) => ({ session_id }) as Chat
const page = (ids: string[], total: number, next_cursor?: string): ChatList => ({
  scope: 'user',
  chats: ids.map(chat),
  total,
  limit: 2,
  offset: 0,
  ...(next_cursor ? { next_cursor } : {}),
})
const none = () => false

it('lists what is in an open folder, and how much is not listed yet', () => {
  const folders = [
    { tag: 'a', count: 3, open: true, isReading: false, pages: [page(['1', '2'], 3, 'next')] },
    { tag: 'b', count: 9, open: false, isReading: false, pages: [] },
    { tag: '', open: true, isReading: false, pages: [page(['4', '1'], 2)] },
  ]
  expect(toFolderRows(folders, (id) => id === '4')).toEqual([
    { kind: 'folder', tag: 'a', count: 3, open: true },
    { kind: 'chat', key: 'a/1', chat: chat('1') },
    { kind: 'chat', key: 'a/2', chat: chat('2') },
    { kind: 'more', tag: 'a', left: 1 },
    { kind: 'folder', tag: 'b', count: 9, open: false },
    { kind: 'folder', tag: '', count: 2, open: true },
    { kind: 'chat', key: '/1', chat: chat('1') },
  ])
})

it('lists a conversation once that was moved while its pages were read, and says when a page is on its way', () => {
  const rows = (pages: ChatList[], isReading = false) =>
    toFolderRows([{ tag: 'a', open: true, pages, isReading }], none).slice(1)
  expect(
    rows([page(['1', '2'], 3, 'next'), page(['2', '3'], 3)]).map((row) => 'chat' in row && row.chat.session_id),
  ).toEqual(['1', '2', '3'])
  expect(rows([page(['1', '2'], 9, 'next')], true).at(-1)).toEqual({ kind: 'more', tag: 'a', left: undefined })
  expect(rows([], true)).toEqual([{ kind: 'more', tag: 'a', left: undefined }])
  expect(rows([page(['1'], 1, 'next')]).at(-1)).toEqual({ kind: 'more', tag: 'a', left: 1 })
})

it.each([
  ['We **baked** bread. Then it rained.', 'We baked bread'],
  ['Which v1.2 to take? Nobody knew.', 'Which v1.2 to take?'],
  ['word '.repeat(40), /^(word ?)+…$/],
])('makes a title of a summary: %s', (summary, title) => {
  expect(titleFrom(summary)).toMatch(title)
  expect(titleFrom(summary).length).toBeLessThanOrEqual(81)
})
