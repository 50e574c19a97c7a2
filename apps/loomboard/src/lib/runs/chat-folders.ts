import { createStore } from '../browser/store.ts'
import { stored } from '../browser/stored.ts'

/** How the list of chats is arranged in this browser: by time, or in folders by tag, and which of those are open. */
interface Folders {
  shown: boolean
  /** Tags; the empty one is the folder of what has none. */
  open: readonly string[]
}

const key = 'loomboard.folders'

export const folders = createStore<Folders>(read())
globalThis.addEventListener?.('storage', (event) => event.key === key && folders.set(read()))

function read(): Folders {
  try {
    const { shown, open } = JSON.parse(stored.read(key) ?? '') as Folders
    return { shown: shown === true, open: open.filter((tag) => typeof tag === 'string') }
  } catch {
    return { shown: false, open: [] }
  }
}

function write(next: Folders): void {
  stored.write(key, JSON.stringify(next))
  folders.set(next)
}

export function showFolders(shown: boolean): void {
  write({ ...folders.get(), shown })
}

export function toggleFolder(tag: string): void {
  const { shown, open } = folders.get()
  write({ shown, open: open.includes(tag) ? open.filter((each) => each !== tag) : [...open, tag] })
}
