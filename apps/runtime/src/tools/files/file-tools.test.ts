import { chmodSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aToolCaller } from '../testing/a-caller.ts'
import { aVolume } from '../testing/a-volume.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('')

describe('Read', () => {
  it('gives a file as it is', async () => {
    const { call } = aVolume({ files: { 'src/a.txt': 'one\r\ntwo ü\n', empty: '' } })
    expect(await call('Read', { path: 'src/a.txt' })).toEqual({ text: 'one\r\ntwo ü\n' })
    expect(await call('Read', { path: './src//a.txt' })).toEqual({ text: 'one\r\ntwo ü\n' })
    expect(await call('Read', { path: 'empty' })).toEqual({ text: '' })
  })

  it('gives some lines, and says how to go on', async () => {
    const { call, refusal } = aVolume({ files: { 'a.txt': numbered(5) } })
    expect(await call('Read', { path: 'a.txt', offset: 4 })).toEqual({ text: 'line 4\nline 5\n' })
    expect(await call('Read', { path: 'a.txt', offset: 2, limit: 2 })).toEqual({
      text: 'line 2\nline 3\n[lines 2 to 3 of a file of 35 bytes. There is more: go on with offset 4.]',
    })
    expect(await call('Read', { path: 'a.txt', limit: 5 })).toEqual({ text: numbered(5) })
    expect(await refusal('Read', { path: 'a.txt', offset: 6 })).toBe('a.txt has 5 lines, and none from 6 on')
  })

  it('gives the beginning of what is longer than 256 KiB, in whole lines', async () => {
    const { call } = aVolume({ files: { long: numbered(40_000), line: 'ü'.repeat(200_000) } })
    const { text } = await call('Read', { path: 'long' })
    const [, last, next] = /\[lines 1 to (\d+) of a file of \d+ bytes. There is more: go on with offset (\d+).\]$/.exec(
      text,
    )!
    expect(Number(next)).toBe(Number(last) + 1)
    expect(text.length).toBeLessThan(257 * 1024)
    const rest = await call('Read', { path: 'long', offset: Number(next) })
    const shown = text.slice(0, text.indexOf('[')) + rest.text.slice(0, rest.text.indexOf('['))
    expect(numbered(40_000).startsWith(shown)).toBe(true)
    const line = await call('Read', { path: 'line' })
    expect(line.text).toMatch(
      /^ü{131072}\n\[lines 1 to 1 of a file of 400000 bytes. Line 1 is longer than can be shown/,
    )
  })

  it('refuses what is no text, no file, and not there', async () => {
    const { refusal } = aVolume({ files: { 'a.bin': Buffer.from([80, 0, 81]), 'src/a': '' } })
    expect(await refusal('Read', { path: 'a.bin' })).toBe('a.bin is no text: it has bytes that are zero')
    expect(await refusal('Read', { path: 'src' })).toBe('src is a folder, not a file')
    expect(await refusal('Read', { path: 'src/b' })).toBe('there is no file src/b')
    expect(await refusal('Read', { path: 'src/a/b' })).toBe('src/a is not a folder')
    expect(await refusal('Read', {})).toBe('path is missing')
  })
})

describe('Write', () => {
  it('that was cut off is done where the file says what was to be written, and nobody knows otherwise', async () => {
    const { tools, put } = aVolume({ files: { 'a.md': 'all of it' } })
    const input = { path: 'a.md', content: 'all of it' }
    const call = { toolUseId: 'c', caller: aToolCaller(), signal: AbortSignal.any([]) }
    const cameTo = (name: string, input: object) => tools.get(name)!.cameTo?.({ ...call, input })
    expect(await cameTo('Write', input)).toEqual({ text: 'wrote 9 bytes to a.md' })
    put('a.md', 'all of it, and more')
    expect(await cameTo('Write', input)).toBeUndefined()
    await expect(cameTo('Write', { ...input, path: 'none.md' })).rejects.toThrow('there is no')
    expect(await cameTo('Edit', { path: 'a.md', old_string: 'x', new_string: 'all' })).toBeUndefined()
  })

  it('puts a file in the place of another, and keeps who may do what with it', async () => {
    const { call, dir } = aVolume({ files: { 'run.sh': 'old' } })
    chmodSync(join(dir, 'run.sh'), 0o750)
    expect(await call('Write', { path: 'run.sh', content: 'new ü' })).toEqual({ text: 'wrote 6 bytes to run.sh' })
    expect(readFileSync(join(dir, 'run.sh'), 'utf8')).toBe('new ü')
    expect(statSync(join(dir, 'run.sh')).mode & 0o777).toBe(0o750)
    expect(readdirSync(dir)).toEqual(['run.sh'])
  })

  it('makes folders on the way, and takes nothing as a content', async () => {
    const { call, dir } = aVolume()
    await call('Write', { path: 'a/b/c.txt', content: '' })
    expect(readFileSync(join(dir, 'a/b/c.txt'), 'utf8')).toBe('')
  })

  it('refuses more than 1 MiB, folders, and a volume that may only be read', async () => {
    const { refusal, dir } = aVolume({ files: { 'src/a': '' } })
    expect(await refusal('Write', { path: 'a', content: 'x'.repeat(1024 * 1024 + 1) })).toBe(
      'a has 1048577 bytes, and at most 1048576 are taken',
    )
    expect(await refusal('Write', { path: 'src', content: '' })).toBe('src is a folder, not a file')
    expect(await refusal('Write', { path: '.', content: '' })).toBe('. is a folder, not a file')
    expect(readdirSync(dir)).toEqual(['src'])
    const readOnly = aVolume({ mode: 'ro', files: { a: 'a', 'n.ipynb': '{"cells":[]}' } })
    for (const [tool, input] of [
      ['Write', { path: 'a', content: 'b' }],
      ['Edit', { path: 'a', old_string: 'a', new_string: 'b' }],
      ['NotebookEdit', { file_path: 'n.ipynb', mode: 'insert', source: 'x' }],
    ] as const) {
      expect(await readOnly.refusal(tool, input)).toBe(
        `the volume "work" may only be read by this agent, so ${tool} cannot change anything in it`,
      )
    }
    expect(await readOnly.refusal('Bash', { command: 'touch b' })).toMatch(/may only be read by this agent/)
    expect(readdirSync(readOnly.dir).sort()).toEqual(['a', 'n.ipynb'])
  })
})

describe('Edit', () => {
  it('replaces what is there once, or everywhere, and says how often', async () => {
    const { call, refusal, dir } = aVolume({ files: { a: 'one two one\n' } })
    const read = () => readFileSync(join(dir, 'a'), 'utf8')
    expect(await call('Edit', { path: 'a', old_string: 'two', new_string: '2' })).toEqual({
      text: 'edited a (1 replacement)',
    })
    expect(await refusal('Edit', { path: 'a', old_string: 'one', new_string: '1' })).toMatch(
      /^old_string is in a 2 times/,
    )
    expect(read()).toBe('one 2 one\n')
    expect(await call('Edit', { path: 'a', old_string: 'one', new_string: '', replace_all: true })).toEqual({
      text: 'edited a (2 replacements)',
    })
    expect(read()).toBe(' 2 \n')
  })

  it('refuses a text that is not there, is empty, or stays the same, and a file that is not there', async () => {
    const { refusal } = aVolume({ files: { a: 'one' } })
    const edit = (old_string: string, new_string: string, path = 'a') =>
      refusal('Edit', { path, old_string, new_string })
    expect(await edit('two', '2')).toMatch(/^old_string is not in a; read the file/)
    expect(await edit('', '2')).toMatch(/^old_string is empty/)
    expect(await edit('one', 'one')).toMatch(/are the same/)
    expect(await edit('one', '1', 'b')).toBe('there is no file b; Write makes a new one')
  })

  it('takes line breaks as those of the file', async () => {
    const { call, dir } = aVolume({ files: { a: 'one\r\ntwo\r\nthree\r\n' } })
    await call('Edit', { path: 'a', old_string: 'one\ntwo', new_string: '1\n2' })
    await call('Edit', { path: 'a', old_string: 'three', new_string: '3\n4' })
    expect(readFileSync(join(dir, 'a'), 'utf8')).toBe('1\r\n2\r\n3\r\n4\r\n')
  })

  it('takes and puts whole line breaks, each as it is at its place, and leaves all others alone', async () => {
    const edited = async (text: string, old_string: string, new_string: string) => {
      const { call, dir } = aVolume({ files: { a: text } })
      await call('Edit', { path: 'a', old_string, new_string, replace_all: true })
      return readFileSync(join(dir, 'a'), 'utf8')
    }
    expect(await edited('one\r\ntwo\r\n', '\ntwo', '\n2')).toBe('one\r\n2\r\n')
    expect(await edited('one\r\ntwo\r\n', '\r\ntwo\r\n', '')).toBe('one')
    expect(await edited('one\r\ntwo\r\n', '\n', ', ')).toBe('one, two, ')
    const mixed = 'one\r\ntwo\nthree\rfour\nfive'
    expect(await edited(mixed, 'two\n', '2\n+\n')).toBe('one\r\n2\n+\nthree\rfour\nfive')
    expect(await edited(mixed, 'one\ntwo', '1\n+\n2')).toBe('1\r\n+\r\n2\nthree\rfour\nfive')
    expect(await edited(mixed, 'o', 'o\n')).toBe('o\r\nne\r\ntwo\n\nthree\rfo\nur\nfive')
    expect(await edited('one\ntwo\r\nthree\r\n', 'two\nthree', '2\n3')).toBe('one\n2\r\n3\r\n')
    expect(await edited('one\ntwo', 'one', '1\r\n')).toBe('1\r\n\ntwo')
    const { refusal } = aVolume({ files: { a: 'one\r\ntwo' } })
    expect(await refusal('Edit', { path: 'a', old_string: 'one\r\ntwo', new_string: 'one\ntwo' })).toMatch(
      /differ in line breaks alone/,
    )
  })

  it('leaves bytes alone that are no UTF-8', async () => {
    const { call, dir } = aVolume({ files: { a: Buffer.from([0xff, 0xfe, 65, 0x80, 66]) } })
    await call('Edit', { path: 'a', old_string: 'A', new_string: 'aa' })
    expect([...readFileSync(join(dir, 'a'))]).toEqual([0xff, 0xfe, 97, 97, 0x80, 66])
  })

  it('loses nothing where many edit one file at once', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `<${at}>`)
    const { call, dir } = aVolume({ files: { a: names.join('') } })
    await Promise.all(names.map((name) => call('Edit', { path: 'a', old_string: name, new_string: `${name}!` })))
    expect(readFileSync(join(dir, 'a'), 'utf8')).toBe(names.map((name) => `${name}!`).join(''))
  })
})

describe('Glob', () => {
  it('finds files by name, newest first', async () => {
    const { call, dir } = aVolume({ files: { 'a.ts': '', 'src/b.ts': '', 'src/deep/c.tsx': '', 'src/d.md': '' } })
    for (const [at, path] of ['src/b.ts', 'a.ts', 'src/deep/c.tsx', 'src/d.md'].entries()) {
      utimesSync(join(dir, path), 1000 + at, 1000 + at)
    }
    const glob = async (input: object) => (await call('Glob', input)).text.split('\n')
    expect(await glob({ pattern: '**/*.{ts,tsx}' })).toEqual(['src/deep/c.tsx', 'a.ts', 'src/b.ts'])
    expect(await glob({ pattern: '*.ts' })).toEqual(['a.ts'])
    expect(await glob({ pattern: '*', path: 'src' })).toEqual(['src/d.md', 'src/b.ts'])
    expect(await glob({ pattern: 'nothing' })).toEqual(['no matches'])
  })

  it('finds hidden files, and not what stands for a file that is being written', async () => {
    const draft = '.loomcycle-draft-1'
    const { call } = aVolume({ files: { [draft]: 'x', 'a/.b': 'x', [`a/${draft}/c`]: 'x' } })
    expect(await call('Glob', { pattern: '**/*' })).toEqual({ text: 'a/.b' })
    expect(await call('Grep', { pattern: 'x' })).toEqual({ text: 'a/.b' })
  })

  it('shows the newest 100 and says of how many', async () => {
    const files = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`f${at}`, '']))
    const { call, dir } = aVolume({ files })
    for (let at = 0; at < 120; at++) utimesSync(join(dir, `f${at}`), 1000 + at, 1000 + at)
    const lines = (await call('Glob', { pattern: 'f*' })).text.split('\n')
    expect(lines.slice(0, 2)).toEqual(['f119', 'f118'])
    expect(lines.slice(99)).toEqual(['f20', '[the 100 newest of 120; narrow the pattern for others]'])
  })

  it.each([
    ['../*', 'the pattern must not contain ".."'],
    ['/etc/*', 'the pattern must be relative, without a leading slash'],
    ['[a', 'the pattern has a "[" without a "]"'],
    ['{a,b', 'the pattern has a "{" without a "}"'],
  ])('refuses %s', async (pattern, words) => {
    expect(await aVolume().refusal('Glob', { pattern })).toBe(words)
  })
})

describe('Grep', () => {
  const files = {
    'src/a.ts': 'const one = 1\nconst two = 2\r\n// ONE more\n',
    'src/b.md': 'one of them\n',
    'c.bin': Buffer.from('one\0one'),
    'long.txt': `one\n${'x'.repeat(256 * 1024)}`,
  }
  const grep = async (input: object) => (await aVolume({ files }).call('Grep', input)).text.split('\n')

  it('finds files, lines, and how many there are', async () => {
    expect(await grep({ pattern: 'one' })).toEqual(['src/a.ts', 'src/b.md'])
    expect(await grep({ pattern: 'one', output_mode: 'content' })).toEqual([
      'src/a.ts:1:const one = 1',
      'src/b.md:1:one of them',
    ])
    expect(await grep({ pattern: 'one', output_mode: 'count', case_insensitive: true })).toEqual([
      'src/a.ts:2',
      'src/b.md:1',
    ])
    expect(await grep({ pattern: '^const \\w+ = \\d$', output_mode: 'content' })).toEqual([
      'src/a.ts:1:const one = 1',
      'src/a.ts:2:const two = 2',
    ])
    expect(await grep({ pattern: 'one', path: 'src', glob: '*.md' })).toEqual(['src/b.md'])
    expect(await grep({ pattern: 'one', path: 'src/a.ts', output_mode: 'content' })).toEqual([
      'src/a.ts:1:const one = 1',
    ])
    expect(await grep({ pattern: 'three' })).toEqual(['no matches'])
  })

  it('shows what is around, each line once', async () => {
    const { call } = aVolume({ files: { a: 'a\nhit\nb\nc\nd\nhit\nhit\ne\n' } })
    const { text } = await call('Grep', { pattern: 'hit', output_mode: 'content', '-C': 1 })
    expect(text.split('\n')).toEqual(['a-1-a', 'a:2:hit', 'a-3-b', '--', 'a-5-d', 'a:6:hit', 'a:7:hit', 'a-8-e'])
    const after = await call('Grep', { pattern: 'hit', output_mode: 'content', '-A': 1 })
    expect(after.text.split('\n')).toEqual(['a:2:hit', 'a-3-b', '--', 'a:6:hit', 'a:7:hit', 'a-8-e'])
  })

  it('stops at as many as are wanted, and says so', async () => {
    expect(await grep({ pattern: 'one', head_limit: 1 })).toEqual([
      'src/a.ts',
      '[the first 1 are shown; there are more]',
    ])
    expect(await grep({ pattern: 'const', output_mode: 'content', head_limit: 1 })).toEqual([
      'src/a.ts:1:const one = 1',
      '[the first 1 are shown; there are more]',
    ])
  })

  it('refuses a pattern that is none, and reads others in time in proportion to what there is', async () => {
    const { refusal, call } = aVolume({ files: { a: `${'a'.repeat(200_000)}!` } })
    expect(await refusal('Grep', { pattern: '(' })).toMatch(/^the pattern is no regular expression of RE2/)
    expect(await refusal('Grep', { pattern: '(?=a)' })).toMatch(/^the pattern is no regular expression of RE2/)
    expect(await call('Grep', { pattern: '^(a+)+$' })).toEqual({ text: 'no matches' })
  })
})

describe('NotebookEdit', () => {
  const notebook = (cells: object[]) =>
    `${JSON.stringify({ cells, metadata: { kept: 1 }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`
  const code = { id: 'c1', cell_type: 'code', metadata: {}, source: ['1+1'], outputs: [{ x: 1 }], execution_count: 3 }
  const words = { id: 'm1', cell_type: 'markdown', metadata: {}, source: ['# Hi\n', 'there'] }

  it('replaces, inserts and deletes cells, and leaves the rest as it was', async () => {
    const { call, dir } = aVolume({ files: { 'n.ipynb': notebook([code, words]) } })
    const read = () => readFileSync(join(dir, 'n.ipynb'), 'utf8')
    const edit = (input: object) => call('NotebookEdit', { file_path: 'n.ipynb', ...input })
    expect(await edit({ cell_id: 'c1', source: 'a\nb' })).toEqual({ text: 'notebook replace: n.ipynb (2 cells)' })
    const changed = { ...code, source: ['a\n', 'b'], outputs: [], execution_count: null }
    expect(JSON.parse(read()).cells).toEqual([changed, words])
    expect(await edit({ cell_id: 'cell-1', mode: 'delete' })).toEqual({ text: 'notebook delete: n.ipynb (1 cells)' })
    expect(read()).toBe(
      notebook([
        { id: 'c1', cell_type: 'code', metadata: {}, source: ['a\n', 'b'], execution_count: null, outputs: [] },
      ]),
    )
    await edit({ cell_id: 'c1', mode: 'insert', cell_type: 'markdown', source: '# New' })
    await edit({ mode: 'insert', source: '' })
    expect(JSON.parse(read()).cells).toEqual([
      { id: expect.any(String), cell_type: 'code', metadata: {}, source: [], execution_count: null, outputs: [] },
      changed,
      { id: expect.any(String), cell_type: 'markdown', metadata: {}, source: ['# New'] },
    ])
  })

  it('leaves numbers as they were written, and takes along what only text may have', async () => {
    const kept = '{"data":[1.0,1e-7,-0.0,12345678901234567890,0.1,1E5,3],"__proto__":1}'
    const drawn = '{"cell_type":"markdown","metadata":{},"attachments":{"a.png":{}},"source":["x"]}'
    const text = `{"cells":[{"cell_type":"code","metadata":{},"outputs":[${kept}],"source":[]},${drawn}],"nbformat":4}`
    const { call, dir } = aVolume({ files: { 'n.ipynb': text } })
    const read = () => readFileSync(join(dir, 'n.ipynb'), 'utf8')
    await call('NotebookEdit', { file_path: 'n.ipynb', cell_id: 'cell-1', source: 'y' })
    expect(read()).toContain(kept)
    expect(JSON.parse(read()).cells[1]).toEqual({ ...JSON.parse(drawn), source: ['y'] })
    await call('NotebookEdit', { file_path: 'n.ipynb', cell_id: 'cell-1', cell_type: 'code', source: 'z' })
    const code = { cell_type: 'code', metadata: {}, source: ['z'], outputs: [], execution_count: null }
    expect(JSON.parse(read()).cells[1]).toEqual(code)
  })

  it('keeps the line breaks of the file', async () => {
    const text = notebook([words, code]).replaceAll('\n', '\r\n')
    const { call, dir } = aVolume({ files: { 'n.ipynb': text } })
    await call('NotebookEdit', { file_path: 'n.ipynb', cell_id: 'c1', mode: 'delete' })
    expect(readFileSync(join(dir, 'n.ipynb'), 'utf8')).toBe(notebook([words]).replaceAll('\n', '\r\n'))
  })

  it('refuses what is no notebook, and a cell that is not there', async () => {
    const { refusal } = aVolume({
      files: {
        'n.ipynb': notebook([words]),
        ...{
          'x.ipynb': '{}',
          'y.ipynb': '{',
          'a.txt': '',
          'l.ipynb': Buffer.from('{"cells":[{"id":"m1"}],"a":"\xe9"}', 'latin1'),
        },
      },
    })
    const edit = (file_path: string, input: object = { cell_id: 'm1', source: '' }) =>
      refusal('NotebookEdit', { file_path, ...input })
    expect(await edit('a.txt')).toMatch(/does not end in .ipynb/)
    expect(await edit('z.ipynb')).toBe('there is no notebook z.ipynb')
    expect(await edit('x.ipynb')).toMatch(/it has no cells/)
    expect(await edit('y.ipynb')).toMatch(/it is not JSON/)
    expect(await edit('l.ipynb')).toMatch(/it is not UTF-8/)
    expect(await edit('n.ipynb', { cell_id: 'cell-1', source: '' })).toBe(
      'the notebook has no cell "cell-1"; they are cell-0 to cell-0, or by their ids',
    )
    expect(await edit('n.ipynb', { source: 'x' })).toMatch(/^cell_id is missing/)
    expect(await edit('n.ipynb', { cell_id: 'm1' })).toMatch(/^source is missing/)
  })
})
