import type { Chat, ChatList } from '@loomcycle/client'
import { expect, it } from 'vitest'
import { toFolderRows } from './folders.ts'
import { titleFrom } from './title-from.ts'

const chat = (session_id: string) => ({ session_id }) as Chat
const page = (offset: number, ids: string[], total: number): ChatList => ({
  scope: 'user',
  chats: ids.map(chat),
  total,
  limit: 2,
  offset,
})
const none = () => false

it('lists what is in an open folder, and how much is not listed yet', () => {
  const folders = [
    { tag: 'a', count: 3, open: true, pages: [page(0, ['1', '2'], 3)] },
    { tag: 'b', count: 9, open: false, pages: [] },
    { tag: '', open: true, pages: [page(0, ['4', '1'], 2)] },
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

it('lists a conversation once that has slipped to the next page, and says when a page is on its way', () => {
  const rows = (pages: (ChatList | undefined)[]) => toFolderRows([{ tag: 'a', open: true, pages }], none).slice(1)
  expect(
    rows([page(0, ['1', '2'], 3), page(2, ['2', '3'], 3)]).map((row) => 'chat' in row && row.chat.session_id),
  ).toEqual(['1', '2', '3'])
  expect(rows([page(0, ['1', '2'], 9), undefined]).at(-1)).toEqual({ kind: 'more', tag: 'a', left: undefined })
  expect(rows([undefined])).toEqual([{ kind: 'more', tag: 'a', left: undefined }])
})

it.each([
  ['We **baked** bread. Then it rained.', 'We baked bread'],
  ['Which v1.2 to take? Nobody knew.', 'Which v1.2 to take?'],
  ['word '.repeat(40), /^(word ?)+…$/],
])('makes a title of a summary: %s', (summary, title) => {
  expect(titleFrom(summary)).toMatch(title)
  expect(titleFrom(summary).length).toBeLessThanOrEqual(81)
})
