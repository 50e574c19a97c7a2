import {
  type CheckedPicture,
  checkPicture,
  type PromptContent,
  type PromptSegment,
  RuntimeError,
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

/** Blocks of a type nobody knows are trusted text, as they always were on this wire. Throws `invalid_picture`. */
export function normalized(segment: PromptSegment): PromptSegment {
  const content = segment.content.map((block, i): PromptContent => {
    if (block.type === 'image') return { ...block, ...readablePicture(block.data, i) }
    if (block.type === 'untrusted-block' || block.type === 'trusted-text') return block
    return { type: 'trusted-text', text: String((block as { text?: unknown }).text ?? '') }
  })
  return { ...segment, content }
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
