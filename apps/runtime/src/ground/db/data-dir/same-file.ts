import { type Stats, statSync } from 'node:fs'

/** Whether the name still leads to the file it leads to now. */
export function sameFile(file: string): () => boolean {
  const first = find(file)
  return () => {
    const now = find(file)
    return first !== undefined && now !== undefined && now.ino === first.ino && now.dev === first.dev
  }
}

/** A folder that may not be entered any more hides the file as well. */
function find(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
