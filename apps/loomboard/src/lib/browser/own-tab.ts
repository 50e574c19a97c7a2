import { stored, storedInTab } from './stored.ts'

const tabKey = 'loomboard.tab'
const beatKey = (tab: string) => `loomboard.alive.${tab}`
const beatEvery = 20_000
/** A tab that nobody looks at gets to beat once a minute; one that has not for longer was killed. */
const aliveFor = 90_000

let own: string | undefined

/** A name for this tab, the same over reloads, and never that of another one that is open. */
export function ownTab(): string {
  const known = storedInTab.read(tabKey)
  if (own === undefined || (known !== null && known !== own)) own = claimName(known)
  return own
}

/** Whether there is such a tab. */
export function isLive(tab: string): boolean {
  const beat = stored.read(beatKey(tab))
  return beat !== null && Date.now() - Number(beat) < aliveFor
}

function claimName(known: string | null): string {
  // A tab that was made from another one has its name, too.
  const name = known !== null && !isLive(known) ? known : Math.random().toString(36).slice(2)
  storedInTab.write(tabKey, name)
  const beat = () => stored.write(beatKey(name), String(Date.now()))
  beat()
  setInterval(beat, beatEvery)
  globalThis.addEventListener?.('pagehide', () => stored.write(beatKey(name), null))
  globalThis.addEventListener?.('pageshow', beat)
  return name
}
