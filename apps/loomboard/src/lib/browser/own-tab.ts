import { storedInTab } from './stored.ts'

const tabKey = 'loomboard.tab'

/** A name for this tab, the same over reloads. */
export function ownTab(): string {
  const known = storedInTab.read(tabKey)
  if (known !== null) return known
  const fresh = Math.random().toString(36).slice(2)
  storedInTab.write(tabKey, fresh)
  return fresh
}
