/** The kind of the edges that come from links in a body. */
export const REFERENCES = 'references'

const link = /\[\[([^[\]\r\n|]{1,1000})(?:\|[^[\]\r\n]*)?\]\]/g

/** What a body links to with [[Title]], [[Title|shown]] or [[id]], each once, as titles are compared. */
export function linkTargets(body: string): string[] {
  if (!body.includes('[[')) return []
  const targets = new Set<string>()
  for (const [, target = ''] of body.matchAll(link)) {
    const key = titleKey(target)
    if (key !== '') targets.add(key)
  }
  return [...targets]
}

/** Titles that differ in case or in blank space are the same title to a link. */
export function titleKey(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}
