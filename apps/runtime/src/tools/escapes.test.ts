import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aVolume, type TestVolume } from './testing/a-volume.ts'

const secret = 'do not tell'
const nameOfSecret = 'telling-name'

/** A volume with every way out that somebody could put into it, and what must not be reached beside it. */
function aTrap(mode: 'rw' | 'ro'): TestVolume {
  const volume = aVolume({ mode, files: { 'a/b/own': 'own', 'n.ipynb': '{"cells":[]}' } })
  const { dir, outside } = volume
  mkdirSync(join(outside, 'secrets/deep'), { recursive: true })
  mkdirSync(join(outside, 'volume-other'))
  for (const path of ['secrets/file', 'secrets/deep/file', 'secrets/file.ipynb', 'volume-other/file', 'file']) {
    writeFileSync(join(outside, path), `{"cells":[],"say":"${secret}"}`)
  }
  writeFileSync(join(outside, 'secrets', nameOfSecret), '')
  const links = {
    up: '..',
    'up.ipynb': '../secrets/file.ipynb',
    secrets: '../secrets',
    'a/nested': '../secrets',
    'a/b/up3': '../../..',
    'by-name': join(outside, 'secrets'),
    dots: `${dir}/../secrets`,
    sibling: `${dir}-other`,
    chained: 'secrets',
    root: '/',
    proc: '/proc/self/root',
    cwd: '/proc/self/cwd',
    fds: '/proc/self/fd',
    environment: '/proc/self/environ',
    zero: '/dev/zero',
    new: '../secrets/new',
    loop: 'loop',
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(dir, name))
  execFileSync('mkfifo', [join(dir, 'pipe')])
  return volume
}

const beside = ({ outside }: TestVolume) => [
  '../secrets/file',
  '../file',
  '..',
  'a/../../secrets/file',
  'a/b/../../../secrets/file',
  './../secrets/file',
  './/..//secrets/file',
  '..\\secrets\\file',
  '%2e%2e/secrets/file',
  '%2e%2e%2fsecrets%2ffile',
  '..%2fsecrets%2ffile',
  '..%c0%afsecrets%c0%affile',
  '..\u2215secrets\u2215file',
  '\uff0e\uff0e/secrets/file',
  '․․/secrets/file',
  '..\0/secrets/file',
  '../secrets/file\0.txt',
  'up/secrets/file',
  'UP/secrets/file',
  'up.ipynb',
  'secrets/file',
  'secrets/deep/file',
  'SECRETS/file',
  'secrets/../secrets/file',
  'a/nested/file',
  'a/b/up3/secrets/file',
  'by-name/file',
  'dots/file',
  'sibling/file',
  'chained/deep/file',
  `root${outside}/secrets/file`,
  `proc${outside}/secrets/file`,
  'cwd/package.json',
  'fds/0',
  'environment',
  'zero',
  'pipe',
  'pipe/x',
  'new',
  'loop',
  'loop/file',
  '/etc/passwd',
  `${outside}/secrets/file`,
  `/proc/self/root${outside}/secrets/file`,
  '/proc/self/environ',
  '/dev/zero',
  '//etc/passwd',
  'file:///etc/passwd',
  '~/file',
  '~root/.ssh/id_rsa',
  '$HOME/file',
  'C:\\Windows\\win.ini',
  '\\\\server\\share',
  'x'.repeat(256),
  'x/'.repeat(3000),
  `${'a/../'.repeat(100)}../secrets/file`,
  '\ud800',
  'a/b/own/../../../../secrets/file',
]

/** Everything beside the volume, as it is. */
function all({ outside }: TestVolume): string {
  return execFileSync(
    'find',
    [
      '.',
      '-path',
      './volume',
      '-prune',
      '-o',
      '-path',
      './shells',
      '-prune',
      '-o',
      '-type',
      'f',
      '-exec',
      'cksum',
      '{}',
      '+',
    ],
    {
      cwd: outside,
      encoding: 'utf8',
    },
  )
}

const quoted = (text: string) => `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`

const attempts: Record<string, (path: string) => object[]> = {
  Read: (path) => [{ path }, { path, offset: 1, limit: 1 }],
  Write: (path) => [
    { path, content: 'mine' },
    { path: `${path}/new`, content: 'mine' },
  ],
  Edit: (path) => [{ path, old_string: 'cells', new_string: 'mine' }],
  NotebookEdit: (path) => [
    { file_path: path, mode: 'insert', source: 'mine' },
    { file_path: path.replace(/file$/, 'file.ipynb'), mode: 'insert', source: 'mine' },
  ],
  Glob: (path) => [{ pattern: '*', path }, { pattern: `${path}*` }, { pattern: '**', path }],
  Grep: (path) => [
    { pattern: 'tell', path, output_mode: 'content' },
    { pattern: 'tell', glob: path, output_mode: 'content' },
  ],
}

describe.each(['rw', 'ro'] as const)('in a volume that is %s', (mode) => {
  it.each(Object.keys(attempts))('%s reaches nothing beside it', async (tool) => {
    const volume = aTrap(mode)
    const before = all(volume)
    for (const path of beside(volume)) {
      for (const input of attempts[tool]!(path)) {
        const said = await volume.call(tool, input).then(
          ({ text }) => text,
          (error: Error) => error.message,
        )
        expect([input, said]).toEqual([input, expect.not.stringContaining(secret)])
        expect([input, said]).toEqual([input, expect.not.stringMatching(/root:x|telling-name/)])
        // Where it is on the machine is nobody's business either.
        if (!path.includes(volume.outside))
          expect([input, said]).toEqual([input, expect.not.stringContaining(volume.outside)])
      }
    }
    expect(all(volume)).toBe(before)
  })

  it('Bashbox reaches nothing beside it', async () => {
    const volume = aTrap(mode)
    const before = all(volume)
    const paths = beside(volume).filter((path) => path.length < 300 && !/zero$/.test(path))
    const box = (command: string) =>
      volume.call('Bashbox', { command, timeout_seconds: 60 }).then(
        ({ text }) => text,
        (error: Error) => error.message,
      )
    const tries = [
      (at: string) =>
        `cat ${at}; head -c 99 /work/${at}; ls ${at}; cd ${at} && pwd; cd /work; find ${at}; grep -r tell ${at}`,
      (at: string) =>
        `cp a/b/own ${at}; tee ${at} < a/b/own; rm -rf ${at}/x; mkdir -p ${at}/made; mv ${at} got; cat got; rm -f got`,
      (at: string) => `ln -s ${at} made; cat made/file; cat made; rm made; ln ${at} hard; cat hard; rm -f hard`,
    ]
    const said = await Promise.all([
      ...tries.map((attempt) => box(paths.map(quoted).map(attempt).join('\n'))),
      ...['up/new', 'a/nested/file', 'new', 'by-name/file', 'dots/new', '../secrets/file'].map((at) =>
        box(`echo mine > ${at}`),
      ),
    ])
    expect(said.join('\n')).not.toMatch(/do not tell|root:x|telling-name/)
    expect(all(volume)).toBe(before)
  }, 60_000)

  it('a file that has a second name elsewhere is not changed there', async () => {
    const volume = aVolume({ mode })
    writeFileSync(join(volume.outside, 'file'), 'old')
    linkSync(join(volume.outside, 'file'), join(volume.dir, 'hard'))
    for (const [tool, input] of [
      ['Write', { path: 'hard', content: 'mine' }],
      ['Edit', { path: 'hard', old_string: 'm', new_string: 'M' }],
      ['Bashbox', { command: 'echo mine >> hard; echo mine > hard' }],
    ] as const) {
      await volume.call(tool, input).catch(() => {})
      expect(readFileSync(join(volume.outside, 'file'), 'utf8')).toBe('old')
    }
  })
})

it('a shell of the machine does not begin in a volume that may only be read', async () => {
  const volume = aTrap('ro')
  const before = readdirSync(volume.dir)
  for (const command of ['touch x', 'cat a/b/own', ':']) {
    expect(await volume.refusal('Bash', { command })).toMatch(/^the volume "work" may only be read/)
  }
  expect(readdirSync(volume.dir)).toEqual(before)
})
