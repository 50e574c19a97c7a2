import type { PromptSegment } from '@loomcycle/client'
import { attachedFile } from '../../../lib/runs/chat-name.ts'

/** A file whose text travels with a message. */
export interface TextFile {
  name: string
  text: string
  /** What of the file is not in it, or not as it was. */
  note?: string
}

export interface Picture {
  mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** Base64. */
  data: string
}

/** What somebody wrote, and the files that went with it. */
export interface Typed {
  text: string
  files: TextFile[]
}

const header = new RegExp(`^${attachedFile} "([^"\\n]+)":(?:\\n\\[(.+)\\])?$`, 'gm')

function headed({ name, text, note }: TextFile): string {
  const head = `${attachedFile} "${name.replaceAll('"', '”').replace(/\s+/g, ' ')}":`
  return `${head}${note ? `\n[${note.replace(/\s+/g, ' ')}]` : ''}\n\n${text}\n`
}

/** How a message with files travels: they are fenced as what they are, somebody else's words. */
export function toSegments(typed: Typed, pictures: readonly Picture[]): PromptSegment[] {
  return [
    {
      role: 'user',
      content: [
        { type: 'trusted-text', text: typed.text },
        ...typed.files.map((file) => ({ type: 'untrusted-block' as const, kind: 'untrusted', text: headed(file) })),
        ...pictures.map(({ mediaType, data }) => ({ type: 'image' as const, media_type: mediaType, data })),
      ],
    },
  ]
}

/** The same as one text: what the log calls it. */
export function toText({ text, files }: Typed): string {
  return [text, ...files.map(headed)].join('\n')
}

/** Takes a stored message apart again. */
export function fromText(whole: string): Typed {
  const found = [...whole.matchAll(header)]
  const first = found[0]
  if (!first) return { text: whole, files: [] }
  const files = found.map((match, i): TextFile => {
    const [head, name = '', note] = match
    const next = found[i + 1]
    const text = whole.slice(match.index + head.length, next && next.index - 1).replace(/^\n\n|\n$/g, '')
    return { name, text, ...(note ? { note } : {}) }
  })
  return { text: whole.slice(0, first.index).trim(), files }
}

/** The pictures of a stored message. */
export function picturesOf(payload: unknown): Picture[] {
  if (!Array.isArray(payload)) return []
  return payload
    .flatMap((segment) => (segment?.role === 'user' && Array.isArray(segment.content) ? segment.content : []))
    .filter((block) => block?.type === 'image' && typeof block.data === 'string')
    .map((block) => ({ mediaType: block.media_type, data: block.data }))
}

/** About how many tokens it takes: nobody knows before the model has counted. */
export function estimateTokens(typed: Typed, pictures: readonly Picture[]): number {
  return Math.ceil(toText(typed).length / 4) + pictures.length * tokensOfPicture
}
const tokensOfPicture = 1500
