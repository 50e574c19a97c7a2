import { describe, expect, it } from 'vitest'
import { aZip } from '../../chat/attachments/docx/testing/a-docx.ts'
import { readBoardFile } from './board-file.ts'
import { kindOf } from './kinds.ts'

const file = (name: string, content: BlobPart) => new File([content], name)

describe('a file', () => {
  it('is read as its bytes say, whatever it is called', async () => {
    expect(await readBoardFile(file('Garden show.json', '{}'))).toEqual({ title: 'Garden show', text: '{}' })
    const archive = aZip({ 'version.json': '{}', 'b1/board.jsonl': '{"type":"board"}', 'b1/7.png': 'x' })
    expect(await readBoardFile(file('films.boardarchive', archive))).toEqual({
      title: 'films',
      files: [{ name: 'b1/board.jsonl', text: '{"type":"board"}' }],
    })
  })

  it('of another alphabet is read in it', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0x41, 0, 0x3b, 0])
    expect((await readBoardFile(file('a.csv', utf16))).text).toBe('A;')
    expect((await readBoardFile(file('a.csv', new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c])))).text).toBe('Müll')
  })

  it.each([
    ['nothing in it', '', 'It is empty.'],
    ['the beginning of an archive', 'PK\u0003\u0004', 'The file is damaged'],
    ['an archive without a board', aZip({ 'a.txt': 'x' }), 'There is no board in the archive'],
    ['too much', new Uint8Array(16 * 1024 * 1024), 'It is larger than 15 MB.'],
  ])('that has %s says why it is not taken', async (_, content, why) => {
    await expect(readBoardFile(file('a.zip', content as BlobPart))).rejects.toThrow(why)
  })
})

describe('a text', () => {
  it.each([
    ['{"lists":[],"cards":[]}', 'any'],
    ['{"nodes":[],"edges":[]}', 'canvas'],
    ['Title,Status\na,b\n', 'any'],
    ['---\nkanban-plugin: board\n---\n\n## A\n', 'markdown_lists'],
    ['## To do\n\n- [ ] a\n- [x] b\n', 'markdown_lists'],
    ['# Plan\n\n## A\n\nWords.\n\n- [ ] one\n', 'document'],
  ])('like %j is read as %s', (text, kind) => {
    expect(kindOf({ title: 'x', text })).toBe(kind)
  })
})
