import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stagePackage } from '../scripts/stage-package.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const tsc = join(root, 'node_modules/.bin/tsc')
const attw = fileURLToPath(new URL('dist/index.js', import.meta.resolve('@arethetypeswrong/cli/package.json')))

let home = ''
let installed = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'loomcycle-client-'))
  installed = join(home, 'node_modules/@loomcycle/client')
  await stagePackage(installed)
  await writeFile(join(home, 'package.json'), '{"type":"module"}')
}, 30_000)

afterAll(() => rm(home, { recursive: true, force: true }))

const built = (path: string) => readFile(join(installed, 'dist', path), 'utf8')

test('has no imports at all and weighs at most 14 KB', async () => {
  for (const path of ['index.js', 'cjs/index.js']) {
    const code = await built(path)
    expect(code).not.toMatch(/\bimport\b|\brequire\(|node:|process\.|Buffer\b/)
    expect(gzipSync(code).length).toBeLessThan(14 * 1024)
  }
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  expect(manifest).not.toHaveProperty('dependencies')
  expect(manifest).not.toHaveProperty('peerDependencies')
})

test('publint finds nothing to say', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true, pack: false })
  // Types stand last: each kind of import finds those beside it first, and whoever reads the manifest finds a path.
  expect(messages.filter(({ code }) => code !== 'EXPORTS_TYPES_SHOULD_BE_FIRST')).toEqual([])
})

test('its types are right for every kind of import', async () => {
  const tarball = join(home, 'client.tgz')
  await cp(installed, join(home, 'package'), { recursive: true })
  await run('tar', ['-czf', tarball, '-C', home, 'package'])
  const { stdout } = await run(process.execPath, [attw, tarball, '--format', 'json'])
  expect(JSON.parse(stdout).analysis.problems).toEqual([])
}, 30_000)

test('a consumer and every snippet of the README compile against it, as ESM and as CommonJS', async () => {
  const src = join(home, 'src')
  await mkdir(src)
  const consumer = `import { type AgentEvent, LoomcycleClient } from '@loomcycle/client'
const client = new LoomcycleClient()
export const version: Promise<string | undefined> = client.health().then((health) => health.version)
export const answers = [
  client.path({ op: 'ls' }).then((answer) => answer as Record<string, unknown>),
  client.document({ op: 'get_document', id: 'd' }).then((answer) => answer as Record<string, unknown>),
  client.document({ op: 'query_chunks' }).then((answer) => answer as Record<string, unknown>),
  client.history({ op: 'list' }).then((answer) => answer as Record<string, unknown>),
]
type Asked = AgentEvent & { interruption?: { interrupt_id: string; kind: string; question?: string; options?: string[] } }
export const asked: Asked = { type: 'interruption_pending', interruption: { interrupt_id: 'i', kind: 'question' } }
export const read = (event: AgentEvent) => (event as Asked).interruption?.question
`
  await writeFile(join(src, 'esm.mts'), consumer)
  await writeFile(join(src, 'cjs.cts'), consumer)
  const readme = await readFile(join(installed, 'README.md'), 'utf8')
  const snippets = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  expect(snippets.length).toBeGreaterThan(3)
  for (const [n, code] of snippets.entries()) await writeFile(join(src, `readme-${n}.mts`), code)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    module: 'NodeNext',
    types: [],
  }
  await writeFile(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  const answer = await run(tsc, ['-p', home]).catch((err: { stdout: string }) => err)
  expect(answer.stdout).toBe('')
}, 30_000)

test('loads by import and by require, with the same names', async () => {
  const list = 'console.log(Object.keys(m).sort().join())'
  const esm = await run(
    process.execPath,
    ['--input-type=module', '-e', `import * as m from '@loomcycle/client';${list}`],
    {
      cwd: home,
    },
  )
  const cjs = await run(
    process.execPath,
    ['--input-type=commonjs', '-e', `const m = require('@loomcycle/client');${list}`],
    {
      cwd: home,
    },
  )
  expect(cjs.stdout).toBe(esm.stdout)
  expect(esm.stdout.trim().split(',')).toHaveLength(25)
})

test('goes by the manifest older programs were written against', async () => {
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({
    name: '@loomcycle/client',
    type: 'module',
    main: './dist/cjs/index.js',
    module: './dist/index.js',
    types: './dist/index.d.ts',
    sideEffects: false,
  })
  expect(manifest.exports).toEqual({
    '.': { import: './dist/index.js', require: './dist/cjs/index.js', types: './dist/index.d.ts' },
  })
  expect(JSON.parse(await built('cjs/package.json'))).toEqual({ type: 'commonjs' })
})
