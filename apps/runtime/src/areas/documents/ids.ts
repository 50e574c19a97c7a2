import { randomFillSync } from 'node:crypto'

let last = 0
let count = 0
const random = Buffer.alloc(8 * 256)
let used = random.length

/**
 * Of documents and chunks: 32 hexadecimal digits that begin with the time, so that those made together are stored
 * together, and end with chance.
 */
export function newDocumentId(): string {
  const now = Date.now()
  if (now > last) {
    last = now
    count = 0
  } else if (++count > 0xffff) {
    last++
    count = 0
  }
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const chance = random.toString('hex', used, (used += 8))
  return last.toString(16).padStart(12, '0') + count.toString(16).padStart(4, '0') + chance
}
