// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { refuseAt, renderRoute } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  server.agents.push({ name: 'team/reviewer', source: 'tenant' })
})

const part = (name: string) => screen.findByRole('region', { name })
const versions = () => screen.findByRole('list', { name: 'Versions' })
const actions = async (user: ReturnType<typeof renderRoute>['user'], version: number, action: string) => {
  await user.click(await screen.findByRole('button', { name: `Actions for version ${version}` }))
  await user.click(await screen.findByRole('menuitem', { name: action }))
}

function threeVersions() {
  const definition = { description: 'Reads drafts.', tools: ['Read', 'Grep'], system_prompt: 'You are careful.' }
  server.agentDefs.add('team/reviewer', definition, { description: 'The first.' })
  server.agentDefs.add(
    'team/reviewer',
    { ...definition, system_prompt: 'You are quick.' },
    { created_by_agent_id: 'a_breeder' },
  )
  server.agentDefs.add(
    'team/reviewer',
    { ...definition, model: 'm' },
    { promote: false, parent_def_id: 'adf_team-reviewer_1' },
  )
}

describe('the page of an agent', () => {
  it('says in words what it is and what it may do', async () => {
    server.agentDefs.add('team/reviewer', {
      description: 'Reads drafts.',
      model: 'claude-x',
      effort: 'high',
      tools: ['Read', 'Grep'],
      memory_scopes: ['agent', 'user'],
      sql_scopes: ['agent'],
      volumes: ['work:ro'],
      channels: { publish: ['news/*'] },
      interruption: { enabled: true, max_pending: 2 },
      evaluation_scopes: ['submit_any'],
      agent_def_scopes: ['self', 'named:helper'],
      skills: ['style'],
    })
    renderRoute(server, '/agents/team/reviewer')
    expect(await screen.findByRole('heading', { name: 'team/reviewer', level: 2 })).toBeTruthy()
    expect((await part('Model')).textContent).toContain('claude-x, of the runtime’s usual service, with high effort')
    const grants = (await part('What it may do')).textContent
    for (const words of [
      '2 tools:ReadGrep',
      'It reads and writes its own and that of the person it works for.',
      'It may use a database: its own.',
      'work (to read only)',
      'It writes to:news/*',
      'It may ask people, with at most 2 questions open.',
      'It may judge any run.',
      'It may define agents: versions of itself and helper.',
      'style',
    ])
      expect(grants).toContain(words)
    expect(grants).not.toContain('Conversations')
  })

  it('says what it lacks, and that it cannot be started', async () => {
    server.agentDefs.add('helper', {})
    server.agentDefs.lacks.set('helper', [{ kind: 'provider', name: 'openai', why: 'openai is not set up.' }])
    renderRoute(server, '/agents/helper')
    expect((await part('What it lacks')).textContent).toContain('openai is not set up.')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Start a chat' }).disabled).toBe(true)
  })

  it('begins a chat with it', async () => {
    server.agentDefs.add('team/reviewer', {})
    const { user, router } = renderRoute(server, '/agents/team/reviewer')
    const start = await screen.findByRole<HTMLButtonElement>('button', { name: 'Start a chat' })
    await expect.poll(() => start.disabled).toBe(false)
    await user.click(start)
    const agent = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Agent' })
    expect(agent.value).toBe('team/reviewer')
    expect(router.state.location.search).toMatchObject({ agent: 'team/reviewer' })
  })

  it('has its versions, newest first, with who made them and why', async () => {
    threeVersions()
    renderRoute(server, '/agents/team/reviewer')
    const list = within(await versions()).getAllByRole('listitem')
    expect(list.map((item) => /Version \d/.exec(item.textContent)![0])).toEqual(['Version 3', 'Version 2', 'Version 1'])
    expect(list[1]!.textContent).toContain('In use')
    expect(list[1]!.textContent).toContain('by agent a_breeder')
    expect(list[2]!.textContent).toContain('by a person')
    expect(list[2]!.textContent).toContain('The first.')
  })

  it('compares any two of them, and the address says which', async () => {
    threeVersions()
    const { user, router } = renderRoute(server, '/agents/team/reviewer')
    await user.click(await screen.findByRole('button', { name: 'Changes in version 3' }))
    const comparison = await part('Comparison')
    // With the one it was made from.
    expect(comparison.textContent).toContain('+model: m')
    expect(comparison.textContent).not.toContain('quick')
    await user.selectOptions(within(comparison).getByRole('combobox', { name: 'From' }), 'Version 2')
    expect(await within(comparison).findByText('-system_prompt: You are quick.')).toBeTruthy()
    expect(router.state.location.search).toMatchObject({ compare: 'adf_team-reviewer_2..adf_team-reviewer_3' })
    await user.selectOptions(within(comparison).getByRole('combobox', { name: 'From' }), 'Version 3')
    expect(await within(comparison).findByText('They say the same.')).toBeTruthy()
    await user.click(within(comparison).getByRole('button', { name: 'Close the comparison' }))
    expect(screen.queryByRole('region', { name: 'Comparison' })).toBeNull()
  })

  it('compares what an address asks for with what is configured', async () => {
    server.agentDefs.configured.set('team/reviewer', { tools: ['Read', 'Bash'] })
    server.agentDefs.add('team/reviewer', { tools: ['Read'] })
    renderRoute(server, '/agents/team/reviewer?compare=configured..adf_team-reviewer_1')
    expect((await part('Comparison')).textContent).toContain('-  - Bash')
  })

  it('puts another version to use, and takes that back', async () => {
    threeVersions()
    const { user } = renderRoute(server, '/agents/team/reviewer')
    await versions()
    const lists = () => server.requests.filter(({ path }) => path === '/v1/_runnable-agents').length
    await expect.poll(lists).toBeGreaterThan(0)
    const before = lists()
    await actions(user, 3, 'Put to use')
    expect(await screen.findByText('Version 3 is in use')).toBeTruthy()
    // Chats offer agents with what they say of themselves now.
    expect(lists()).toBe(before + 1)
    await expect.poll(() => server.agentDefs.active.get('team/reviewer')).toBe('adf_team-reviewer_3')
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await expect.poll(() => server.agentDefs.active.get('team/reviewer')).toBe('adf_team-reviewer_2')
  })

  it('is called changed where what is in use is, and not for what is kept for later', async () => {
    server.agentDefs.configured.set('demo', { description: 'Plays.' })
    server.agentDefs.add('demo', { description: 'Plays on.' }, { promote: false })
    const { user } = renderRoute(server, '/agents/demo')
    expect(await screen.findByText('Configured')).toBeTruthy()
    await actions(user, 1, 'Put to use')
    expect(await screen.findByText('Configured, changed here')).toBeTruthy()
  })

  it('retires a version, and brings it back', async () => {
    threeVersions()
    const { user } = renderRoute(server, '/agents/team/reviewer')
    await actions(user, 2, 'Retire')
    expect(await screen.findByText(/The version that was in use is retired/)).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await expect.poll(() => server.agentDefs.rows[1]!.retired).toBe(false)
    // A note that goes gives the focus back to where it was, which closes menus.
    await expect.poll(() => screen.queryByText('Version 2 is retired')).toBeNull()
    await actions(user, 1, 'Retire')
    await expect
      .poll(() => within(screen.getByRole('list', { name: 'Versions' })).queryAllByText('Retired'))
      .toHaveLength(1)
    await actions(user, 1, 'Bring back')
    await expect.poll(() => server.agentDefs.rows[0]!.retired).toBe(false)
  })

  it('says how the version in use was judged', async () => {
    threeVersions()
    const all = { mean: 0.825, median: 0.8, min: 0.5, max: 1, latest: 0.9, count: 12 }
    server.evaluations.set('adf_team-reviewer_2', {
      def_id: 'adf_team-reviewer_2',
      count: 12,
      score: all,
      dimensions: { clarity: { ...all, mean: 0.7 } },
      by_emitter_role: { external: { ...all, count: 4 } },
      lineage_included: false,
    })
    renderRoute(server, '/agents/team/reviewer')
    await screen.findByText('of 12 evaluations', { exact: false })
    const { textContent } = await part('Evaluations')
    expect(textContent).toContain('0.83 on average')
    expect(textContent).toContain('Median 0.8 · from 0.5 to 1 · latest 0.9')
    expect(textContent).toContain('By people and programs0.834')
    expect(textContent).toContain('clarity0.7')
  })

  it('says that nobody has judged it', async () => {
    threeVersions()
    renderRoute(server, '/agents/team/reviewer')
    expect(await screen.findByText('Nobody has judged a run of the version in use yet.')).toBeTruthy()
  })

  it('says that there is no such agent', async () => {
    renderRoute(server, '/agents/nobody')
    expect((await screen.findByRole('alert')).textContent).toContain('There is no agent called nobody.')
  })

  it('says why its versions cannot be shown', async () => {
    threeVersions()
    refuseAt(server, /_agentdef/, 'no versions today')
    renderRoute(server, '/agents/team/reviewer')
    expect(await screen.findByText('no versions today')).toBeTruthy()
  })
})
