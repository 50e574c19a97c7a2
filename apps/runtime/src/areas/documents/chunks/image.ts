import { ToolError } from '../../../ground/tool-error.ts'

const MAX_ASSET_BYTES = 8 * 1024 * 1024

/** The first bytes of the images that browsers show without running anything in them, so SVG is none of them. */
const signatures: Record<string, (data: Buffer) => boolean> = {
  'image/png': (data) => data.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  'image/jpeg': (data) => data.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  'image/gif': (data) => /^GIF8[79]a/.test(data.toString('latin1', 0, 6)),
  'image/webp': (data) => data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WEBP',
  'image/avif': (data) => /^ftypavi[fs]/.test(data.toString('latin1', 4, 12)),
}

/** The bytes of a base64 text that are an image of this type. */
export function parseImage(mediaType: string, text: string): Buffer {
  const matches = Object.hasOwn(signatures, mediaType) ? signatures[mediaType] : undefined
  if (!matches) {
    throw new ToolError(
      `media_type must be one of ${Object.keys(signatures).join(', ')}, not ${mediaType.slice(0, 100)}`,
    )
  }
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) throw new ToolError('data must be base64')
  const data = Buffer.from(text, 'base64')
  if (data.length > MAX_ASSET_BYTES) {
    throw new ToolError(`the image has ${data.length} bytes and may have ${MAX_ASSET_BYTES}`)
  }
  if (!matches(data)) throw new ToolError(`data is not an image of type ${mediaType}`)
  return data
}
