import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { volumeOps } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { Drafts } from '../../ground/files/drafts.ts'
import type { Principal } from '../../ground/identity/principal.ts'
import { silence } from '../../ground/telemetry/telemetry.ts'
import { failingAfter } from '../../testing/failing-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { tempDir } from '../../testing/temp-dir.ts'
import type { Caller } from '../../tools/caller.ts'
import { serveOps } from '../../tools/op-set.ts'
import { aCaller, aRunCaller, type SomeRun } from '../../tools/testing/a-caller.ts'
import { findDirent } from '../paths/store.ts'
import { ClearUp } from './clear-up.ts'
import { removeFolder } from './folders.ts'
import { createVolumeOps } from './ops/index.ts'
import { findVolume } from './store.ts'
import { aDeclared, aDynamicRoot } from './testing/some-volumes.ts'
import { purgeNote } from './trash.ts'

const clock = { now: () => 1_700_000_000_000, after: () => () => {} }
const administrator: Partial<Principal> = { scopes: ['substrate:tenant'] }

async function someVolumes() {
  const root = aDynamicRoot()
  const fixed = aDeclared({ name: 'fixed', mode: 'ro' })
  const db = await tempDatabase()
  const drafts = new Drafts(join(tempDir(), 'drafts'))
  const ctx = { db, clock, declared: () => [root, fixed], drafts, telemetry: silence }
  const ops = serveOps(volumeOps, createVolumeOps(ctx), { sideEffects: 'filesystem' })
  const as = (caller: Caller) => {
    // biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
    return (op: string, input: object = {}): Promise<any> => ops.dispatch(caller, { op, ...input })
  }
  return { root, db, ctx, as, clearUp: new ClearUp(ctx) }
}

const anAgentWith = (volumeDefScopes: string[], some: SomeRun = {}) =>
  aRunCaller({ agent: { volumeDefScopes }, ...some })

describe('a volume that is made at run time', () => {
  it('is a folder of its tenant, where its path is said to nobody but the operator', async () => {
    const { root, as } = await someVolumes()
    const volume = {
      ...{ name: 'work', path: '', mode: 'rw' },
      ...{ created_at: '2023-11-14T22:13:20.000Z', updated_at: '2023-11-14T22:13:20.000Z' },
    }
    const tenant = as(aCaller(administrator))
    expect(await tenant('create', { name: 'work' })).toEqual(volume)
    expect(await tenant('get', { name: 'work' })).toEqual(volume)
    expect(await tenant('list')).toEqual({ volumes: [volume] })
    const path = join(root.path, 'default/work')
    expect(existsSync(path)).toBe(true)
    const operator = as(aCaller({ scopes: ['substrate:admin'] }))
    expect(await operator('get', { name: 'work' })).toEqual({ ...volume, path })
  })

  it.each(['../x', 'a/b', '_ephemeral', '.', '..', 'A', 'x'.repeat(65), '', '-x', 'x\0', 'ü', '~x'])(
    'is not called %j',
    async (name) => {
      const { root, as } = await someVolumes()
      for (const op of ['create', 'purge', 'delete', 'get']) {
        await expect(as(aCaller(administrator))(op, { name })).rejects.toMatchObject({ code: 'tool_refused' })
      }
      expect(readdirSync(root.path)).toEqual([])
    },
  )

  it('is refused in words where its name is none', async () => {
    const { as } = await someVolumes()
    await expect(as(aCaller(administrator))('create', { name: 'A' })).rejects.toThrow(
      /name must match pattern ".*" \(Lower-case letters, digits, _ and -; at most 64, and the first a letter or a digit\)$/,
    )
  })

  it('is one of its name, and not one of the configuration', async () => {
    const { as } = await someVolumes()
    const tenant = as(aCaller(administrator))
    await tenant('create', { name: 'work' })
    await expect(tenant('create', { name: 'work' })).rejects.toThrow('there is a volume "work" already')
    await expect(tenant('create', { name: 'fixed' })).rejects.toThrow('is a volume of the configuration')
    await expect(tenant('purge', { name: 'fixed' })).rejects.toThrow('whose files are its operator’s to remove')
    await expect(tenant('create', { name: 'mine', ephemeral: true })).rejects.toThrow('only an agent can make one')
  })

  it('of a run takes no name that the run has, and there are no more than 32 of them', async () => {
    const { as } = await someVolumes()
    const granted = [{ name: 'mine' }]
    const agent = as(anAgentWith(['any'], { options: { volumes: { granted, readOnly: [] } } }))
    const make = (name: string) => agent('create', { name, ephemeral: true })
    await expect(make('mine')).rejects.toThrow('there is a volume "mine" already')
    for (let n = 0; n < 32; n++) await make(`v${n}`)
    await expect(make('v32')).rejects.toThrow('there are 32 volumes already, which is as many as a run and all')
    await agent('purge', { name: 'v7' })
    await expect(make('v32')).resolves.toMatchObject({ ephemeral: true })
  })

  it('keeps its files when it is deleted, and has none when it is purged', async () => {
    const { root, as } = await someVolumes()
    const tenant = as(aCaller(administrator))
    const file = join(root.path, 'default/work/file')
    await tenant('create', { name: 'work' })
    writeFileSync(file, 'kept')
    expect(await tenant('delete', { name: 'work' })).toEqual({ name: 'work', deleted: true, files_removed: false })
    await expect(tenant('get', { name: 'work' })).rejects.toThrow('there is no volume "work"')
    await tenant('create', { name: 'work' })
    expect(readFileSync(file, 'utf8')).toBe('kept')
    expect(await tenant('purge', { name: 'work' })).toEqual({ name: 'work', deleted: true, files_removed: true })
    expect(await tenant('purge', { name: 'work' })).toEqual({ name: 'work', deleted: false, files_removed: false })
    await tenant('create', { name: 'work' })
    expect(readdirSync(join(root.path, 'default/work'))).toEqual([])
  })

  it('is its tenant’s alone', async () => {
    const { root, as } = await someVolumes()
    const ours = as(aCaller(administrator))
    await ours('create', { name: 'work' })
    writeFileSync(join(root.path, 'default/work/file'), 'ours')
    for (const tenantId of ['other', 'DEFAULT', '../default', '_ephemeral', 'default/work', '~', '']) {
      const others = as(aCaller({ ...administrator, tenantId }))
      expect(await others('list')).toEqual({ volumes: [] })
      expect(await others('purge', { name: 'work' })).toMatchObject({ deleted: false, files_removed: false })
      await others('create', { name: 'work' })
      await others('purge', { name: 'work' })
    }
    expect(readFileSync(join(root.path, 'default/work/file'), 'utf8')).toBe('ours')
    expect(readdirSync(root.path).filter((name) => !/^(default|other|_trash|~[0-9a-f]{40})$/.test(name))).toEqual([])
  })

  it('may be made by agents as far as their settings say', async () => {
    const { as } = await someVolumes()
    await expect(as(aRunCaller())('create', { name: 'a' })).rejects.toThrow('this agent may not make or remove volumes')
    const named = as(anAgentWith(['named:a']))
    await named('create', { name: 'a' })
    for (const op of ['create', 'delete', 'purge', 'get']) {
      await expect(named(op, { name: 'b' })).rejects.toThrow('its volume_def_scopes are named:a')
    }
    await as(anAgentWith(['any']))('create', { name: 'b' })
    expect((await named('list')).volumes.map(({ name }: { name: string }) => name)).toEqual(['a'])
    expect((await as(aRunCaller())('list')).volumes).toEqual([])
  })

  it('has a name in Path, and none when it is gone', async () => {
    const { db, as } = await someVolumes()
    const place = { tenantId: 'default', scope: 'agent' as const, scopeId: 'writer' }
    const agent = as(anAgentWith(['any']))
    expect(await agent('create', { name: 'repo', mount_at: '/work/repo' })).toMatchObject({ mount_at: '/work/repo' })
    expect(await findDirent(db.read, place, '/work/repo')).toMatchObject({
      kind: 'volume_mount',
      resource_ref: '{"volume":"repo"}',
    })
    await agent('delete', { name: 'repo' })
    expect(await findDirent(db.read, place, '/work/repo')).toBeUndefined()
    for (const mount_at of ['../x', '/a/../x', 'x', '/a b', `/${'x'.repeat(65)}`, '/']) {
      await expect(agent('create', { name: 'other', mount_at })).rejects.toMatchObject({ code: 'tool_refused' })
      expect((await agent('list')).volumes).toEqual([])
    }
  })

  it('is not made where nobody said where', async () => {
    const db = await tempDatabase()
    const ops = createVolumeOps({
      ...{ db, clock, declared: () => [aDeclared({ name: 'fixed' })], telemetry: silence },
      drafts: new Drafts(join(tempDir(), 'drafts')),
    })
    await expect(ops.create(aCaller(administrator), { name: 'x' })).rejects.toThrow('no volumes can be made')
  })
})

describe('what is removed', () => {
  it('is a folder below the dynamic root, and never what a link leads to', async () => {
    const { root, as } = await someVolumes()
    const tenant = as(aCaller(administrator))
    const elsewhere = aDeclared({ name: 'elsewhere' }).path
    mkdirSync(join(elsewhere, 'work'))
    writeFileSync(join(elsewhere, 'work/file'), 'theirs')
    await tenant('create', { name: 'work' })

    renameSync(join(root.path, 'default/work'), join(root.path, 'default/was'))
    symlinkSync(join(elsewhere, 'work'), join(root.path, 'default/work'))
    await expect(tenant('purge', { name: 'work' })).rejects.toThrow(
      'work, where the files of volumes are, is not a folder',
    )

    renameSync(join(root.path, 'default'), join(root.path, 'was'))
    symlinkSync(elsewhere, join(root.path, 'default'))
    await expect(tenant('purge', { name: 'work' })).rejects.toThrow(
      'default, where the files of volumes are, is not a folder',
    )
    await expect(tenant('create', { name: 'new' })).rejects.toThrow('is not a folder')
    expect(readFileSync(join(elsewhere, 'work/file'), 'utf8')).toBe('theirs')
    expect(readdirSync(elsewhere)).toEqual(['work'])
  })

  it('is put aside first, so a name is free at once and a crash leaves nothing that is found again', async () => {
    const { root, clearUp } = await someVolumes()
    mkdirSync(join(root.path, '_trash/of-before/deep'), { recursive: true })
    mkdirSync(join(root.path, 'default/work'), { recursive: true })
    const forget = async (wereThere: boolean) => wereThere
    expect(await removeFolder(root, ['default', 'work'], { forget })).toBe(true)
    expect(await removeFolder(root, ['nobody', 'work'], { forget })).toBe(false)
    await clearUp.sweep()
    expect(readdirSync(root.path)).toEqual(['default'])
  })

  describe('and was cut off', () => {
    /** As a process leaves it that dies when the files are put aside: the row is there, and its folder is not. */
    async function aCutOffPurge({ owner = 'another', createdAt = clock.now() } = {}) {
      const volumes = await someVolumes()
      const { root, as, db } = volumes
      const tenant = as(aCaller(administrator))
      await tenant('create', { name: 'work', mount_at: '/work/repo', mount_scope: 'tenant' })
      const row = (await findVolume(db.read, { tenantId: 'default', rootRunId: '', name: 'work' }))!
      mkdirSync(join(root.path, '_trash'))
      writeFileSync(join(root.path, '_trash/a.json'), purgeNote({ ...row, created_at: createdAt }, owner))
      return {
        ...volumes,
        tenant,
        putAside: () => renameSync(join(root.path, 'default/work'), join(root.path, '_trash/a')),
      }
    }

    it('is finished where the files were put aside', async () => {
      const { root, db, tenant, clearUp, putAside } = await aCutOffPurge()
      putAside()
      await clearUp.sweep()
      expect((await tenant('list')).volumes).toEqual([])
      expect(await db.all('select path from dirents', [])).toEqual([])
      expect(readdirSync(root.path)).toEqual(['default'])
    })

    it('was not begun where they were not', async () => {
      const { root, tenant, clearUp } = await aCutOffPurge()
      await clearUp.sweep()
      expect((await tenant('list')).volumes).toMatchObject([{ name: 'work' }])
      expect(readdirSync(root.path)).toEqual(['default'])
      expect(readdirSync(join(root.path, 'default'))).toEqual(['work'])
    })

    it('takes nothing with it that was made later, and nothing that this process is at', async () => {
      const later = await aCutOffPurge({ createdAt: 1 })
      later.putAside()
      mkdirSync(join(later.root.path, 'default/work'))
      await later.clearUp.sweep()
      expect((await later.tenant('list')).volumes).toMatchObject([{ name: 'work' }])
      expect(readdirSync(join(later.root.path, 'default'))).toEqual(['work'])

      const own = await aCutOffPurge({ owner: 'own' })
      own.putAside()
      await new ClearUp({ ...own.ctx, drafts: new Drafts(own.ctx.drafts.folder, 'own') }).sweep()
      expect(readdirSync(join(own.root.path, '_trash')).sort()).toEqual(['a', 'a.json'])
    })
  })

  it('is put back where it cannot be forgotten', async () => {
    const { root, ctx, as, db } = await someVolumes()
    await as(aCaller(administrator))('create', { name: 'work' })
    writeFileSync(join(root.path, 'default/work/file'), 'kept')
    const ops = createVolumeOps({ ...ctx, db: failingAfter(db, 0).database })
    await expect(ops.purge(aCaller(administrator), { name: 'work' })).rejects.toThrow('killed')
    expect(readFileSync(join(root.path, 'default/work/file'), 'utf8')).toBe('kept')
  })
})
