import { stored } from '../../lib/browser/stored.ts'

const key = (documentId: string) => `loomboard.looked.${documentId}`

/** The last change of a document that this browser has shown; nothing where it has never been open. */
export function lookedUntil(documentId: string): number | undefined {
  const text = stored.read(key(documentId))
  return text === null ? undefined : Number(text)
}

export function looked(documentId: string, seq: number): void {
  if (seq > (lookedUntil(documentId) ?? -1)) stored.write(key(documentId), String(seq))
}
