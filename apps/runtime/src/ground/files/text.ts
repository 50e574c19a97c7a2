/** What has a NUL near its beginning is no text. */
export function isBinary(head: Buffer): boolean {
  const nul = head.indexOf(0)
  return nul >= 0 && nul < 8192
}

/** Where the last whole character of UTF-8 ends. */
export function textEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0b1100_0000) === 0b1000_0000) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    const isWhole = length <= back
    return isWhole || bytes.length === back ? bytes.length : bytes.length - back
  }
  return bytes.length
}
