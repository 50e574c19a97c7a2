import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AgentDefinition, SkillDefinition } from '../src/ground/config/config.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { opOf } from '../src/testing/asking-ops.ts'
import { tempDir } from '../src/testing/temp-dir.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const cooking: SkillDefinition = {
  ...{ name: 'cooking/soup', source: 'file', description: 'How soup is\nmade.', body: '# Soup\nBoil water.' },
}
const secret: SkillDefinition = { name: 'secret', source: 'file', body: 'Nobody.' }

/** Reads what the last message names, as a call of the tool Skill; says its instructions where it names nothing. */
const reader: ScriptedModel = ({ system, messages }) => {
  const last = messages.at(-1)!.content
  const results = last.flatMap((block) => (block.type === 'tool_result' ? [block.text] : []))
  if (results.length > 0) return { text: results.join() }
  const words = last.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join()
  if (words === 'system') return { text: system.map(({ text }) => text).join('|') }
  const [name, path] = words.split(' ')
  return { tool_calls: [{ name: 'Skill', input: { name, ...(path && { path }) } }] }
}

async function start(agent: Partial<AgentDefinition> = {}, skills: SkillDefinition[] = [cooking, secret]) {
  const config = { skills: Object.fromEntries(skills.map((skill) => [skill.name, skill])) }
  const cook = { model: 'reader', systemPrompt: 'Cook.', tools: ['Skill', 'Memory'], skills: ['cooking/*'], ...agent }
  return startRuntime({ models: { reader }, agents: { cook }, config })
}

async function said(runtime: TestRuntime, text: string, more: object = {}): Promise<string> {
  const run = new Reader(clientOf(runtime).runStreaming({ agent: 'cook', segments: say(text), ...more }))
  await run.toEnd()
  return run.text()
}

const skillDef = (runtime: TestRuntime, input: object) => opOf(runtime, '/v1/_skilldef', input)
const define = (runtime: TestRuntime, body: string, more: object = {}) =>
  skillDef(runtime, { op: 'fork', name: 'cooking/soup', overlay: { body }, promote: true, ...more })

describe('an agent with skills', () => {
  it('is told which it has and when they are of use, and reads them when it needs them', async () => {
    const runtime = await start()
    const system = await said(runtime, 'system')
    expect(system).toMatch(/^Cook\.\n\nYou have skills: .*\n- cooking\/soup: How soup is made\.$/)
    expect(system).not.toContain('Boil')
    expect(await said(runtime, 'cooking/soup')).toBe('# Soup\nBoil water.')
  })

  it('has no others, and is told so in words', async () => {
    const runtime = await start()
    expect(await said(runtime, 'secret')).toBe('you have no skill secret; you have cooking/soup')
    const without = await start({ skills: [] })
    expect(await said(without, 'system')).toBe('Cook.')
    expect(await said(without, 'secret')).toBe('you have no skill secret; you have none')
  })

  it('has what its tenant says in place of what is configured, until that is retired', async () => {
    const runtime = await start()
    const { def_id } = await define(runtime, 'Order it.')
    expect(await said(runtime, 'cooking/soup')).toBe('Order it.')
    const overlay = { body: 'Cut it.', description: 'How salad is made.' }
    await skillDef(runtime, { op: 'create', name: 'cooking/salad', overlay })
    expect(await said(runtime, 'system')).toContain('- cooking/salad: How salad is made.\n- cooking/soup: How soup')
    await skillDef(runtime, { op: 'retire', def_id })
    expect(await said(runtime, 'cooking/soup')).toBe('# Soup\nBoil water.')
  })

  it('has them as they were when its run began, in the next process as well', async () => {
    const runtime = await start()
    await define(runtime, 'First.')
    const talk = converse(clientOf(runtime), 'cook', 'cooking/soup')
    await talk.until('awaiting_input')
    await define(runtime, 'Second.')
    const next = await runtime.restart({ config: { skills: {} } })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    for (const text of ['cooking/soup', 'system']) {
      await clientOf(next).sendRunInput(talk.session.runId, text)
      await again.until('awaiting_input')
    }
    expect(again.text()).toMatch(/^First\.First\.Cook\..*- cooking\/soup: How soup/s)
    expect(await said(next, 'cooking/soup')).toBe('Second.')
  })

  it('has configured ones as they were, whatever becomes of the file', async () => {
    const runtime = await start()
    const talk = converse(clientOf(runtime), 'cook', 'cooking/soup')
    await talk.until('awaiting_input')
    const next = await runtime.restart({ config: { skills: {} } })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    await clientOf(next).sendRunInput(talk.session.runId, 'cooking/soup')
    await again.until('awaiting_input')
    expect(again.text()).toBe('# Soup\nBoil water.# Soup\nBoil water.')
  })

  it('is not shown one that asks for tools it has not, and is told which, if it asks', async () => {
    const shell = { ...cooking, name: 'cooking/shell', tools: ['Bash', 'Memory', 'Context'] }
    const runtime = await start({}, [cooking, shell])
    expect(await said(runtime, 'system')).not.toContain('cooking/shell')
    expect(await said(runtime, 'cooking/shell')).toMatch(
      /^the skill cooking\/shell needs the tools Bash, which you do not/,
    )
    const able = await start({ tools: ['Skill', 'Memory', 'Ba*'] }, [cooking, shell])
    expect(await said(able, 'cooking/shell')).toContain('Boil water.')
    const narrowed = await said(able, 'cooking/shell', { tools: ['Skill', 'Memory'] })
    expect(narrowed).toMatch(/needs the tools Bash/)
  })

  it('without the tool Skill has what they say among its instructions', async () => {
    const shell = { ...cooking, name: 'cooking/shell', body: 'Run it.', tools: ['Bash'] }
    const salad = { ...cooking, name: 'cooking/salad', body: 'Cut it.' }
    const runtime = await start({ tools: ['Memory'] }, [cooking, salad, shell])
    expect(await said(runtime, 'system')).toBe('Cook.\n\nCut it.\n\n---\n\n# Soup\nBoil water.')
    const talk = converse(clientOf(runtime), 'cook', 'system')
    await talk.until('awaiting_input')
    const next = await runtime.restart({ config: { skills: {} } })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    await clientOf(next).sendRunInput(talk.session.runId, 'system')
    await again.until('awaiting_input')
    expect(again.text()).toBe('Cook.\n\nCut it.\n\n---\n\n# Soup\nBoil water.'.repeat(2))
  })
})

describe('a skill with files', () => {
  function withFiles(): SkillDefinition {
    const around = tempDir()
    const directory = join(around, 'soup')
    mkdirSync(join(directory, 'scripts'), { recursive: true })
    writeFileSync(join(around, 'secret.txt'), 'the secret')
    writeFileSync(join(directory, 'SKILL.md'), 'itself')
    writeFileSync(join(directory, '.hidden'), 'hidden')
    writeFileSync(join(directory, 'salt.md'), 'A pinch.')
    writeFileSync(join(directory, 'scripts', 'boil.py'), 'boil()')
    writeFileSync(join(directory, 'picture.png'), Buffer.from([1, 0, 2]))
    writeFileSync(join(directory, 'long.txt'), 'x'.repeat(256 * 1024 + 1))
    symlinkSync(join(around, 'secret.txt'), join(directory, 'leads-out.txt'))
    symlinkSync(around, join(directory, 'up'))
    return { ...cooking, directory }
  }

  it('lists them below its instructions, and gives out one that is asked for', async () => {
    const runtime = await start({}, [withFiles()])
    expect(await said(runtime, 'cooking/soup')).toBe(
      '# Soup\nBoil water.\n\nFiles of this skill, to be read with its name and path:\n- long.txt\n- picture.png\n- salt.md\n- scripts/boil.py',
    )
    expect(await said(runtime, 'cooking/soup salt.md')).toBe('A pinch.')
    expect(await said(runtime, 'cooking/soup scripts/boil.py')).toBe('boil()')
    // Also where the tenant says something else of it.
    await define(runtime, 'Mine.')
    expect(await said(runtime, 'cooking/soup')).toMatch(/^Mine\.\n\nFiles of this skill/)
  })

  it.each([
    ['../secret.txt', /must not contain ".."/],
    ['scripts/../../secret.txt', /must not contain ".."/],
    ['/etc/passwd', /must be relative/],
    ['leads-out.txt', /./],
    ['up/secret.txt', /./],
    ['scripts', /is a folder/],
    ['nothing.txt', /there is no file/],
    ['picture.png', /is no text/],
    ['long.txt', /at most 262144 are taken/],
    ['a\0b', /must not contain a NUL/],
  ])('gives out nothing but its own texts: %j', async (path, refusal) => {
    const runtime = await start({}, [withFiles()])
    const answer = await said(runtime, `cooking/soup ${path}`)
    expect(answer).toMatch(refusal)
    expect(answer).not.toMatch(/the secret|root:/)
  })

  it('says what there is where there is no folder, or no more', async () => {
    const runtime = await start()
    expect(await said(runtime, 'cooking/soup salt.md')).toBe(
      'the skill cooking/soup has no files; leave path out to read its instructions',
    )
    const gone = await start({}, [{ ...cooking, directory: join(tempDir(), 'gone') }])
    expect(await said(gone, 'cooking/soup salt.md')).toMatch(/the folder of the skill cannot be opened/)
    expect(await said(gone, 'cooking/soup')).toMatch(/Boil water\.\n\nIts files cannot be had: the folder/)
  })
})
