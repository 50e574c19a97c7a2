import { ownTab } from '../../../lib/browser/own-tab.ts'
import { stored } from '../../../lib/browser/stored.ts'
import type { ChunkEdit } from './chunk-edit.ts'

interface Kept {
  edit: ChunkEdit
  /** When it last changed. */
  at: number
}

/** So long another tab may be at it; whatever is older was left behind by one that is gone. */
const leftAfter = 60_000

const prefixOf = (documentId: string) => `loomboard.edit.${documentId}.`
/** Each tab keeps its own: what one has saved is not what another has typed. */
const keyOf = (documentId: string, chunkId: string, tab: string) => `${prefixOf(documentId)}${chunkId}.${tab}`

/** What of a document was changed here and not acknowledged yet: it is there again after a reload. */
export const keptEdits = {
  /** Of this tab; and of tabs that are gone, from now on as this one's. */
  read(documentId: string): Map<string, ChunkEdit> {
    const own = ownTab()
    const found = new Map<string, ChunkEdit>()
    const keys = stored.keys(prefixOf(documentId))
    for (const key of keys.sort((a, b) => Number(b.endsWith(`.${own}`)) - Number(a.endsWith(`.${own}`)))) {
      const [chunkId = '', tab] = key.slice(prefixOf(documentId).length).split('.')
      const kept = parse(stored.read(key))
      const isLeft = kept && Date.now() - kept.at > leftAfter
      if (!kept || found.has(chunkId) || (tab !== own && !isLeft)) continue
      found.set(chunkId, kept.edit)
      if (tab === own) continue
      keptEdits.write(documentId, chunkId, kept.edit)
      stored.write(key, null)
    }
    return found
  },

  write(documentId: string, chunkId: string, edit: ChunkEdit | undefined): void {
    const kept: Kept | undefined = edit && { edit, at: Date.now() }
    stored.write(keyOf(documentId, chunkId, ownTab()), kept ? JSON.stringify(kept) : null)
  },
}

function parse(text: string | null): Kept | undefined {
  try {
    return JSON.parse(text ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
