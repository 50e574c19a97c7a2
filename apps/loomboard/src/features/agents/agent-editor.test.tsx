// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { reload, renderRoute } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

type User = ReturnType<typeof renderRoute>['user']
const yaml = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: /in YAML$/ })
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name, { selector: 'input, select, textarea' })
const review = async (user: User) => {
  await user.click(screen.getByRole('button', { name: 'Review and save' }))
  return screen.findByRole('dialog', { name: 'What will change' })
}
const sent = () => server.requests.filter(({ path }) => path === '/v1/_agentdef').map(({ body }) => body)
const saved = () => sent().at(-1) as { op: string; overlay: object }

describe('a new agent', () => {
  it('is written in fields, and stands in the text as well', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.type(await field('Name'), 'team/helper')
    await user.type(await field('Description'), 'Helps.')
    await user.type(await field('Tools'), 'Read, Grep{Enter}')
    await user.selectOptions(await field('Effort'), 'high')
    await user.type(await field('Temperature'), '0.5')
    await user.click(await screen.findByRole('button', { name: /^Memory and conversations/ }))
    await user.click(
      within(await screen.findByRole('group', { name: 'Memory' })).getByLabelText('Of the person it works for'),
    )
    expect((await yaml()).value).toBe(
      'description: Helps.\ntools:\n  - Read\n  - Grep\neffort: high\nsampling:\n  temperature: 0.5\nmemory_scopes:\n  - user\n',
    )
    const dialog = await review(user)
    expect(dialog.textContent).toContain('+description: Helps.')
    await user.type(within(dialog).getByLabelText('What is new'), 'It is there.')
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('heading', { name: 'team/helper', level: 2 })).toBeTruthy()
    expect(sent().find((body) => (body as { op: string }).op === 'create')).toEqual({
      op: 'create',
      name: 'team/helper',
      description: 'It is there.',
      promote: true,
      overlay: {
        description: 'Helps.',
        tools: ['Read', 'Grep'],
        effort: 'high',
        sampling: { temperature: 0.5 },
        memory_scopes: ['user'],
      },
    })
  })

  it('is written in the text, and stands in the fields as well, with what no field shows', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.click(await yaml())
    await user.paste('# Ours\ntools: [Read]\nx-team: blue\nmemory_backend: b\n')
    expect(within(await screen.findByRole('list', { name: 'Tools' })).getByText('Read')).toBeTruthy()
    expect(screen.getByText(/In the text alone/).textContent).toContain('memory_backend')
    expect(screen.getByText(/knows nothing of/).textContent).toContain('x-team')
    await user.click(screen.getByRole('button', { name: 'Take out Read' }))
    await user.type(await field('Longest answer'), '900')
    expect((await yaml()).value).toBe('# Ours\nx-team: blue\nmemory_backend: b\nmax_tokens: 900\n')
  })

  it('has code of as many lines as it was written in', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.click(await yaml())
    await user.paste('provider: code-js\ncode_body: |\n  function run() {\n    return 1\n  }\n')
    const code = await field('Code')
    expect(code).toHaveProperty('value', 'function run() {\n  return 1\n}\n')
    await user.type(code, '// done')
    expect((await yaml()).value).toBe(
      'provider: code-js\ncode_body: |-\n  function run() {\n    return 1\n  }\n  // done\n',
    )
  })

  it('is not saved while its text cannot be read, and says on which line', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.type(await field('Name'), 'helper')
    await user.click(await yaml())
    await user.paste('tools: [Read\nmodel: x\n')
    expect(await screen.findByText('The YAML cannot be read, in line 2.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Review and save' }).disabled).toBe(true)
    await user.clear(await yaml())
    await user.paste('tools: [Read]\n')
    expect(await field('Tools')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Review and save' }).disabled).toBe(false)
  })

  it('does not take a name that is taken', async () => {
    server.agentDefs.add('helper', {})
    const { user } = renderRoute(server, '/agents?create=true')
    await user.type(await field('Name'), 'helper')
    expect(await screen.findByText('There is one of that name.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Review and save' }).disabled).toBe(true)
  })

  it('says at the field what the runtime does not take, and saves what it takes then', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.type(await field('Name'), 'helper')
    await user.type(await field('Temperature'), '1')
    server.intercept = (_method, path) =>
      path === '/v1/_agentdef'
        ? Response.json(
            {
              code: 'tool_refused',
              tool: 'AgentDef',
              error: 'create: overlay.sampling.temperature must be at most 0.5',
            },
            { status: 422 },
          )
        : undefined
    await user.click(within(await review(user)).getByRole('button', { name: 'Save' }))
    expect((await screen.findByRole('alert')).textContent).toContain('sampling.temperature must be at most 0.5')
    const temperature = await field('Temperature')
    expect(temperature.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => document.activeElement).toBe(temperature)
    server.intercept = undefined
    await user.clear(temperature)
    await user.type(temperature, '0.4')
    expect(temperature.getAttribute('aria-invalid')).toBeNull()
    await user.click(within(await review(user)).getByRole('button', { name: 'Save' }))
    await expect.poll(() => server.agentDefs.rows[0]?.definition).toEqual({ sampling: { temperature: 0.4 } })
  })

  it('says in the review what is refused of no field, and keeps all that was written', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.type(await field('Name'), 'helper')
    server.intercept = (_method, path) =>
      path === '/v1/_agentdef'
        ? Response.json({ code: 'tool_refused', error: 'create: no room' }, { status: 422 })
        : undefined
    const dialog = await review(user)
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    expect((await within(dialog).findByRole('alert')).textContent).toBe('Not saved. no room')
    await user.click(within(dialog).getByRole('button', { name: 'Go on writing' }))
    expect((await field('Name')).value).toBe('helper')
  })

  it('is here again after a reload, and can be thrown away', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.type(await field('Name'), 'helper')
    await user.type(await field('Description'), 'Half a')
    const again = reload(server, '/agents?create=true')
    expect((await field('Description')).value).toBe('Half a')
    expect((await field('Name')).value).toBe('helper')
    await again.user.click(await screen.findByRole('button', { name: 'Throw it away' }))
    expect((await field('Description')).value).toBe('')
    expect(Object.keys(localStorage).filter((key) => key.startsWith('loomboard.agent.'))).toEqual([])
  })
})

describe('an agent that is there', () => {
  it('gets another version, whole, which is kept for later', async () => {
    server.agentDefs.add('helper', { description: 'Helps.', tools: ['Read'], 'x-own': 1 })
    const { user, router } = renderRoute(server, '/agents/helper')
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const description = await field('Description')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Review and save' }).disabled).toBe(true)
    await user.clear(description)
    const dialog = await review(user)
    expect(dialog.textContent).toContain('Compared with version 1.')
    expect(dialog.textContent).toContain('-description: Helps.')
    await user.click(within(dialog).getByRole('radio', { name: /Only save it/ }))
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    await expect.poll(() => router.state.location.search).toEqual({})
    expect(server.agentDefs.rows[1]).toMatchObject({ version: 2, definition: { tools: ['Read'], 'x-own': 1 } })
    expect(server.agentDefs.active.get('helper')).toBe('adf_helper_1')
  })

  it('that is configured is forked: lists and texts are emptied, and what stays is said', async () => {
    const configured = { description: 'Plays.', tools: ['Read', 'Bash'], skills: ['style'], max_tokens: 900 }
    server.agentDefs.configured.set('demo', configured)
    const { user } = renderRoute(server, '/agents/demo?edit=configured')
    await user.click(await screen.findByRole('button', { name: 'Take out style' }))
    await user.click(screen.getByRole('button', { name: 'Take out Bash' }))
    await user.clear(await field('Description'))
    await user.clear(await field('Longest answer'))
    const dialog = await review(user)
    expect(within(dialog).getByText(/^Longest answer stays as it was/)).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Configured, changed here')).toBeTruthy()
    expect(sent().find((body) => (body as { op: string }).op === 'fork')).toEqual({
      op: 'fork',
      name: 'demo',
      promote: true,
      overlay: { description: null, tools: ['Read'], skills: [] },
    })
  })

  it('that is configured says what was reviewed, though somebody else has saved its first version meanwhile', async () => {
    server.agentDefs.configured.set('demo', { description: 'Plays.' })
    const { user } = renderRoute(server, '/agents/demo?edit=configured')
    await user.type(await field('Description'), ' Well.')
    const first = { description: 'Plays.', system_prompt: 'Sing.', skills: ['style'], max_tokens: 900 }
    const { def_id } = server.agentDefs.add('demo', first)
    const dialog = await review(user)
    expect(await within(dialog).findByText(/not written on the version in use/)).toBeTruthy()
    expect(within(dialog).getByText(/^Longest answer stays as it was/)).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    await expect.poll(() => server.agentDefs.rows).toHaveLength(2)
    expect(server.agentDefs.rows[1]).toMatchObject({ parent_def_id: def_id })
    expect(server.agentDefs.rows[1]!.definition).toEqual({ description: 'Plays. Well.', max_tokens: 900 })
  })

  it('is made into another one from any version', async () => {
    server.agentDefs.add('helper', { description: 'Helps.' })
    const { user } = renderRoute(server, '/agents/helper')
    await user.click(await screen.findByRole('button', { name: 'Actions for version 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Make another one of it' }))
    await user.type(await field('Name'), 'other')
    expect((await field('Description')).value).toBe('Helps.')
    await user.click(within(await review(user)).getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('heading', { name: 'other', level: 2 })).toBeTruthy()
    expect(server.agentDefs.rows[1]).toMatchObject({ name: 'other', parent_def_id: 'adf_helper_1' })
  })

  it('keeps what was written on a version, and says that another one is in use by now', async () => {
    server.agentDefs.add('helper', { description: 'Helps.' })
    const { user } = renderRoute(server, '/agents/helper?edit=adf_helper_1')
    await user.type(await field('Description'), ' A lot.')
    server.agentDefs.add('helper', { description: 'Somebody else.' })
    reload(server, '/agents/helper?edit=adf_helper_2')
    expect((await field('Description')).value).toBe('Helps. A lot.')
    expect(screen.getByText(/It was begun on another version than version 2/)).toBeTruthy()
  })

  it('says in the review that somebody else has put another version to use meanwhile', async () => {
    server.agentDefs.add('helper', { system_prompt: 'One.' })
    const { user } = renderRoute(server, '/agents/helper?edit=adf_helper_1')
    await user.type(await field('Longest answer'), '900')
    const dialog = await review(user)
    expect(within(dialog).queryByText(/not written on the version in use/)).toBeNull()
    await user.click(within(dialog).getByRole('button', { name: 'Go on writing' }))
    server.agentDefs.add('helper', { system_prompt: 'Two.' })
    expect(await within(await review(user)).findByText(/not written on the version in use/)).toBeTruthy()
  })

  it('shows what a field cannot, and offers to take it out', async () => {
    const { user } = renderRoute(server, '/agents?create=true')
    await user.click(await yaml())
    await user.paste('max_tokens: many\n')
    expect(await screen.findByText('many', { selector: 'code' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Take it out' }))
    expect((await field('Longest answer')).value).toBe('')
  })

  it('says of models what the service says', async () => {
    server.models = {
      providers: [
        { provider: 'anthropic', default: true, default_model: 'claude-x', models: [{ id: 'claude-x' }] },
        { provider: 'ollama', models: [], error: 'ollama does not answer.' },
      ],
    }
    server.agentDefs.add('helper', { model: 'claude-y' })
    const { user } = renderRoute(server, '/agents/helper?edit=adf_helper_1')
    expect(await screen.findByText('anthropic does not list a model of that name.')).toBeTruthy()
    await user.selectOptions(await field('Service'), 'ollama')
    expect(await screen.findByText('ollama does not answer.')).toBeTruthy()
    expect((await yaml()).value).toContain('provider: ollama')
  })
})

it('an agent that nobody can read is not written on', async () => {
  renderRoute(server, '/agents/helper?edit=adf_gone')
  expect((await screen.findByRole('alert')).textContent).toContain('there is no version adf_gone')
  expect(screen.queryByRole('button', { name: 'Review and save' })).toBeNull()
  expect(saved()?.op).toBe('get')
})
