import { deflateRawSync } from 'node:zlib'

/** A zip archive of these files; what of them is not text is bytes. */
export function aZip(files: Readonly<Record<string, string | Uint8Array>>): ArrayBuffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content)
    const nameBytes = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(nameBytes.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(nameBytes.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, nameBytes, packed)
    entries.push(entry, nameBytes)
    at += local.length + nameBytes.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(at, 16)
  const whole = Buffer.concat([...locals, ...entries, end])
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A Word document with this body, and parts by the type that relates them to it. */
export function aDocx(body: string, parts: Readonly<Record<string, string>> = {}, links = ''): ArrayBuffer {
  const names = Object.keys(parts)
  const related = names.map((type, i) => `<Relationship Id="p${i}" Type="${types}/${type}" Target="${type}.xml"/>`)
  return aZip({
    'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships>${related.join('')}${links}</Relationships>`,
    ...Object.fromEntries(names.map((type) => [`word/${type}.xml`, parts[type]!])),
  })
}
