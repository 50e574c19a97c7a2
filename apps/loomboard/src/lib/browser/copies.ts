import { createStore } from './store.ts'

/**
 * What this browser keeps to be read without the runtime: the conversations looked at last, and the list; and the files
 * of messages that were not sent yet. No credential
 * is in it, and it goes when somebody signs out. A browser that refuses to keep anything just keeps nothing.
 */
export interface Copy<Value> {
  savedAt: number
  value: Value
}

const database = 'loomboard'
const table = 'copies'
const most = 40

/** How many conversations are kept, once somebody has asked. */
export const copyCount = createStore<number | undefined>(undefined)

let opening: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(table)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function inTable<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const store = (await open()).transaction(table, mode).objectStore(table)
  return new Promise((resolve, reject) => {
    const request = work(store)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export const copies = {
  async keep(key: string, value: unknown): Promise<void> {
    try {
      await inTable('readwrite', (store) => store.put({ savedAt: Date.now(), value }, key))
      await dropOldest()
    } catch {
      // No room, or a private window.
    }
  },
  async find<Value>(key: string): Promise<Copy<Value> | undefined> {
    try {
      return await inTable<Copy<Value> | undefined>('readonly', (store) => store.get(key))
    } catch {
      return undefined
    }
  },
  async drop(key: string): Promise<void> {
    try {
      await inTable('readwrite', (store) => store.delete(key))
    } catch {
      // Then there is nothing to drop.
    }
  },
  async count(): Promise<void> {
    try {
      copyCount.set((await inTable('readonly', (store) => store.getAllKeys())).filter(isConversation).length)
    } catch {
      copyCount.set(0)
    }
  },
  async clear(): Promise<void> {
    try {
      await inTable('readwrite', (store) => store.clear())
      if (copyCount.get() !== undefined) copyCount.set(0)
    } catch {
      // Then there is nothing to clear.
    }
  },
}

export const conversationKey = (sessionId: string) => `chat ${sessionId}`
const isConversation = (key: IDBValidKey) => String(key).startsWith('chat ')

async function dropOldest(): Promise<void> {
  const keys = (await inTable('readonly', (store) => store.getAllKeys())).filter(isConversation)
  if (keys.length <= most) return
  const all = await Promise.all(keys.map(async (key) => ({ key, at: (await copies.find(String(key)))?.savedAt ?? 0 })))
  for (const { key } of all.sort((a, b) => a.at - b.at).slice(0, keys.length - most))
    await inTable('readwrite', (store) => store.delete(key))
}
