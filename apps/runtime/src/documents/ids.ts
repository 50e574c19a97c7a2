import { randomBytes } from 'node:crypto'

/** Of documents and chunks. */
export function newDocumentId(): string {
  return randomBytes(16).toString('hex')
}
