export type FileKind = { is: 'picture'; type: string } | { is: 'markdown' } | { is: 'text'; language: string }

const pictures: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** How a file is shown, by how its name ends. A drawing may carry scripts, so it is shown as its text. */
export function fileKind(path: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const end = name.slice(name.lastIndexOf('.') + 1)
  const type = Object.hasOwn(pictures, end) ? pictures[end] : undefined
  if (type) return { is: 'picture', type }
  if (end === 'md' || end === 'markdown') return { is: 'markdown' }
  return { is: 'text', language: end }
}
