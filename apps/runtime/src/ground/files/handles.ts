import type { Entry } from './folder.ts'

/** What is held for one piece of work, let go of at its end. */
export class Handles {
  readonly #held: { close(): Promise<void> }[] = []

  hold<T extends { close(): Promise<void> }>(one: T): T {
    this.#held.push(one)
    return one
  }

  holdEntry<T extends Entry>(entry: T): T {
    if (entry.kind === 'directory') this.hold(entry.folder)
    if (entry.kind === 'file') this.hold(entry.file)
    return entry
  }

  async close() {
    await Promise.all(this.#held.map((one) => one.close()))
  }
}

/** Holds things while work goes on. */
export async function holding<T>(work: (handles: Handles) => Promise<T>): Promise<T> {
  const handles = new Handles()
  try {
    return await work(handles)
  } finally {
    await handles.close()
  }
}
