import { createHash } from 'node:crypto'
import { untrustedKinds } from '@loomcycle/proto'

/** Somebody else's words between tags of their kind, which stay as they were written. */
export function fence(kind: string, text: string): string {
  return between((untrustedKinds as readonly string[]).includes(kind) ? kind : 'untrusted', text, markFor([text]))
}

export function between(tag: string, text: string, mark: string): string {
  return `<${tag}${mark}>\n${text}\n</${tag}${mark}>`
}

/**
 * What the names of tags around these texts end in, so that nothing in them can close or open one: a text cannot hold
 * its own hash. The same texts always have the same, since a conversation is told the same way every time. Nothing is
 * needed where no text has a tag at all.
 */
export function markFor(texts: readonly string[]): string {
  if (!texts.some((text) => /[<\uff1c\ufe64]/.test(text))) return ''
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text)
  return `-${hash.digest('hex').slice(0, 16)}`
}
