import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'

const bytes = (binary: string) => Uint8Array.from(binary, (char) => char.charCodeAt(0))
const hex = (digits: string) => new Uint8Array(Buffer.from(digits.replaceAll(' ', ''), 'hex'))
const utf16 = (text: string, bigEndian = false) => {
  const buffer = Buffer.from(text, 'utf16le')
  return new Uint8Array(bigEndian ? buffer.swap16() : buffer)
}

describe('a text that says what it is, or can be nothing else,', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', new Uint8Array(Buffer.from('Zoë <b>\r\n中文 🙂')), 'Zoë <b>\r\n中文 🙂'],
    ['UTF-8 with a mark', new Uint8Array(Buffer.from('\ufeffZoë')), 'Zoë'],
    ['UTF-16 with a mark', utf16('\ufeffname;city\nZoë'), 'name;city\nZoë'],
    ['big-endian UTF-16 with a mark', utf16('\ufeffZoë', true), 'Zoë'],
    ['UTF-16 without a mark', utf16('name;city\r\nZoë;Köln\r\n'), 'name;city\r\nZoë;Köln\r\n'],
    ['big-endian UTF-16 without a mark', utf16('name;city\nZoë', true), 'name;city\nZoë'],
    ['Chinese UTF-16 without a mark', utf16('姓名，城市\n张三，北京\n'), '姓名，城市\n张三，北京\n'],
    ['ISO-2022-JP', bytes('\x1b$BF|K\\8l\x1b(B ok'), '日本語 ok'],
    [
      'what an XML file declares',
      bytes('<?xml version="1.0" encoding="koi8-r"?><a>\xf0\xd2\xc9</a>'),
      '<?xml version="1.0" encoding="koi8-r"?><a>При</a>',
    ],
    ['a coloured log', bytes('\x1b[31mred\x1b[0m\n'), '\x1b[31mred\x1b[0m\n'],
  ])('is read: %s', async (_, file, text) => {
    expect(await decodeText(file)).toEqual({ text, notes: [] })
  })
})

describe('an older encoding', () => {
  it.each<[string, Uint8Array, string]>([
    ['windows-1252', bytes('name;city\nJos\xe9;M\xfcnchen\n'), 'name;city\nJosé;München\n'],
    ['windows-1252', bytes('He said \x93hello\x94 \x96 it costs \x805\x85\n'), 'He said “hello” – it costs €5…\n'],
    ['windows-1252', bytes('price \xa35, \xa7 7, 21\xb0C\n'), 'price £5, § 7, 21°C\n'],
    ['windows-1252', bytes('20 \xb0C \x96 30 \xb0C, 5 \xb5m, \x80 7'), '20 °C – 30 °C, 5 µm, € 7'],
    [
      'windows-1250',
      bytes('P\xf8\xedli\x9a \x9elu\x9dou\xe8k\xfd k\xf9\xf2 \xfap\xecl \xef\xe1belsk\xe9 \xf3dy'),
      'Příliš žluťoučký kůň úpěl ďábelské ódy',
    ],
    ['windows-1253', hex('cae1ebe7ecddf1e1 20 ea fc f3 ec e5 20 6f6b'), 'Καλημέρα κόσμε ok'],
    ['shift_jis', hex('96bc914f 2c 8f5a8f8a 0a 8e52 9363 2c 938c 8b9e 0a'), '名前,住所\n山田,東京\n'],
    ['gb18030', hex('d0d5c3fb 2c b3c7cad0 0a d5c5c8fd 2c b1b1bea9 0a'), '姓名,城市\n张三,北京\n'],
    ['windows-1251', hex('e8ecff 3b e3eef0eee4 0a c8e2e0ed 3b cceef1eae2e0 0a'), 'имя;город\nИван;Москва\n'],
  ])('is told by its letters, which is said: %s', async (encoding, file, text) => {
    const read = await decodeText(file)
    expect(read?.text).toBe(text)
    expect(read?.notes.join()).toContain(`was read as`)
    expect(read?.notes.join()).toContain(encoding)
  })
})

it('a byte that is wrong is replaced, which is said; the others are read', async () => {
  const file = new Uint8Array([...Buffer.from('Zoë\n'), 0xff, ...Buffer.from('Köln 中文\n')])
  expect(await decodeText(file)).toEqual({
    text: 'Zoë\n\ufffdKöln 中文\n',
    notes: ['One place in it could not be read as UTF-8: it has “\ufffd” there.'],
  })
})

it('a text of which a few bytes are wrong is still what the most of it is', async () => {
  const file = new Uint8Array([
    ...Buffer.from('Zoë '),
    0xff,
    ...Buffer.from(' Köln '),
    0xfe,
    ...Buffer.from(' Größe Äpfel'),
  ])
  expect((await decodeText(file))?.text).toBe('Zoë \ufffd Köln \ufffd Größe Äpfel')
})

it('a zero byte in a text is replaced, which is said', async () => {
  const read = await decodeText(bytes('a,b\0\nc,d\n'))
  expect(read?.text).toBe('a,b\ufffd\nc,d\n')
  expect(read?.notes).toHaveLength(1)
})

it('what is no text is not taken for one', async () => {
  expect(await decodeText(new Uint8Array([0, 255, 0]))).toBeUndefined()
  expect(await decodeText(new Uint8Array([0, 255, 254, 0]))).toBeUndefined()
  expect(await decodeText(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))).toBeUndefined()
  expect(await decodeText(Uint8Array.from({ length: 5000 }, (_, i) => (i % 2 ? 0 : i % 31)))).toBeUndefined()
})
