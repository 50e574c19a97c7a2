import { createStore, type Store } from '../../../lib/browser/store.ts'

export interface Undoable {
  /** What it was, in words: "Undo …". */
  label: string
  undo(): void
}

const most = 100

/** One's own changes, the last of them first. */
export class UndoStack {
  /** What would be undone next. */
  readonly next: Store<Undoable | undefined> = createStore<Undoable | undefined>(undefined)
  private done: Undoable[] = []

  push(change: Undoable): void {
    this.set([...this.done, change].slice(-most))
  }

  undo(): void {
    const last = this.done.at(-1)
    this.set(this.done.slice(0, -1))
    last?.undo()
  }

  /** The last change went on: both are undone together. */
  extend(last: Undoable, change: Undoable): void {
    this.set(this.done.map((each) => (each === last ? change : each)))
  }

  /** It cannot be undone any more. */
  drop(change: Undoable): void {
    this.set(this.done.filter((each) => each !== change))
  }

  private set(done: Undoable[]): void {
    this.done = done
    this.next.set(done.at(-1))
  }
}
