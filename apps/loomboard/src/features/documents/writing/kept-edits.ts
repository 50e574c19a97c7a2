import { stored, storedInTab } from '../../../lib/stored.ts'
import type { ChunkEdit } from './chunk-edit.ts'

interface Kept {
  edit: ChunkEdit
  /** Which tab has it, and when it last changed. */
  tab: string
  at: number
}

/** So long another tab may be at it; whatever is older was left behind by one that is gone. */
const leftAfter = 60_000

const tabKey = 'loomboard.tab'
const prefixOf = (documentId: string) => `loomboard.edit.${documentId}.`

/** The same over reloads. */
function ownTab(): string {
  const known = storedInTab.read(tabKey)
  if (known !== null) return known
  const fresh = String(Math.random())
  storedInTab.write(tabKey, fresh)
  return fresh
}

/** What of a document was changed here and not acknowledged yet: it is there again after a reload. */
export const keptEdits = {
  read(documentId: string): Map<string, ChunkEdit> {
    const tab = ownTab()
    const found = stored.keys(prefixOf(documentId)).flatMap((key) => {
      const kept = parse(stored.read(key))
      const isHere = kept && (kept.tab === tab || Date.now() - kept.at > leftAfter)
      return isHere ? [[key.slice(prefixOf(documentId).length), kept.edit] as const] : []
    })
    return new Map(found)
  },

  write(documentId: string, chunkId: string, edit: ChunkEdit | undefined): void {
    const kept: Kept | undefined = edit && { edit, tab: ownTab(), at: Date.now() }
    stored.write(prefixOf(documentId) + chunkId, kept ? JSON.stringify(kept) : null)
  },
}

function parse(text: string | null): Kept | undefined {
  try {
    return JSON.parse(text ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
