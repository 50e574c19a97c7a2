import type { Chat, ChatList } from '@loomcycle/client'

export type FolderRow =
  | { kind: 'folder'; tag: string; count: number | undefined; open: boolean }
  | { kind: 'chat'; key: string; chat: Chat }
  /** So many are not listed yet; undefined while more are being read. */
  | { kind: 'more'; tag: string; left: number | undefined }

export interface Folder {
  tag: string
  count?: number
  open: boolean
  /** As far as they have been read. */
  pages: readonly ChatList[]
  /** Another page is on its way. */
  isReading: boolean
}

/** Folders one after the other, each with its conversations where it is open. */
export function toFolderRows(folders: readonly Folder[], isHidden: (sessionId: string) => boolean): FolderRow[] {
  return folders.flatMap(({ tag, count, open, pages, isReading }): FolderRow[] => {
    const total = pages[0]?.total
    const heading: FolderRow = { kind: 'folder', tag, count: count ?? total, open }
    if (!open) return [heading]
    const listed = new Map(pages.flatMap((page) => page.chats).map((chat) => [chat.session_id, chat]))
    const chats = [...listed.values()].filter(({ session_id }) => !isHidden(session_id))
    const isWhole = !isReading && !pages.at(-1)?.next_cursor
    const left = isReading || total === undefined ? undefined : Math.max(total - listed.size, 1)
    return [
      heading,
      ...chats.map((chat): FolderRow => ({ kind: 'chat', key: `${tag}/${chat.session_id}`, chat })),
      ...(isWhole ? [] : [{ kind: 'more', tag, left } as const]),
    ]
  })
}
