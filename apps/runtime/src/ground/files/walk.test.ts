import { execFileSync, spawn } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempDir } from '../../testing/temp-dir.ts'
import { type Folder, openFolder } from './folder.ts'
import { listFolder } from './list-folder.ts'
import { readFile } from './read-file.ts'
import { FileRefusal } from './refusal.ts'
import { removeTree } from './remove-tree.ts'
import { replaceFile } from './replace-file.ts'
import type { Root } from './walk.ts'

/** A volume with a file, and beside it what nobody in the volume may reach. */
async function aRoot(held?: boolean): Promise<Root & { outside: string }> {
  const outside = realpathSync(tempDir())
  const path = join(outside, 'volume')
  mkdirSync(join(path, 'a/b'), { recursive: true })
  mkdirSync(join(outside, 'secrets/b'), { recursive: true })
  writeFileSync(join(path, 'a/b/file'), 'inside')
  writeFileSync(join(outside, 'secrets/file'), 'outside')
  writeFileSync(join(outside, 'secrets/b/file'), 'outside')
  const folder = await openFolder(path, held)
  onTestFinished(() => folder.close())
  return { folder, path, outside }
}

const read = (root: Root, path: string) =>
  readFile(root, path, 1000).then(
    ({ bytes }) => bytes.toString(),
    (error: Error) => {
      if (!(error instanceof FileRefusal)) throw error
      return error.message
    },
  )

const write = (root: Root, path: string, text: string) =>
  replaceFile(root, path, () => Buffer.from(text), { mostBytes: 1000 }).catch((error: Error) => error.message)

it('a file is not put in the place of one that somebody has changed, made or taken away meanwhile', async () => {
  const root = await aRoot()
  const at = (name: string) => join(root.path, name)
  const meanwhile = (path: string, act: () => void) =>
    replaceFile(
      root,
      path,
      () => {
        act()
        return Buffer.from('mine')
      },
      { mostBytes: 1000 },
    )
  const changed = /was changed by somebody else in the same moment; read it again/
  await expect(meanwhile('a/b/file', () => writeFileSync(at('a/b/file'), 'theirs too'))).rejects.toThrow(changed)
  await expect(meanwhile('new', () => writeFileSync(at('new'), 'theirs'))).rejects.toThrow(changed)
  await expect(meanwhile('a/b/file', () => rmSync(at('a/b/file')))).rejects.toThrow(changed)
  await expect(meanwhile('gone', () => symlinkSync('new', at('gone')))).rejects.toThrow(changed)
  expect(readFileSync(at('new'), 'utf8')).toBe('theirs')
  expect([readdirSync(at('a/b')), readdirSync(root.path).sort()]).toEqual([[], ['a', 'gone', 'new']])
})

describe.each([
  ['folders that are held', true],
  ['folders that cannot be held', false],
])('%s: a path', (_, held) => {
  it('follows links that stay in the volume, whatever they look like', async () => {
    const root = await aRoot(held)
    const { path } = root
    symlinkSync('b/file', join(path, 'a/to-file'))
    symlinkSync('a', join(path, 'to-a'))
    symlinkSync(join(path, 'a/b'), join(path, 'absolute'))
    symlinkSync('../to-a/../a/b', join(path, 'a/around'))
    symlinkSync('.', join(path, 'here'))
    for (const at of ['a/to-file', 'to-a/b/file', 'absolute/file', 'a/around/file', 'here/here/a/b/file']) {
      expect([at, await read(root, at)]).toEqual([at, 'inside'])
    }
    await write(root, 'to-a/to-file', 'written')
    expect(readFileSync(join(path, 'a/b/file'), 'utf8')).toBe('written')
  })

  it('does not leave by a link, however it is hidden', async () => {
    const root = await aRoot(held)
    const { path, outside } = root
    symlinkSync('../secrets', join(path, 'up'))
    symlinkSync(join(outside, 'secrets'), join(path, 'absolute'))
    symlinkSync('up', join(path, 'twice'))
    symlinkSync('../../volume/../secrets', join(path, 'a/around'))
    symlinkSync(`${path}/../secrets`, join(path, 'prefix'))
    symlinkSync(`${path}-other`, join(path, 'sibling'))
    symlinkSync('/', join(path, 'root'))
    symlinkSync('/proc/self/root', join(path, 'proc'))
    symlinkSync('../secrets/new', join(path, 'dangling'))
    const links = ['up', 'absolute', 'twice', 'a/around', 'prefix', 'sibling', 'root', 'proc']
    for (const link of links) {
      for (const at of [link, `${link}/file`, `${link}/b/file`]) {
        expect(await read(root, at)).toMatch(/leads out of the volume/)
        expect(await write(root, at, 'x')).toMatch(/leads out of the volume/)
      }
      await expect(listFolder(root, link, { limit: 10 })).rejects.toThrow('leads out of the volume')
    }
    expect(await write(root, 'dangling', 'x')).toMatch(/leads out of the volume/)
    expect(execFileSync('ls', ['-R', join(outside, 'secrets')], { encoding: 'utf8' })).not.toContain('new')
  })

  it('does not go round in circles', async () => {
    const root = await aRoot(held)
    symlinkSync('loop', join(root.path, 'loop'))
    symlinkSync('ping', join(root.path, 'pong'))
    symlinkSync('pong', join(root.path, 'ping'))
    symlinkSync('deeper/x', join(root.path, 'deeper'))
    for (const at of ['loop', 'ping/x', 'deeper']) expect(await read(root, at)).toMatch(/round and round|there is no/)
  })

  it('is no path where it is absolute, steps up, or cannot be a name', async () => {
    const root = await aRoot(held)
    const refused = ['/etc/passwd', '\\etc', 'C:\\x', '..', 'a/../../x', 'a/..', 'a\0b', '\ud800', 'x'.repeat(5000)]
    for (const at of [...refused, 'a/'.repeat(101), 'x'.repeat(256)]) {
      const refusal = await readFile(root, at, 10).catch((error: FileRefusal) => error.reason)
      expect([at, refusal]).toEqual([at, 'path'])
    }
    // None of these is more than a name.
    for (const at of ['%2e%2e/x', '..%2fx', '．．/x', '~/x', '...', 'a\\..\\x', '$HOME', '*']) {
      expect(await read(root, at)).toMatch(/^there is no file/)
    }
  })

  it('leads to no device, pipe or socket', async () => {
    const root = await aRoot(held)
    execFileSync('mkfifo', [join(root.path, 'pipe')])
    expect(await read(root, 'pipe')).toMatch(/^pipe is a device, a pipe or a socket/)
    expect(await write(root, 'pipe', 'x')).toMatch(/^pipe is a device, a pipe or a socket/)
    expect(await read(root, 'pipe/x')).toBe('pipe is not a folder')
  })
})

describe('a folder that is exchanged for a link on the way', () => {
  /** Does something once, right after a name has been looked up. */
  function after(name: string, folder: Folder, work: () => void): Folder {
    let isDone = false
    return new Proxy(folder, {
      get(target, key) {
        const value = Reflect.get(target, key, target)
        if (key !== 'look') return typeof value === 'function' ? value.bind(target) : value
        return async (looked: string) => {
          const entry = await target.look(looked)
          if (looked === name && !isDone) {
            isDone = true
            work()
          }
          return entry
        }
      },
    })
  }

  it.each([
    ['held', true],
    ['not held', false],
  ])('leads nowhere else (%s)', async (_, held) => {
    const plain = await aRoot(held)
    const { path, outside } = plain
    const swap = () => {
      renameSync(join(path, 'a'), join(path, 'was-a'))
      symlinkSync(join(outside, 'secrets'), join(path, 'a'))
    }
    const put = () => {
      rmSync(join(path, 'a'))
      renameSync(join(path, 'was-a'), join(path, 'a'))
    }
    const root = () => ({ ...plain, folder: after('a', plain.folder, swap) })
    // What was found is what is used; where it cannot be held, it is seen that it is gone.
    const expected = (text: string) => (held ? text : 'folders were changed on the way to it; try again')
    expect(await read(root(), 'a/b/file')).toBe(expected('inside'))
    put()
    const written = await write(root(), 'a/b/file', 'new')
    expect(written).toEqual(held ? 3 : expected(''))
    expect(readFileSync(join(outside, 'secrets/b/file'), 'utf8')).toBe('outside')
    expect(readFileSync(join(path, 'was-a/b/file'), 'utf8')).toBe(held ? 'new' : 'inside')
  })

  it('is never followed, however often it happens', async () => {
    const root = await aRoot()
    const { path, outside } = root
    renameSync(join(path, 'a'), join(path, 'real'))
    symlinkSync(join(outside, 'secrets'), join(path, 'link'))
    const flip = `const fs = require('fs'); process.chdir(${JSON.stringify(path)});
      for (;;) for (const one of ['real', 'link']) { fs.renameSync(one, 'a'); fs.renameSync('a', one) }`
    const flipping = spawn(process.execPath, ['-e', flip], { stdio: 'ignore' })
    onTestFinished(() => void flipping.kill('SIGKILL'))
    const seen = new Set<string>()
    for (let reads = 0; reads < 3000; reads++) seen.add(await read(root, 'a/b/file'))
    for (let writes = 0; writes < 200; writes++) await write(root, 'a/b/file', 'inside')
    flipping.kill('SIGKILL')
    expect([...seen]).not.toContain('outside')
    expect(readFileSync(join(outside, 'secrets/b/file'), 'utf8')).toBe('outside')
    expect(execFileSync('ls', [join(outside, 'secrets/b')], { encoding: 'utf8' })).toBe('file\n')
  })
})

describe('removing a tree', () => {
  it('takes what is below, and links without what they lead to', async () => {
    const { folder, path, outside } = await aRoot()
    symlinkSync(join(outside, 'secrets'), join(path, 'a/out'))
    execFileSync('mkfifo', [join(path, 'a/pipe')])
    symlinkSync(join(outside, 'secrets'), join(path, 'link'))
    expect(await removeTree(folder, 'link')).toBe(true)
    expect(await removeTree(folder, 'a')).toBe(true)
    expect(await removeTree(folder, 'a')).toBe(false)
    expect(execFileSync('ls', ['-A', path], { encoding: 'utf8' })).toBe('')
    expect(readFileSync(join(outside, 'secrets/file'), 'utf8')).toBe('outside')
  })

  it('goes as deep as somebody made folders', async () => {
    const { folder, path } = await aRoot()
    const script = `mkdir -p x; for i in $(seq 60); do mkdir -p deep/$(printf 'd/%.0s' $(seq 30)); mv deep/* x/ 2>/dev/null; mkdir new; mv x new/x; mv new x; done`
    execFileSync('/bin/bash', ['-c', script], { cwd: path })
    expect(await removeTree(folder, 'x')).toBe(true)
    expect(execFileSync('ls', ['-A', path], { encoding: 'utf8' })).not.toContain('x')
  })
})
