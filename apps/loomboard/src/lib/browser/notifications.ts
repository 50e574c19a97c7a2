import { createStore } from './store.ts'
import { stored } from './stored.ts'

export type NotificationState = 'unsupported' | 'off' | 'on' | 'blocked'

const key = 'loomboard.notify'

/** Whether the browser tells what happens while nobody looks. It asks for permission only when a person turns it on. */
export const notifications = createStore<NotificationState>(current())

function current(): NotificationState {
  if (!('Notification' in globalThis)) return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  return stored.read(key) === 'on' && Notification.permission === 'granted' ? 'on' : 'off'
}

export async function turnNotifications(on: boolean): Promise<void> {
  stored.write(key, on ? 'on' : null)
  if (on && 'Notification' in globalThis) await Notification.requestPermission()
  notifications.set(current())
}

/** Several tabs may know it; the same tag is shown once. */
export function notify(title: string, body: string, tag: string, onClick: () => void): void {
  if (current() !== 'on') return
  try {
    const shown = new Notification(title, { body, tag, icon: '/favicon.svg' })
    shown.onclick = () => {
      window.focus()
      onClick()
      shown.close()
    }
  } catch {
    // Phones take them from service workers only.
  }
}
