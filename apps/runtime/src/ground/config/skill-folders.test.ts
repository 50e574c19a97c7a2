import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError } from './config.ts'
import { aFolder, loadIn } from './testing/loaded.ts'

/** Without skills that come with the runtime. */
const plain = { LOOMCYCLE_PRESETS: 'base' }

const manage = `---
name: manage
description: How to look after a document.
license: MIT
allowed-tools: Document, Bash(git add:*) Read
metadata: { author: somebody }
---

# Managing

Read first.
`

describe('skills in folders', () => {
  it('are called by their path and know their text, their tools and where their files are', async () => {
    const folder = aFolder({
      'skills/doc/manage/SKILL.md': manage,
      'skills/doc/manage/scripts/check.sh': 'true',
      'skills/doc/manage/more/SKILL.md': '# An example of this skill, and no skill.',
      'skills/plain/SKILL.md': '---\r\ndescription: Short.\r\n---\r\nDo it.\r\n',
      'skills/.git/SKILL.md': 'nothing',
      'skills/README.md': 'nothing',
    })
    const { skills, warnings } = await loadIn(folder, { ...plain, LOOMCYCLE_SKILLS_ROOT: 'skills' })
    expect(warnings).toEqual([])
    expect({ ...skills }).toEqual({
      'doc/manage': {
        name: 'doc/manage',
        source: 'file',
        description: 'How to look after a document.',
        body: '# Managing\n\nRead first.',
        tools: ['Document', 'Bash', 'Read'],
        directory: join(folder, 'skills/doc/manage'),
      },
      plain: {
        name: 'plain',
        source: 'file',
        description: 'Short.',
        body: 'Do it.',
        directory: join(folder, 'skills/plain'),
      },
    })
  })

  it('are known by their folder where they call themselves otherwise, which is told', async () => {
    const folder = aFolder({ 'skills/a/SKILL.md': '---\nname: b\ndescription: B.\n---\nB' })
    const { skills, warnings } = await loadIn(folder, { ...plain, LOOMCYCLE_SKILLS_ROOT: 'skills' })
    expect(Object.keys(skills)).toEqual(['a'])
    expect(warnings).toEqual(['a/SKILL.md calls itself b; agents know it by its folder, as a.'])
  })

  it('read nothing of the environment, since others wrote them', async () => {
    const folder = aFolder({ 's/a/SKILL.md': `---\ndescription: "\${LOOMCYCLE_AUTH_TOKEN}"\n---\n\${LOOMCYCLE_X}` })
    const { skills } = await loadIn(folder, { LOOMCYCLE_SKILLS_ROOT: 's', LOOMCYCLE_X: 'secret' })
    expect(skills.a).toMatchObject({ description: `\${LOOMCYCLE_AUTH_TOKEN}`, body: `\${LOOMCYCLE_X}` })
  })

  it.each([
    ['without a head', '# Just text', /^a\/SKILL\.md:1: begins without name and description/],
    ['without a description', '---\nname: a\n---\nText', 'a/SKILL.md: description is missing.'],
    [
      'with tools that are none',
      '---\ndescription: A.\nallowed-tools: [1]\n---\n',
      'a/SKILL.md:3: allowed-tools.0 must be text.',
    ],
    [
      'with metadata that is none',
      '---\ndescription: A.\nmetadata: x\n---\n',
      'a/SKILL.md:3: metadata must be a map of keys.',
    ],
    [
      'with a text that needs quotes',
      '---\ndescription: When: x\n---\n',
      /^a\/SKILL\.md:2 .* has to stand in quotes\.$/,
    ],
    ['with broken YAML', '---\nname: a\ndescription: [\n---\n', /^a\/SKILL\.md:[34] is not valid YAML/],
  ])('are refused %s', async (_, text, sentence) => {
    const folder = aFolder({ 's/a/SKILL.md': text })
    await expect(loadIn(folder, { LOOMCYCLE_SKILLS_ROOT: 's' })).rejects.toThrow(sentence)
  })

  it('are not looked for where there is no folder', async () => {
    await expect(loadIn(aFolder({}), { LOOMCYCLE_SKILLS_ROOT: 'none' })).rejects.toThrow(
      /LOOMCYCLE_SKILLS_ROOT names .*none, which does not exist/,
    )
  })

  it('take what a configuration file says of them over what they say themselves', async () => {
    const folder = aFolder({
      's/a/SKILL.md': '---\ndescription: A.\ntools: Read\n---\nFrom the folder.',
      'a.yaml': 'skills: { a: { description: Mine. }, b: { body: Inline., allowed_tools: [Memory] } }',
    })
    const { skills } = await loadIn(folder, { LOOMCYCLE_SKILLS_ROOT: 's', LOOMCYCLE_CONFIG_FILES: 'a.yaml' })
    expect(skills.a).toMatchObject({ description: 'Mine.', body: 'From the folder.', tools: ['Read'] })
    expect(skills.b).toEqual({ name: 'b', source: 'file', body: 'Inline.', tools: ['Memory'] })
  })
})

describe('what a skill needs', () => {
  const config = (agent: string) => ({
    'a.yaml': `
skills: { doc/edit: { body: Edit., tools: [Document, Context] }, doc/read: { body: Read. } }
agents: { a: { provider: scripted, model: demo, ${agent} } }`,
  })
  const warningsOf = async (agent: string) =>
    (await loadIn(aFolder(config(agent)), { ...plain, LOOMCYCLE_CONFIG_FILES: 'a.yaml' })).warnings

  it('is refused to be missing where an agent names the skill, and told of where a pattern brings it', async () => {
    expect(await warningsOf('tools: [Skill, "Doc*"], skills: [doc/edit]')).toEqual([])
    await expect(warningsOf('tools: [Skill], skills: [doc/edit]')).rejects.toThrow(
      'agents.a.skills has the skill doc/edit, which needs Document; add that to its tools, or take the skill out.',
    )
    await expect(warningsOf('tools: [Skill, Document], disable_context: true, skills: [doc/edit]')).rejects.toThrow(
      'which needs Context;',
    )
    expect(await warningsOf('tools: [Skill], skills: ["doc/*"]')).toEqual([
      'Agent a cannot follow the skills doc/edit without Document; add that to its tools.',
    ])
  })

  it('is told of where there is no such skill, or a tool for none', async () => {
    expect(await warningsOf('tools: [Skill], skills: [other, "mine/*"]')).toEqual([
      'Agent a may read the skill other, and the configuration has none of that name.',
      'Agent a may read the skill mine/*, and the configuration has none of that name.',
    ])
    expect(await warningsOf('skills: [doc/read]')).toEqual([])
    expect(await warningsOf('tools: [Skill]')).toEqual([
      'Agent a lists the tool Skill but no skills; every call will be refused.',
    ])
  })

  it('may be links to folders that are elsewhere, also where these lead round', async () => {
    const folder = aFolder({ 'elsewhere/tone/SKILL.md': manage, 'skills/doc/manage/SKILL.md': manage })
    symlinkSync('../elsewhere/tone', join(folder, 'skills/tone'))
    symlinkSync('..', join(folder, 'skills/doc/round'))
    symlinkSync('nowhere', join(folder, 'skills/nothing'))
    const { skills } = await loadIn(folder, { ...plain, LOOMCYCLE_SKILLS_ROOT: 'skills' })
    expect(Object.keys(skills).sort()).toEqual(['doc/manage', 'tone'])
  })

  it('are refused in words where they cannot be read', async () => {
    const folder = aFolder({ 'skills/a/SKILL.md/x': '', file: '' })
    const start = (LOOMCYCLE_SKILLS_ROOT: string) => loadIn(folder, { ...plain, LOOMCYCLE_SKILLS_ROOT })
    await expect(start('skills')).rejects.toThrow(
      'a/SKILL.md in LOOMCYCLE_SKILLS_ROOT cannot be read (EISDIR); mend it, or take it out.',
    )
    await expect(start('file')).rejects.toThrow(/^LOOMCYCLE_SKILLS_ROOT: .*file cannot be read \(ENOTDIR\)/)
    await expect(start('skills')).rejects.toThrow(ConfigError)
  })
})
