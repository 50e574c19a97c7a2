import { createStore } from './browser/store.ts'
import { describeError } from './describe-error.ts'

/** Whether anything has ever been toasted: the toaster is mounted, and its code loaded, with the first one. */
export const toasterWanted = createStore(false)

const load = () => {
  toasterWanted.set(true)
  return import('sonner')
}

export const toast = {
  info(title: string, description?: string): void {
    void load().then((sonner) => sonner.toast(title, { description }))
  },
  /** Something has happened to a conversation; the last of it stands for all. */
  about(id: string, title: string, description: string, open: () => void): void {
    void load().then((sonner) => sonner.toast(title, { id, description, action: { label: 'Open', onClick: open } }))
  },
  error(title: string, error: unknown): void {
    void load().then((sonner) => sonner.toast.error(title, { description: describeError(error).reason }))
  },
  /** Stays until it is dismissed. */
  undoable(id: string, title: string, undo: () => void): void {
    void load().then((sonner) =>
      sonner.toast(title, { id, duration: Number.POSITIVE_INFINITY, action: { label: 'Undo', onClick: undo } }),
    )
  },
  dismiss(id: string): void {
    void load().then((sonner) => sonner.toast.dismiss(id))
  },
  withUndo(title: string, undo: () => void): void {
    void load().then((sonner) => sonner.toast(title, { action: { label: 'Undo', onClick: undo } }))
  },
}
