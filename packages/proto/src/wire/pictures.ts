/** What models are shown; anything else is no picture to them. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type PictureType = (typeof pictureTypes)[number]

/** A picture that any service can read, as far as can be told without drawing it. */
export interface CheckedPicture {
  /** What its bytes say, whatever was said of them. */
  media_type: PictureType
  /** Bare base64 of the usual alphabet. */
  data: string
}

/** Bytes; services take no larger ones. */
export const largestPicture = 10 * 1024 * 1024

/** So much of a picture says what it is; what comes before its size is seldom longer. */
const headBytes = 1024 * 1024
const tailBytes = 64 * 1024

/** A picture as it was sent, put right where that can be done, or why it is none: the end of a sentence about it. */
export function checkPicture(sent: string): CheckedPicture | string {
  const data = bareBase64(sent)
  if (data === '') return 'is empty'
  if (data === undefined) return 'is not base64'
  const size = (data.length / 4) * 3
  if (size > largestPicture + 3) return `has ${size} bytes and may have ${largestPicture}`
  const head = bytesOf(data.slice(0, lettersOf(headBytes)))
  const tail = bytesOf(data.slice(-lettersOf(tailBytes)))
  const kind = kinds.find(({ begins }) => begins(head))
  if (!kind) return `is none of ${pictureTypes.join(', ')}`
  if (!kind.hasSize(head)) return 'has no size that can be read; it is damaged'
  if (!kind.isWhole(tail, Math.floor(size), head)) return 'is cut off before its end'
  return { media_type: kind.type, data }
}

/** Without what addresses begin with and what letters are folded with; undefined where it is something else. */
function bareBase64(sent: string): string | undefined {
  const comma = /^\s*data:/i.test(sent.slice(0, 100)) ? sent.slice(0, 1000).indexOf(',') : -1
  let data = sent.slice(comma + 1)
  if (/\s/.test(data)) data = data.replace(/\s/g, '')
  if (/[-_]/.test(data)) data = data.replaceAll('-', '+').replaceAll('_', '/')
  const end = data.indexOf('=')
  if (end >= 0) {
    if (data.length - end > 2 || /[^=]/.test(data.slice(end))) return undefined
    data = data.slice(0, end)
  }
  if (/[^A-Za-z0-9+/]/.test(data) || data.length % 4 === 1) return undefined
  return data + '='.repeat((4 - (data.length % 4)) % 4)
}

/** Whole groups of letters for so many bytes. */
const lettersOf = (bytes: number) => Math.ceil(bytes / 3) * 4

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

interface Kind {
  type: PictureType
  begins(head: Uint8Array): boolean
  hasSize(head: Uint8Array): boolean
  isWhole(tail: Uint8Array, size: number, head: Uint8Array): boolean
}

const kinds: readonly Kind[] = [
  {
    type: 'image/png',
    begins: (head) => has(head, 0, '\x89PNG\r\n\x1a\n'),
    hasSize: (head) => has(head, 12, 'IHDR') && big(head, 16, 4) > 0 && big(head, 20, 4) > 0,
    isWhole: (tail) => tail.length - lastOf(tail, 'IEND') >= 8 && lastOf(tail, 'IEND') >= 0,
  },
  {
    type: 'image/jpeg',
    begins: (head) => has(head, 0, '\xff\xd8\xff'),
    hasSize: jpegHasSize,
    isWhole: (tail) => lastOf(tail, '\xff\xd9') >= 0,
  },
  {
    type: 'image/gif',
    begins: (head) => has(head, 0, 'GIF87a') || has(head, 0, 'GIF89a'),
    hasSize: (head) => small(head, 6, 2) > 0 && small(head, 8, 2) > 0,
    isWhole: (tail) => /;\0*$/.test(String.fromCharCode(...tail.slice(-1024))),
  },
  {
    type: 'image/webp',
    begins: (head) => has(head, 0, 'RIFF') && has(head, 8, 'WEBP'),
    hasSize: (head) => head.length >= 30 && ['VP8 ', 'VP8L', 'VP8X'].some((chunk) => has(head, 12, chunk)),
    isWhole: (_tail, size, head) => small(head, 4, 4) + 8 <= size,
  },
]

/** The size stands in the frame's header, after segments that say how long they are. */
function jpegHasSize(head: Uint8Array): boolean {
  for (let at = 2; at + 9 < head.length && head[at] === 0xff; ) {
    const marker = head[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return big(head, at + 5, 2) > 0 && big(head, at + 7, 2) > 0
    // A filler, or a marker without anything after it.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else at += 2 + Math.max(big(head, at + 2, 2), 2)
  }
  // Its notes may be longer than what was looked at.
  return head.length >= headBytes
}

function has(bytes: Uint8Array, at: number, text: string): boolean {
  return bytes.length >= at + text.length && [...text].every((char, i) => bytes[at + i] === char.charCodeAt(0))
}

function lastOf(bytes: Uint8Array, text: string): number {
  for (let at = bytes.length - text.length; at >= 0; at--) if (has(bytes, at, text)) return at
  return -1
}

function big(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

function small(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}
