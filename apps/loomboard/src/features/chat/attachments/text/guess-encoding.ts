import { detectAll } from 'jschardet'

/** By which encoding bytes make the likeliest text; undefined where they make none. Only what browsers decode is asked for. */
export function guessEncoding(bytes: Uint8Array): string | undefined {
  const sample = telling(bytes)
  const isLatin = !sample.some((byte, i) => byte > 0x7f && sample[i + 1]! > 0x7f)
  // Degrees, prices and dashes say nothing about the language of a text.
  if (isLatin && hasOnlySigns(new TextDecoder('windows-1252').decode(sample))) return 'windows-1252'
  const likely = detectAll(sample, { minimumThreshold: 0 })
    .map(({ encoding, confidence }) => ({ decoder: decoderFor(encoding ?? ''), confidence }))
    .filter(({ decoder }) => decoder && (!isLatin || latin.test(decoder.encoding)))
  const best = likely.find(({ decoder }) => decodes(decoder!, bytes) && keepsScriptsApart(decoder!.decode(sample)))
  const western = likely.find(({ decoder }) => decoder!.encoding === 'windows-1252')
  // A few words of some language of Europe look alike in all of its encodings; then it is the usual one.
  const isWestern = best && western && western.confidence > best.confidence * nearlyAsLikely
  return (isWestern ? western : best)?.decoder?.encoding
}
const nearlyAsLikely = 0.7
/** Other scripts have no words in which every second letter is of ASCII. */
const latin = /^(?:windows-125[0247]|iso-8859-(?:[1-49]|1[0-6])|macintosh)$/

/** Whether what is not ASCII is no letter, and no part of a word but its apostrophe. */
function hasOnlySigns(text: string): boolean {
  return !/(?![ªºµ])[^\0-\x7f\P{L}]/u.test(text) && !/[a-z][^\0-\x7f’][a-z]/i.test(text)
}

/** Letters of scripts with spaces do not stand in one word with those of ASCII, other than by way of exception. */
function keepsScriptsApart(text: string): boolean {
  const words = text.match(/\p{L}+/gu)?.filter((word) => others.test(word)) ?? []
  return words.filter((word) => /[a-z]/i.test(word)).length <= words.length / 2
}
const others = /[\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/u

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
