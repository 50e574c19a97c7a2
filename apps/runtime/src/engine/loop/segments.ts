import {
  type CheckedPicture,
  checkPicture,
  type PromptContent,
  type PromptSegment,
  RuntimeError,
  type SaidSegment,
} from '@loomcycle/proto'
import type { SystemBlock, UserBlock } from '../../models/providers/provider.ts'
import { fence } from './fence.ts'

/** All user segments make one user turn. */
export function toUserBlocks(segments: readonly PromptSegment[]): UserBlock[] {
  return contentOf(segments, 'user').map((block) =>
    block.type === 'image'
      ? { type: 'image', media_type: block.media_type, data: block.data }
      : { type: 'text', text: textOf(block) },
  )
}

export function toSystemBlocks(segments: readonly PromptSegment[]): SystemBlock[] {
  return contentOf(segments, 'system').flatMap((block) => {
    if (block.type === 'image') return []
    return [{ text: textOf(block), ...(block.type === 'trusted-text' && block.cacheable ? { cacheable: true } : {}) }]
  })
}

function contentOf(segments: readonly PromptSegment[], role: PromptSegment['role']): PromptContent[] {
  return segments.filter((segment) => segment.role === role).flatMap((segment) => segment.content)
}

function textOf(block: Exclude<PromptContent, { type: 'image' }>): string {
  return block.type === 'untrusted-block' ? fence(block.kind, block.text) : block.text
}

/** What was sent, in the words it is kept in. Throws `invalid_request`, `invalid_picture`. */
export function normalized({ role, content }: SaidSegment): PromptSegment {
  return { role: role === 'system' ? 'system' : 'user', content: content.map(toBlock) }
}

/** What nobody vouches for is not trusted: neither a text of a type that is not known. */
function toBlock(
  { type = 'trusted-text', text, kind, cacheable, data }: SaidSegment['content'][number],
  place: number,
) {
  if (type === 'image') {
    if (data === undefined) throw invalid(`content[${place}].data is missing: the picture as base64`)
    return { type, ...readablePicture(data, place) } as const
  }
  const isTrusted = type === 'trusted-text'
  if (text === undefined) {
    const known = isTrusted || type === 'untrusted-block'
    throw invalid(
      known
        ? `content[${place}].text is missing`
        : `content[${place}] has the type ${JSON.stringify(type.slice(0, 100))}, which is not known, and no text`,
    )
  }
  if (!isTrusted) return { type: 'untrusted-block', kind: kind ?? 'untrusted', text } as const
  return { type: 'trusted-text', text, ...(cacheable === undefined ? {} : { cacheable }) } as const
}

function invalid(message: string) {
  return new RuntimeError('invalid_request', message)
}

/** What no service can read would have every later request of its conversation refused. */
function readablePicture(data: string, place: number): CheckedPicture {
  const picture = checkPicture(data)
  if (typeof picture !== 'string') return picture
  throw new RuntimeError(
    'invalid_picture',
    `The picture at content[${place}] ${picture}; send it again, or leave it out.`,
  )
}
