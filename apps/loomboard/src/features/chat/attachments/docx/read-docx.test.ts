import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { documentText, readDocx } from './read-docx.ts'
import { unzip } from './unzip.ts'

const paragraph = (text: string, style = '') =>
  `<w:p>${style && `<w:pPr>${style}</w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const body = `<w:document><w:body>${[
  paragraph('A plan', '<w:pStyle w:val="Heading1"/>'),
  paragraph('Salt &amp; pepper &#8212; &lt;ok&gt;'),
  paragraph('first', '<w:numPr><w:ilvl w:val="0"/></w:numPr>'),
  `<w:tbl><w:tr><w:tc>${paragraph('a')}</w:tc><w:tc>${paragraph('b')}</w:tc></w:tr></w:tbl>`,
].join('')}</w:body></w:document>`

/** The smallest archive there is, with one packed file. */
function zip(name: string, content: string): ArrayBuffer {
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
  const start = local.length + nameBytes.length + packed.length
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(start, 16)
  const whole = Buffer.concat([local, nameBytes, packed, entry, nameBytes, end])
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer
}

describe('a Word document', () => {
  it('is read with its headings, lists and tables', () => {
    expect(documentText(body)).toBe('# A plan\nSalt & pepper — <ok>\n- first\n| a | b |')
  })

  it('is taken out of its archive', async () => {
    expect(await readDocx(zip('word/document.xml', body))).toContain('# A plan')
  })

  it('is refused with a reason when it is something else', async () => {
    await expect(readDocx(zip('other.xml', 'x'))).rejects.toThrow('no Word document')
    await expect(readDocx(new ArrayBuffer(40))).rejects.toThrow('damaged')
    expect(await unzip(zip('a', 'b'), 'c')).toBeUndefined()
  })
})
