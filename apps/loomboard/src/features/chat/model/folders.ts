import type { Chat, ChatList } from '@loomcycle/client'

export type FolderRow =
  | { kind: 'folder'; tag: string; count: number | undefined; open: boolean }
  | { kind: 'chat'; key: string; chat: Chat }
  /** So many are not listed yet; undefined while they are being read. */
  | { kind: 'more'; tag: string; left: number | undefined }

export interface Folder {
  tag: string
  count?: number
  open: boolean
  /** As far as they have been read; the last one may be on its way. */
  pages: readonly (ChatList | undefined)[]
}

/** Folders one after the other, each with its conversations where it is open. */
export function toFolderRows(folders: readonly Folder[], isHidden: (sessionId: string) => boolean): FolderRow[] {
  return folders.flatMap(({ tag, count, open, pages }): FolderRow[] => {
    const total = pages[0]?.total
    const heading: FolderRow = { kind: 'folder', tag, count: count ?? total, open }
    if (!open) return [heading]
    const listed = new Map(pages.flatMap((page) => page?.chats ?? []).map((chat) => [chat.session_id, chat]))
    const chats = [...listed.values()].filter(({ session_id }) => !isHidden(session_id))
    const isReading = total === undefined || pages.includes(undefined)
    const left = isReading ? undefined : total - pages.reduce((n, page) => n + (page?.limit ?? 0), 0)
    const isWhole = left !== undefined && left <= 0
    return [
      heading,
      ...chats.map((chat): FolderRow => ({ kind: 'chat', key: `${tag}/${chat.session_id}`, chat })),
      ...(isWhole ? [] : [{ kind: 'more', tag, left } as const]),
    ]
  })
}
