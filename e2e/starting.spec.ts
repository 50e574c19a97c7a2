import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@playwright/test'
import { damage } from '../apps/runtime/src/testing/broken-store.ts'
import { baseEnv, main, startRuntime } from './fixtures/runtime-process.ts'

/** What the process says and returns where it does not start. */
async function refusalOf(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...baseEnv(),
      LOOMCYCLE_LISTEN_ADDR: ':0',
      LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1',
      LOOMCYCLE_DATA_DIR: aDir(),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('listening on')) child.kill('SIGKILL')
    })
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

const aDir = () => mkdtempSync(join(tmpdir(), 'loomcycle-start-'))

function dirWith(name: string, content = 'no database, but long enough to be taken for one'): string {
  const dir = aDir()
  writeFileSync(join(dir, name), content)
  return dir
}

function dirWithFolder(name: string): string {
  const dir = aDir()
  mkdirSync(join(dir, name))
  return dir
}

const refusals: [string, () => Record<string, string>, RegExp][] = [
  [
    'an address of another machine',
    () => ({ LOOMCYCLE_LISTEN_ADDR: '192.0.2.1:0', LOOMCYCLE_AUTH_TOKEN: 'x'.repeat(32) }),
    /^loomcycle: Cannot listen on 192\.0\.2\.1:0 /,
  ],
  [
    'an open door to other machines',
    () => ({ LOOMCYCLE_LISTEN_ADDR: '0.0.0.0:0' }),
    /^loomcycle: LOOMCYCLE_LISTEN_ADDR .* set LOOMCYCLE_AUTH_TOKEN/,
  ],
  [
    'a setting nobody knows',
    () => ({ LOOMCYCLE_CONFIG_FILES: join(dirWith('a.yaml', 'agnets: {}'), 'a.yaml') }),
    /^loomcycle: a\.yaml:1: agnets is not a setting; did you mean agents\?/,
  ],
  [
    'a password in the address of a service',
    () => ({ OPENAI_BASE_URL: 'http://me:secret@127.0.0.1/v1' }),
    /^loomcycle: OPENAI_BASE_URL must not hold a name or password/,
  ],
  [
    'a data directory that cannot be made',
    () => ({ LOOMCYCLE_DATA_DIR: '/proc/nothing' }),
    /^loomcycle: The data directory \/proc\/nothing cannot be written/,
  ],
  [
    'a data directory that is a file',
    () => ({ LOOMCYCLE_DATA_DIR: join(dirWith('data'), 'data') }),
    /cannot be written \(ENOTDIR\); set LOOMCYCLE_DATA_DIR/,
  ],
  ['a database that is none', () => ({ LOOMCYCLE_DATA_DIR: dirWith('loomcycle.db') }), /restore a backup/],
  ['a database out of reach', () => ({ LOOMCYCLE_DATA_DIR: dirWithFolder('loomcycle.db') }), /may write there/],
  [
    'a lock that is none',
    () => ({ LOOMCYCLE_DATA_DIR: dirWith('loomcycle.lock') }),
    /see to it that no loomcycle uses that directory, remove its loomcycle\.lock/,
  ],
  ['a lock out of reach', () => ({ LOOMCYCLE_DATA_DIR: dirWithFolder('loomcycle.lock') }), /may write there/],
  [
    'a switch that is neither on nor off',
    () => ({ LOOMCYCLE_SAMPLE: 'maybe' }),
    /^loomcycle: LOOMCYCLE_SAMPLE is "maybe"/,
  ],
]

for (const [what, settings, sentence] of refusals) {
  test(`${what} is refused in one sentence`, async () => {
    const { code, said } = await refusalOf(settings())
    expect(said).toMatch(/^loomcycle: [^\n]+[.?]\n$/)
    expect(said).toMatch(sentence)
    expect(said).not.toContain('secret')
    expect(code).toBe(1)
  })
}

test('a busy port is refused in one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  expect(await refusalOf({ LOOMCYCLE_LISTEN_ADDR: `127.0.0.1:${port}` })).toEqual({
    code: 1,
    said: `loomcycle: Port ${port} on 127.0.0.1 is in use; stop what uses it or set LOOMCYCLE_LISTEN_ADDR to another address.\n`,
  })
  server.close()
})

test('a data directory stays with its process, though its lock is removed', async () => {
  const first = await startRuntime()
  const { dataDir } = first
  rmSync(join(dataDir, 'loomcycle.lock'))
  for (let tries = 0; tries < 3; tries++) {
    expect(await refusalOf({ LOOMCYCLE_DATA_DIR: dataDir })).toMatchObject({
      code: 1,
      said: expect.stringContaining('is used by another loomcycle'),
    })
  }
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
  await first.stop()
})

test('nobody else may read what is in a data directory', async () => {
  test.skip(process.platform === 'win32', 'there access is not a matter of modes')
  const runtime = await startRuntime()
  const { dataDir } = runtime
  const modes = ['.', ...readdirSync(dataDir)].map((name) => (statSync(join(dataDir, name)).mode & 0o777).toString(8))
  expect(new Set(modes)).toEqual(new Set(['700', '600']))
  await runtime.stop()
})

test('a disk with no room is told before anybody is let in', async () => {
  const dir = aDir()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', dir]).status === 0
  test.skip(!mounted, 'a small disk can be made by root alone')
  try {
    const { code, said } = await refusalOf({ LOOMCYCLE_DATA_DIR: join(dir, 'data') })
    expect(said).toMatch(
      /^loomcycle: [^\n]+ is out of service \([^\n]+full\); make sure that its disk has room[^\n]+\n$/,
    )
    expect(code).toBe(1)
  } finally {
    spawnSync('umount', [dir])
  }
})

test('a disk that can be read only is told before anybody is let in', async () => {
  const dir = aDir()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', dir]).status === 0
  test.skip(!mounted, 'a disk can be made read-only by root alone')
  try {
    spawnSync('mount', ['-o', 'remount,ro', dir])
    const { code, said } = await refusalOf({ LOOMCYCLE_DATA_DIR: dir })
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/^loomcycle: [^\n]+ cannot be written[^\n]+\n$/),
    })
  } finally {
    spawnSync('umount', [dir])
  }
})

test('damage is found after the start, and said', async () => {
  const runtime = await startRuntime()
  await runtime.kill()
  damage(join(runtime.dataDir, 'loomcycle.db'), 'evaluations')
  await runtime.restart()
  const health = async () => (await fetch(`${runtime.url}/healthz`)).json()
  await expect
    .poll(health)
    .toMatchObject({ ok: false, store: { ok: false, error: expect.stringMatching(/^The database is damaged/) } })
  expect((await fetch(`${runtime.url}/healthz`)).status).toBe(503)
  expect(runtime.output()).toMatch(
    /listening on [^\n]+\n\{"level":"error",[^\n]+"msg":"The database is damaged: [^\n]+\n$/,
  )
  await runtime.stop()
})

test('a data directory is for one process, and not for an older version', async () => {
  const first = await startRuntime()
  const { dataDir } = first
  expect(await refusalOf({ LOOMCYCLE_DATA_DIR: dataDir })).toEqual({
    code: 1,
    said: `loomcycle: The data directory ${dataDir} is used by another loomcycle; stop that one or set LOOMCYCLE_DATA_DIR to another directory.\n`,
  })
  await first.kill()
  const file = new DatabaseSync(join(dataDir, 'loomcycle.db'))
  file.exec(`insert into kysely_migration values ('999-of-tomorrow', '2030-01-01')`)
  file.close()
  expect(await refusalOf({ LOOMCYCLE_DATA_DIR: dataDir })).toEqual({
    code: 1,
    said: `loomcycle: The database in ${dataDir} was made by a newer loomcycle (999-of-tomorrow); start that one, or restore a backup from before it.\n`,
  })
  await first.stop()
})
