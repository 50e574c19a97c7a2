/** What a file is by its first bytes, since names lie. Whatever is none of these may be text. */
export function fileKind(head: Uint8Array): 'picture' | 'pdf' | 'zip' | 'other' {
  const begins = String.fromCharCode(...head.subarray(0, headBytes))
  if (pictures.some((pattern) => fits(begins, pattern))) return 'picture'
  // A mark or a line end may have come before it.
  if (begins.slice(0, 16).includes('%PDF-')) return 'pdf'
  return fits(begins, 'PK\x03\x04') || fits(begins, 'PK\x05\x06') ? 'zip' : 'other'
}

/** What to say of a file that is no text: what it is, as far as its first bytes say. */
export function whyUnread(head: Uint8Array): string {
  const begins = String.fromCharCode(...head.subarray(0, headBytes))
  return sentences.find(([patterns]) => patterns.some((pattern) => fits(begins, pattern)))?.[1] ?? neither
}

export const headBytes = 1024

/** A question mark stands for any byte. */
function fits(begins: string, pattern: string): boolean {
  if (begins.length < pattern.length) return false
  for (let i = 0; i < pattern.length; i++) if (pattern[i] !== '?' && pattern[i] !== begins[i]) return false
  return true
}

const pictures = [
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff',
  'GIF87a',
  'GIF89a',
  'RIFF????WEBP',
  'BM????\0\0\0\0??\0\0',
  'II\x2a\0',
  'MM\0\x2a',
  ...['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].map(
    (brand) => `????ftyp${brand}`,
  ),
]

const neither = 'It is neither text, a picture, a PDF nor a Word document.'
const saveAs = (what: string, kind: string) => `It is ${what}, which cannot be read here. Save it as ${kind}.`
const is = (what: string) => `It is ${what}, not text, a picture, a PDF or a Word document.`

const sentences: readonly (readonly [string[], string])[] = [
  [['\xff\xfe\0\0', '\0\0\xfe\xff'], saveAs('a text in UTF-32', 'UTF-8')],
  [
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
    saveAs('an Office file of the old kind or one with a password', 'DOCX or PDF without a password'),
  ],
  [
    ['\x1f\x8b', 'BZh', '\xfd7zXZ\0', '7z\xbc\xaf\x27\x1c', 'Rar!\x1a', '\x28\xb5\x2f\xfd'],
    'It is a packed archive. Unpack it and attach the files you mean.',
  ],
  [['\x7fELF', 'MZ', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', '\0asm'], is('a program')],
  [['SQLite format 3\0'], is('a database')],
  [['ID3', '\xff\xfb', '\xff\xf3', '\xff\xf1', 'OggS', 'fLaC', 'RIFF????WAVE'], is('a sound recording')],
  [['????ftyp', '\x1a\x45\xdf\xa3', 'RIFF????AVI '], is('a film or a sound recording')],
  [['wOFF', 'wOF2', 'OTTO\0', '\0\x01\0\0\0'], is('a font')],
  [['8BPS'], saveAs('a Photoshop file', 'PNG or JPEG')],
  [['\0\0\x01\0', '\0\0\x02\0'], saveAs('an icon', 'PNG')],
  [['\xff\x0a', '\0\0\0\x0cJXL '], saveAs('a JPEG XL picture', 'JPEG or PNG')],
  [['\0\0\0\x0cjP  '], saveAs('a JPEG 2000 picture', 'JPEG or PNG')],
]
