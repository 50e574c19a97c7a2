/** Whether a picture is a little film. */
export function isMoving(bytes: Uint8Array): boolean {
  const begins = String.fromCharCode(...bytes.subarray(0, 32))
  if (begins.startsWith('GIF8')) return hasSecondFrame(bytes)
  if (begins.startsWith('\x89PNG')) return hasControl(bytes)
  return begins.slice(8, 16) === 'WEBPVP8X' && (bytes[20]! & 0b10) !== 0
}

/** A GIF is a header, colours, and blocks that say how long they are. */
function hasSecondFrame(bytes: Uint8Array): boolean {
  const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  const afterParts = (from: number) => {
    let at = from
    while (bytes[at]) at += bytes[at]! + 1
    return at + 1
  }
  let frames = 0
  for (let at = 13 + colours(bytes[10]!); at < bytes.length; ) {
    if (bytes[at] === 0x21) at = afterParts(at + 2)
    else if (bytes[at] === 0x2c) {
      if (++frames > 1) return true
      at = afterParts(at + 11 + colours(bytes[at + 9]!))
    } else break
  }
  return false
}

/** A PNG that moves says so before its first picture. */
function hasControl(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'acTL' || name === 'IDAT') return name === 'acTL'
  }
  return false
}
