import { ownTab } from './own-tab.ts'
import { stored } from './stored.ts'

interface Kept {
  text: string
  /** When it last changed. */
  at: number
  /** Its tab has gone, and left it to whoever comes next. */
  left?: true
}

/** A tab that went without a word, as when a browser is killed, has left what is older than this. */
const leftAfter = 3_600_000

const keyOf = (key: string, tab = ownTab()) => `${key}#${tab}`
/** What this tab has written, to be left behind when it goes. */
const written = new Set<string>()

/**
 * Words that are being typed. Each tab keeps its own, so that none overwrites another's; those of tabs that are gone
 * are there again in the next one that looks.
 */
export const tabDrafts = {
  read(key: string): string {
    const own = parse(stored.read(keyOf(key)))
    if (own) {
      keep(key, own.text)
      return own.text
    }
    const text = takeLeft(key).join('\n\n')
    if (text) keep(key, text)
    return text
  },

  write(key: string, text: string): void {
    if (text !== '') keep(key, text)
    else forget(key)
  },
}

function keep(key: string, text: string): void {
  written.add(key)
  put(keyOf(key), { text, at: Date.now() })
}

function forget(key: string): void {
  written.delete(key)
  stored.write(keyOf(key), null)
}

/** What other tabs have left, oldest first; from now on it is nobody's. */
function takeLeft(key: string): string[] {
  const plain = stored.read(key)
  if (plain !== null) stored.write(key, null)
  const found = stored.keys(`${key}#`).flatMap((one) => {
    const kept = parse(stored.read(one))
    return kept && (kept.left || Date.now() - kept.at > leftAfter) ? [{ one, kept }] : []
  })
  for (const { one } of found) stored.write(one, null)
  const texts = found.sort((a, b) => a.kept.at - b.kept.at).map(({ kept }) => kept.text)
  return plain ? [plain, ...texts] : texts
}

function put(key: string, kept: Kept): void {
  stored.write(key, JSON.stringify(kept))
}

function parse(text: string | null): Kept | undefined {
  try {
    return JSON.parse(text ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

function markLeft(left: boolean): void {
  for (const key of written) {
    const kept = parse(stored.read(keyOf(key)))
    if (kept) put(keyOf(key), { text: kept.text, at: kept.at, ...(left ? { left: true } : {}) })
  }
}

globalThis.addEventListener?.('pagehide', () => markLeft(true))
// The browser may keep a page it has left, and bring it back as it was.
globalThis.addEventListener?.('pageshow', () => markLeft(false))
