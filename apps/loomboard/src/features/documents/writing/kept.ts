import { isLive, ownTab } from '../../../lib/browser/own-tab.ts'
import { stored } from '../../../lib/browser/stored.ts'
import type { ChunkEdit } from './chunk-edit.ts'
import type { Errand } from './errands.ts'

/** What was done here to a document and not acknowledged yet, by name: it is there again after a reload. */
export interface Kept<Value> {
  /** Of this tab; and of tabs that are gone, from now on as this one's. */
  take(): Map<string, Value>
  /** False where this browser does not keep it. */
  write(name: string, value: Value | undefined): boolean
}

const edits = 'loomboard.edit.'
const errands = 'loomboard.errand.'

export const keptEdits = (documentId: string): Kept<ChunkEdit> => keptUnder(`${edits}${documentId}.`)
export const keptErrands = (documentId: string): Kept<Errand> => keptUnder(`${errands}${documentId}.`)

/** The documents of which something is kept, by whichever tab. */
export function keptDocuments(): ReadonlySet<string> {
  const names = [edits, errands].flatMap((prefix) => stored.keys(prefix).map((key) => key.slice(prefix.length)))
  return new Set(names.map((name) => name.slice(0, name.indexOf('.'))))
}

/** Each tab keeps its own: what one has saved is not what another has typed. */
function keptUnder<Value>(prefix: string): Kept<Value> {
  const write = (name: string, value: Value | undefined) =>
    stored.write(`${prefix}${name}.${ownTab()}`, value === undefined ? null : JSON.stringify({ edit: value }))
  return {
    write,
    take() {
      const own = ownTab()
      const found = new Map<string, Value>()
      const keys = stored.keys(prefix)
      for (const key of keys.sort((a, b) => Number(b.endsWith(`.${own}`)) - Number(a.endsWith(`.${own}`)))) {
        const [name = '', tab = ''] = key.slice(prefix.length).split('.')
        const value = parse<Value>(stored.read(key))
        if (value === undefined || found.has(name) || (tab !== own && isLive(tab))) continue
        found.set(name, value)
        if (tab === own) continue
        write(name, value)
        stored.write(key, null)
      }
      return found
    },
  }
}

function parse<Value>(text: string | null): Value | undefined {
  try {
    return JSON.parse(text ?? 'null')?.edit ?? undefined
  } catch {
    return undefined
  }
}
