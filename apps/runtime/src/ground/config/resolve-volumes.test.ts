import { realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aFolder, loadIn } from './testing/loaded.ts'

const load = (folder: string) => loadIn(folder, { LOOMCYCLE_CONFIG_FILES: 'config/a.yaml' })

describe('volumes', () => {
  it('are folders that exist, from where the file is, without symbolic links', async () => {
    const folder = aFolder({
      'config/a.yaml': `volumes:
  work: { path: ../work, mode: rw, default: true }
  linked: { path: link }
  made: { path: ../work/made, dynamic_root: true, mode: rw }`,
      'work/made/x': '',
    })
    symlinkSync('../work', join(folder, 'config/link'))
    const work = join(realpathSync(folder), 'work')
    expect((await load(folder)).volumes).toEqual([
      { name: 'work', path: work, mode: 'rw', isDefault: true, isDynamicRoot: false },
      { name: 'linked', path: work, mode: 'ro', isDefault: false, isDynamicRoot: false },
      { name: 'made', path: join(work, 'made'), mode: 'rw', isDefault: false, isDynamicRoot: true },
    ])
  })

  it.each([
    [
      'a path where nothing is',
      'volumes:\n  a:\n    path: none',
      /^a\.yaml:3: volumes\.a\.path names .*none, which does not exist; make it/,
    ],
    [
      'a path to a file',
      'volumes: { a: { path: a.yaml } }',
      /^a\.yaml:1: volumes\.a\.path names .*a\.yaml, which is no folder\.$/,
    ],
    [
      'a name that could be taken for something else',
      'volumes: { "a:ro": { path: . } }',
      'a.yaml:1: volumes.a:ro is not a good name; use letters',
    ],
    ['no path', 'volumes: { a: { mode: ro } }', 'volumes.a.path is missing; name a folder.'],
    [
      'a mode that is none',
      'volumes: { a: { path: ., mode: rwx } }',
      'a.yaml:1: volumes.a.mode must be one of ro, rw.',
    ],
    [
      'two defaults',
      'volumes: { a: { path: ., default: true }, b: { path: ., default: true } }',
      'volumes.a and volumes.b both say default; only one may.',
    ],
    [
      'two for those made at run time',
      'volumes: { a: { path: ., dynamic_root: true }, b: { path: ., dynamic_root: true } }',
      'volumes.a and volumes.b both say dynamic_root; only one may.',
    ],
  ])('are refused with %s', async (_, yaml, sentence) => {
    await expect(load(aFolder({ 'config/a.yaml': yaml }))).rejects.toThrow(sentence)
  })

  it('that an agent names and nobody declares may be made at run time', async () => {
    const yaml = 'agents: { a: { provider: scripted, model: demo, volumes: ["w:ro", x] } }\nvolumes: { w: { path: . } }'
    expect((await load(aFolder({ 'config/a.yaml': yaml }))).warnings).toEqual([
      'Agent a may reach the volume x, and the configuration declares none of that name.',
    ])
  })

  it('took the place of variables that are refused now', async () => {
    await expect(loadIn('/', { LOOMCYCLE_READ_ROOT: '/srv', LOOMCYCLE_BASH_CWD: '/srv' })).rejects.toThrow(
      'LOOMCYCLE_READ_ROOT, LOOMCYCLE_BASH_CWD are not known any more; declare the folder under volumes',
    )
  })
})
