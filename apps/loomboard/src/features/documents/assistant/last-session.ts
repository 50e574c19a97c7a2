import { stored } from '../../../lib/browser/stored.ts'

const key = (documentId: string) => `loomboard.assistant.${documentId}`

/** The conversation about a document that was open last in this browser; `new` where there is none. */
export function lastSession(documentId: string): string {
  return stored.read(key(documentId)) ?? 'new'
}

export function rememberSession(documentId: string, session: string): void {
  stored.write(key(documentId), session === 'new' ? null : session)
}
