import { detectAll } from 'jschardet'

/** By which encoding bytes make the likeliest text; undefined where they make none. Only what browsers decode is asked for. */
export function guessEncoding(bytes: Uint8Array): string | undefined {
  const sample = telling(bytes)
  const isLatin = !sample.some((byte, i) => byte > 0x7f && sample[i + 1]! > 0x7f)
  const likely = detectAll(sample, { minimumThreshold: 0 })
    .map(({ encoding, confidence }) => ({ decoder: decoderFor(encoding ?? ''), confidence }))
    .filter(({ decoder }) => decoder && (!isLatin || latin.test(decoder.encoding)))
  const best = likely.find(({ decoder }) => decodes(decoder!, bytes))
  const western = likely.find(({ decoder }) => decoder!.encoding === 'windows-1252')
  // A few words of some language of Europe look alike in all of its encodings; then it is the usual one.
  const isWestern = best && western && western.confidence > best.confidence * nearlyAsLikely
  return (isWestern ? western : best)?.decoder?.encoding
}
const nearlyAsLikely = 0.7
/** Other scripts have no words in which every second letter is of ASCII. */
const latin = /^(?:windows-125[0247]|iso-8859-(?:[1-49]|1[0-6])|macintosh)$/

/** From a little before the first letter that is not ASCII. */
function telling(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f)
  const from = Math.max(0, first - 256)
  return bytes.slice(from, from + sampleBytes)
}
const sampleBytes = 32 * 1024

/** What the browsers call them. */
const otherNames: Record<string, string> = {
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp874: 'windows-874',
  macroman: 'macintosh',
}

function decoderFor(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(otherNames[encoding.toLowerCase()] ?? encoding)
  } catch {
    return undefined
  }
}

/** But for a byte here and there. */
function decodes(decoder: TextDecoder, bytes: Uint8Array): boolean {
  return decoder.decode(bytes).split('\ufffd').length - 1 <= 1 + bytes.length / 2000
}
