import { copies } from './browser/copies.ts'
import { connection } from './client.ts'

/** Whoever signs out leaves nothing to read behind. */
export function watchCopies(): void {
  connection.state.subscribe(() => {
    if (connection.state.get().kind === 'signed-out') void copies.clear()
  })
}

/** Makes the app open without its runtime. Only over https or on this machine, as browsers have it. */
export function installOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  addEventListener('load', () =>
    setTimeout(() => void navigator.serviceWorker.register('/sw.js').catch(() => {}), 2000),
  )
}
