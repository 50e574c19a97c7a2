import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { aDeclared, aDynamicRoot } from '../src/areas/volumes/testing/some-volumes.ts'
import type { AgentDefinition, DeclaredVolume } from '../src/ground/config/config.ts'
import type { Principal } from '../src/ground/identity/principal.ts'
import type { ScriptedModel, ScriptedTurn } from '../src/models/providers/scripted/turn.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aPrincipal } from '../src/tools/testing/a-caller.ts'

type Calls = NonNullable<ScriptedTurn['tool_calls']>

/** Makes these calls, a list a turn, and then says all that came back. */
function calling(...turns: Calls[]): ScriptedModel {
  return (request) => {
    const results = request.messages.flatMap(({ content }) =>
      content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : [])),
    )
    const made = request.messages.filter(({ role }) => role === 'assistant').length
    const next = turns[made]
    return next ? { tool_calls: next } : { text: results.join('\n') }
  }
}

const call = (name: string, input: object) => ({ name, input })

async function answer(runtime: TestRuntime, agent: string): Promise<string> {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say('go') }))
  await reader.toEnd()
  return reader.text()
}

/** Resolves once it is so. */
async function until(isSo: () => boolean) {
  while (!isSo()) await setTimeout(5)
}

interface Setting {
  volumes?: DeclaredVolume[]
  agents?: Record<string, Partial<AgentDefinition>>
}

const start = (models: Record<string, ScriptedModel>, { volumes = [], agents = {} }: Setting) =>
  startRuntime({ models, agents, config: { volumes } })

describe('the volumes of a run', () => {
  it('are those of its agent, each as far as both say', async () => {
    const work = aDeclared({ name: 'work', isDefault: true })
    const docs = aDeclared({ name: 'docs', mode: 'ro' })
    const logs = aDeclared({ name: 'logs' })
    writeFileSync(join(docs.path, 'guide'), 'read me')
    const writes = (volume?: string) => call('Write', { path: 'a', content: 'x', ...(volume ? { volume } : {}) })
    const model = calling([
      ...[writes(), writes('docs'), writes('logs'), writes('other')],
      call('Read', { path: 'guide', volume: 'docs' }),
    ])
    const runtime = await start(
      { model, none: model },
      { volumes: [work, docs, logs], agents: { model: { volumes: ['work', 'docs', 'logs:ro', 'nowhere'] } } },
    )
    expect((await answer(runtime, 'model')).split('\n')).toEqual([
      'wrote 1 bytes to a',
      'the volume "docs" may only be read by this agent, so Write cannot change anything in it',
      'the volume "logs" may only be read by this agent, so Write cannot change anything in it',
      'this agent has no volume "other"; it has work (may be read and written, the default), docs (may only be read), logs (may only be read)',
      'read me',
    ])
    expect([readdirSync(work.path), readdirSync(docs.path), readdirSync(logs.path)]).toEqual([['a'], ['guide'], []])
    expect(new Set((await answer(runtime, 'none')).split('\n'))).toEqual(
      new Set([
        'this agent has no volume, so there are no files that it can reach; its setting `volumes` names those it may',
      ]),
    )
  })

  it('have to be named where there are several and none is the default', async () => {
    const volumes = [aDeclared({ name: 'a' }), aDeclared({ name: 'b' })]
    const model = calling([call('Glob', { pattern: '*' })])
    const agents = { model: { volumes: ['a', 'b'] }, one: { volumes: ['b'] } }
    const runtime = await start({ model, one: model }, { volumes, agents })
    expect(await answer(runtime, 'model')).toMatch(/^say which volume is meant, with "volume": it has a .*, b /)
    expect(await answer(runtime, 'one')).toBe('no matches')
  })

  it('of an agent that was started by another are none that one has not, and may be changed where both may', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => aDeclared({ name }))
    const write = (volume: string) => call('Write', { volume, path: 'f', content: 'x' })
    const tries = calling([write('a'), write('b'), write('c')])
    const spawns = ['silent', 'wider', 'reader', 'nothing'].map((name) => ({ name, prompt: 'go' }))
    const boss = calling([call('Agent', { op: 'parallel_spawn', spawns })])
    const runtime = await start(
      { boss, silent: tries, wider: tries, reader: tries, nothing: tries },
      {
        volumes: [a!, b!, c!],
        agents: {
          boss: { volumes: ['a', 'b:ro'] },
          wider: { volumes: ['b', 'c'] },
          reader: { volumes: ['a:ro', 'c'] },
          nothing: { volumes: [] },
        },
      },
    )
    const { results } = JSON.parse(await answer(runtime, 'boss')) as { results: { output: string }[] }
    const told = (name: string) =>
      `the volume "${name}" may only be read by this agent, so Write cannot change anything in it`
    const only = (names: string) => `this agent has no volume "%"; it has ${names}`
    expect(results.map(({ output }) => output.split('\n'))).toEqual([
      ['wrote 1 bytes to f', told('b'), only('a (may be read and written), b (may only be read)').replace('%', 'c')],
      [only('b (may only be read)').replace('%', 'a'), told('b'), only('b (may only be read)').replace('%', 'c')],
      [told('a'), only('a (may only be read)').replace('%', 'b'), only('a (may only be read)').replace('%', 'c')],
      Array(3).fill(expect.stringMatching(/^this agent has no volume, so/)),
    ])
  })

  it('go on as they were when the run began', async () => {
    const before = aDeclared({ name: 'work' })
    const after = { ...aDeclared({ name: 'after' }), name: 'work' }
    const model: ScriptedModel = ({ messages }) =>
      messages.length === 3 ? { tool_calls: [call('Write', { path: 'f', content: 'x' })] } : { text: 'hm' }
    const agents = { model: { volumes: ['work'] } }
    const runtime = await startRuntime({ models: { model }, agents, config: { volumes: [before] } })
    const talk = converse(clientOf(runtime), 'model', 'go')
    await talk.until('awaiting_input')
    talk.leave()
    const again = await runtime.restart({ config: { volumes: [after] } })
    await clientOf(again).sendRunInput(talk.session.runId!, { text: 'again' })
    await until(() => existsSync(join(before.path, 'f')))
    expect(readdirSync(after.path)).toEqual([])
  })

  it('that are made at run time are there for those who may have them', async () => {
    const root = aDynamicRoot()
    const make = call('VolumeDef', { op: 'create', name: 'shared' })
    const write = call('Write', { path: 'f', content: 'x', volume: 'shared' })
    const runtime = await start(
      { maker: calling([make], [write]), other: calling([write]) },
      { volumes: [root], agents: { maker: { volumes: ['shared'], volumeDefScopes: ['any'] }, other: { volumes: [] } } },
    )
    expect(await answer(runtime, 'maker')).toContain('wrote 1 bytes to f')
    expect(readFileSync(join(root.path, 'default/shared/f'), 'utf8')).toBe('x')
    expect(await answer(runtime, 'other')).toMatch(/^this agent has no volume/)
    await clientOf(runtime).volumeDef({ op: 'purge', name: 'shared' })
    expect(await answer(runtime, 'other')).toMatch(/^this agent has no volume/)
  })
})

describe('an ephemeral volume', () => {
  const create = call('VolumeDef', { op: 'create', name: 'repo', ephemeral: true })
  const may = { volumes: [], volumeDefScopes: ['named:repo'] }
  const folders = (root: DeclaredVolume) =>
    existsSync(join(root.path, '_ephemeral')) ? readdirSync(join(root.path, '_ephemeral')) : []

  it('carries a review from one agent to many, who may only read it, and back', async () => {
    const root = aDynamicRoot()
    const files = ['a', 'b', 'c'].map((name) => `src/${name}.ts`)
    const boss = calling(
      [create],
      files.map((path, at) => call('Write', { volume: 'repo', path, content: `// TODO ${at}\ncode\n` })),
      [
        call('Agent', {
          op: 'parallel_spawn',
          spawns: files.map((path) => ({ name: 'reviewer', prompt: path })),
        }),
      ],
    )
    const reviewer: ScriptedModel = (request) => {
      const [said] = request.messages[0]!.content
      const path = said?.type === 'text' ? said.text : ''
      return calling([
        call('Grep', { volume: 'repo', pattern: 'TODO', path, output_mode: 'content' }),
        call('Read', { path }),
        call('Write', { path, content: 'mine' }),
        call('Bash', { command: 'ls', volume: 'repo' }),
      ])(request)
    }
    const runtime = await startRuntime({
      models: { boss, reviewer },
      agents: { boss: may, reviewer: { volumes: ['repo:ro'] } },
      config: { volumes: [root], shells: { bash: { env: { PATH: process.env.PATH ?? '' } } } },
    })
    const said = await answer(runtime, 'boss')
    const { results } = JSON.parse(said.slice(said.indexOf('{"results"'))) as { results: { output: string }[] }
    expect(results.map(({ output }) => output.split('\n'))).toEqual(
      files.map((path, at) => [
        `${path}:1:// TODO ${at}`,
        ...[`// TODO ${at}`, 'code', ''],
        'the volume "repo" may only be read by this agent, so Write cannot change anything in it',
        expect.stringContaining('what a shell does cannot be held to that'),
      ]),
    )
    const left = async () => {
      await runtime.ctx.volumes.clearUp.done()
      return [folders(root), await runtime.ctx.db.all('select * from volumes', [])]
    }
    await expect.poll(left).toEqual([[], []])
  })

  it('is its tree’s alone, stays while somebody talks, and goes when the whole tree has ended', async () => {
    const root = aDynamicRoot()
    const at = gate()
    const write = call('Write', { volume: 'repo', path: 'f', content: 'x' })
    const runtime = await startRuntime({
      models: {
        boss: calling([create], [write]),
        // Not the tree that made it.
        other: calling([call('Read', { path: 'f' })]),
        maker: calling([create], [call('Agent', { name: 'late', prompt: 'x' })]),
        late: calling([call('Gate', {})], [write]),
      },
      agents: { boss: may, maker: may, late: { volumes: ['repo'] }, other: may },
      tools: [gatedTool('Gate', at)],
      config: { volumes: [root] },
    })
    const client = clientOf(runtime)
    const talk = converse(client, 'boss', 'go')
    await talk.until('awaiting_input')
    const { entries } = await client.listEphemeralVolumes()
    const path = join(root.path, '_ephemeral', entries[0]!.root_run_id, 'repo')
    expect(entries).toEqual([
      { name: 'repo', root_run_id: talk.session.runId, path, mode: 'rw', created_at: expect.any(String) },
    ])
    expect(readFileSync(join(path, 'f'), 'utf8')).toBe('x')
    expect(await answer(runtime, 'other')).toMatch(/^this agent has no volume/)

    const maker = converse(client, 'maker', 'go')
    await maker.until('spawn_child_started')
    await at.entered
    await client.cancelAgent(talk.session.agentId!)
    await until(() => folders(root).length === 1)
    expect(existsSync(join(root.path, '_ephemeral', maker.session.runId!))).toBe(true)
    at.open('on')
    await maker.until('awaiting_input')
    expect(maker.text()).toContain('wrote 1 bytes to f')
    await runtime.ctx.volumes.clearUp.done()
    expect(folders(root)).toEqual([maker.session.runId])
    await client.cancelAgent(maker.session.agentId!)
    await until(() => folders(root).length === 0)
    await runtime.ctx.volumes.clearUp.done()
    expect((await client.listEphemeralVolumes()).entries).toEqual([])
  })

  it('that a crash left goes with the next process, and nothing else does', async () => {
    const root = aDynamicRoot()
    mkdirSync(join(root.path, '_ephemeral/r_unknown/theirs'), { recursive: true })
    mkdirSync(join(root.path, 'other/repo'), { recursive: true })
    const runtime = await startRuntime({
      models: { boss: calling([create]) },
      agents: { boss: may },
      config: { volumes: [root] },
    })
    const talks = [1, 2, 3, 4].map(() => converse(clientOf(runtime), 'boss', 'go'))
    await Promise.all(talks.map((talk) => talk.until('awaiting_input')))
    const [over, halfway, deleted, live] = talks.map(({ session }) => session.runId!)
    // As if the process had been killed between the end of the run and that of its volume, or in the middle of that.
    await runtime.ctx.db.write([
      ...[over, halfway, deleted].map((id) => ({
        sql: `update runs set status = 'cancelled', phase = null where id = ?`,
        parameters: [id],
      })),
      { sql: 'delete from volumes where root_run_id = ?', parameters: [deleted] },
    ])
    rmSync(join(root.path, '_ephemeral', halfway!), { recursive: true })
    await runtime.crash()
    expect(folders(root).length).toBe(4)
    const next = await runtime.restart()
    await next.ctx.volumes.clearUp.sweep()
    expect(folders(root).sort()).toEqual([live, 'r_unknown'].sort())
    expect(await next.ctx.db.all('select root_run_id from volumes', [])).toEqual([{ root_run_id: live }])
    expect(readdirSync(join(root.path, 'other'))).toEqual(['repo'])
  })
})

describe('looking into a volume', () => {
  const administrator = aPrincipal({ scopes: ['substrate:tenant'] })
  const operator = aPrincipal({ scopes: ['substrate:admin'] })

  async function aView() {
    const root = aDynamicRoot()
    const fixed = aDeclared({ name: 'fixed', mode: 'ro', isDefault: true })
    let who: Principal = operator
    const runtime = await startRuntime({ authenticate: async () => who, config: { volumes: [root, fixed] } })
    const client = clientOf(runtime)
    await client.volumeDef({ op: 'create', name: 'work' })
    const dir = join(root.path, 'default/work')
    return { root, fixed, runtime, client, dir, as: (principal: Principal) => (who = principal) }
  }

  it('shows what there is, and where to the operator alone', async () => {
    const { root, fixed, client, dir, as } = await aView()
    const entries = [
      { name: 'made', source: 'static', path: root.path, mode: 'rw', default: false, dynamic_root: true },
      { name: 'fixed', source: 'static', path: fixed.path, mode: 'ro', default: true, dynamic_root: false },
      {
        ...{ name: 'work', source: 'dynamic', path: dir, mode: 'rw', default: false, dynamic_root: false },
        created_at: expect.any(String),
      },
    ]
    expect(await client.listVolumes()).toEqual({ entries })
    as(administrator)
    expect(await client.listVolumes()).toEqual({ entries: entries.map((entry) => ({ ...entry, path: '' })) })
    as({ ...administrator, tenantId: 'other' })
    expect((await client.listVolumes({ tenant: 'default' })).entries.map(({ name }) => name)).toEqual(['made', 'fixed'])
    as({ ...operator, tenantId: 'other' })
    expect((await client.listVolumes({ tenant: 'default' })).entries.map(({ name }) => name)).toContain('work')
  })

  it('lists a folder a page at a time, folders first', async () => {
    const { client, dir, as } = await aView()
    as(administrator)
    mkdirSync(join(dir, 'zoo/deep'), { recursive: true })
    for (const name of ['a', 'b', 'ü', 'c']) writeFileSync(join(dir, name), name)
    const first = await client.listVolumeFiles('work', '', { limit: 3 })
    expect(first).toEqual({
      volume: 'work',
      path: '',
      entries: [
        { name: 'zoo', path: 'zoo', kind: 'directory', modified_at: expect.any(String) },
        { name: 'a', path: 'a', kind: 'file', bytes: 1, modified_at: expect.any(String) },
        { name: 'b', path: 'b', kind: 'file', bytes: 1, modified_at: expect.any(String) },
      ],
      next_cursor: expect.any(String),
    })
    const second = await client.listVolumeFiles('work', '', { limit: 3, cursor: first.next_cursor! })
    expect([second.entries.map(({ name }) => name), second.next_cursor]).toEqual([['c', 'ü'], undefined])
    expect((await client.listVolumeFiles('work', 'zoo')).entries).toMatchObject([{ path: 'zoo/deep' }])
    await expect(client.listVolumeFiles('work', 'zoo', { cursor: first.next_cursor! })).rejects.toMatchObject({
      code: 'invalid_cursor',
    })
    await expect(client.listVolumeFiles('work', 'none')).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.listVolumeFiles('work', '..')).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('shows a file a part at a time, text in whole characters', async () => {
    const { client, dir, as } = await aView()
    as(administrator)
    writeFileSync(join(dir, 'text'), 'aüb')
    writeFileSync(join(dir, 'bytes'), Buffer.from([0, 255]))
    const text = { volume: 'work', path: 'text', bytes: 4, modified_at: expect.any(String), encoding: 'utf-8' }
    expect(await client.getVolumeContent('work', 'text')).toEqual({ ...text, content: 'aüb', offset: 0 })
    expect(await client.getVolumeContent('work', 'text', { limit: 2 })).toEqual({
      ...text,
      content: 'a',
      offset: 0,
      next_offset: 1,
    })
    expect(await client.getVolumeContent('work', 'text', { offset: 1, limit: 2 })).toEqual({
      ...{ ...text, content: 'ü', offset: 1 },
      next_offset: 3,
    })
    expect(await client.getVolumeContent('work', 'bytes')).toMatchObject({ encoding: 'base64', content: 'AP8=' })
    await expect(client.getVolumeContent('work', '/etc/passwd')).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(client.getVolumeContent('work', 'none')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is for those it belongs to', async () => {
    const { fixed, client, dir, as } = await aView()
    writeFileSync(join(dir, 'f'), 'ours')
    writeFileSync(join(fixed.path, 'f'), 'the operator’s')
    expect(await client.getVolumeContent('fixed', 'f')).toMatchObject({ content: 'the operator’s' })
    as(administrator)
    await expect(client.getVolumeContent('fixed', 'f')).rejects.toMatchObject({ status: 403 })
    as({ ...administrator, tenantId: 'other' })
    for (const tenant of [undefined, 'default']) {
      await expect(client.getVolumeContent('work', 'f', { ...(tenant ? { tenant } : {}) })).rejects.toMatchObject({
        code: 'not_found',
      })
    }
    as({ ...operator, tenantId: 'other' })
    expect(await client.getVolumeContent('work', 'f', { tenant: 'default' })).toMatchObject({ content: 'ours' })
  })

  it('is made once, however often its key is shown', async () => {
    const { client } = await aView()
    const make = () => client.volumeDef({ op: 'create', name: 'new' }, { idempotencyKey: 'k1' })
    expect(await make()).toEqual(await make())
    await expect(client.volumeDef({ op: 'create', name: 'new' })).rejects.toMatchObject({ code: 'tool_refused' })
  })
})
