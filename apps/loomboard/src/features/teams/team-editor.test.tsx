// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { reload, renderRoute } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  server.agentDefs.configured.set('demo', { description: 'Plays.' })
  server.agentDefs.configured.set('critic', {})
})

const yaml = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'The team in YAML' })
const state = async (name: string) => within(await screen.findByRole('group', { name: `State ${name}` }))
const drawn = () =>
  within(screen.getByRole('list', { name: 'Diagram' }))
    .getAllByRole('button')
    .map(({ textContent }) => textContent.replaceAll('→ ', '').trim())
const saveButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Review and save' })

describe('a new team', () => {
  it('has a graph to begin with, and is written in the table, the text and the diagram at once', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await user.type(await screen.findByLabelText('Name', { selector: 'input.max-w-96' }), 'posts')
    const draft = await state('draft')
    expect(draft.getByLabelText<HTMLInputElement>('Agent').value).toBe('demo')
    await user.clear(draft.getByLabelText('Name'))
    await user.type((await state('number 1')).getByLabelText('Name'), 'write')
    expect((await yaml()).value).toContain('entry: write\n')
    expect((await yaml()).value).toContain('  - from: review\n    to: write\n    on: pushback:*\n')
    expect(drawn()[0]).toBe('write: demo. Begins here. on success to review.')
    await user.selectOptions((await state('review')).getByLabelText('Handler'), 'Agents in parallel')
    await user.type((await state('review')).getByLabelText('Agents', { selector: 'input' }), 'critic, demo{Enter}')
    await user.selectOptions((await state('review')).getByLabelText('Colour'), 'Teal')
    await user.type(await screen.findByLabelText('Most steps'), '9')
    expect(drawn()[1]).toBe('review: critic and demo, side by side. on success to done. back: any reason to write.')
    await user.click(saveButton())
    const dialog = within(await screen.findByRole('dialog', { name: 'What will change' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('heading', { name: 'posts', level: 2 })).toBeTruthy()
    expect(server.teamDefs.rows[0]!.definition).toMatchObject({
      entry: 'write',
      max_iterations: 9,
      states: [
        { state: 'write', handler: { kind: 'agent', agent: 'demo' } },
        { state: 'review', handler: { kind: 'parallel', agents: ['critic', 'demo'] } },
        { state: 'done', handler: { kind: 'terminal' } },
      ],
      colors: { write: 'amber', review: 'teal' },
    })
  })

  it('does not mix up two states while one is typed past the name of the other', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    const name = (await state('review')).getByLabelText('Name')
    await user.clear(name)
    await user.type(name, 'drafts')
    expect(drawn()).toEqual([
      'draft: demo. Begins here. on success to drafts.',
      'drafts: A person decides. on success to done. back: any reason to draft.',
      'done: The end.',
    ])
  })

  it('is begun with the agents of the bundle, and both beginnings have a draft of their own', async () => {
    const { user, router } = renderRoute(server, '/teams?create=true')
    await user.type((await state('draft')).getByLabelText('Name'), 's')
    await user.click(screen.getByRole('radio', { name: 'Researcher, writer and critic' }))
    expect((await state('research')).getByLabelText<HTMLInputElement>('Agent').value).toBe('team/researcher')
    expect(router.state.location.search).toMatchObject({ start: 'agent-teams' })
    // They are not there: it can be saved, and will not work.
    expect(screen.getByText(/^It names the agent "team\/researcher", which there is not\.$/)).toBeTruthy()
    await user.type(screen.getByLabelText('Name', { selector: 'input.max-w-96' }), 'posts')
    expect(saveButton().disabled).toBe(false)
    await user.click(screen.getByRole('radio', { name: 'One agent and a person' }))
    expect(await state('drafts')).toBeTruthy()
  })

  it('says at its row what the runtime would refuse, is not saved with it, and leads to it', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await user.type(await screen.findByLabelText('Name', { selector: 'input.max-w-96' }), 'posts')
    const draft = await state('draft')
    const agent = draft.getByLabelText('Agent')
    await user.clear(agent)
    expect(draft.getByText('It is missing; of the kind agent it names who works here.')).toBeTruthy()
    expect(agent.getAttribute('aria-invalid')).toBe('true')
    expect(saveButton().disabled).toBe(true)
    expect(screen.getByText('1 thing keeps it from being saved.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show the first' }))
    await expect.poll(() => document.activeElement).toBe(agent)
    await user.type(agent, 'demo')
    expect(screen.queryByText(/keeps it from being saved/)).toBeNull()
    expect(saveButton().disabled).toBe(false)
  })

  it('has ways on of every kind, whose conditions are read while they are typed', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    const draft = await state('draft')
    await user.click(draft.getByRole('button', { name: 'Add a way on' }))
    const ways = () => within(draft.getByRole('list', { name: 'Ways on from draft' })).getAllByRole('listitem')
    const added = within(ways()[1]!)
    await user.selectOptions(added.getByRole('combobox', { name: /^When/ }), 'If')
    const condition = added.getByRole('textbox', { name: /^Condition/ })
    await user.type(condition, 'fields.score >')
    expect(condition.getAttribute('aria-invalid')).toBe('true')
    await user.type(condition, ' 8')
    expect(condition.getAttribute('aria-invalid')).toBeNull()
    await user.selectOptions(added.getByRole('combobox', { name: /leads$/ }), 'done')
    expect(drawn()[0]).toContain('if fields.score > 8 to done.')
    await user.click(within(ways()[0]!).getByRole('button', { name: /^Actions for/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Take out' }))
    expect(draft.getByText(/from which no edge on success leads/)).toBeTruthy()
  })

  it('loses a state with its edges, and gets it back', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await state('draft')
    const before = (await yaml()).value
    await user.click(screen.getByRole('button', { name: 'Actions for state review' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Take out' }))
    expect((await yaml()).value).not.toContain('review')
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect((await yaml()).value).toBe(before)
  })

  it('goes from the diagram to where a state is written, also from its text', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await state('draft')
    await user.click(screen.getByRole('radio', { name: 'YAML' }))
    expect(screen.queryByRole('group', { name: 'State review' })).toBeNull()
    if (!screen.queryByRole('list', { name: 'Diagram' }))
      await user.click(screen.getByRole('button', { name: 'Diagram' }))
    await user.click(within(screen.getByRole('list', { name: 'Diagram' })).getByRole('button', { name: /^review/ }))
    const name = (await state('review')).getByLabelText('Name')
    await expect.poll(() => document.activeElement).toBe(name)
  })

  it('gets another state, which is written at once', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await state('draft')
    await user.click(screen.getByRole('button', { name: 'Add a state' }))
    const added = await state('new')
    await expect.poll(() => document.activeElement).toBe(added.getByLabelText('Name'))
    expect(added.getByText('It is "new", to which nothing leads from "draft".')).toBeTruthy()
  })

  it('written as text keeps what the table does not know, and says what leads from nowhere', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await state('draft')
    const text = await yaml()
    await user.clear(text)
    await user.click(text)
    await user.paste(
      '# Ours\nentry: a\nx-own: 1\nstates:\n  - state: a\n    note: mine\n    handler: {kind: person}\n  - state: b\n    handler: {kind: terminal}\ntransitions:\n  - {from: z, to: b, on: later}\n',
    )
    expect(screen.getByText(/knows nothing of/).textContent).toContain('x-own')
    const loose = within(await screen.findByRole('region', { name: 'Ways from nowhere' }))
    expect(loose.getByText(/^It names the state "z", which there is not/)).toBeTruthy()
    await user.selectOptions(loose.getByRole('combobox', { name: /begins$/ }), 'a')
    await user.selectOptions((await state('a')).getByRole('combobox', { name: /^When/ }), 'On success')
    await user.selectOptions((await state('a')).getByLabelText('Colour'), 'Other')
    expect((await yaml()).value).toBe(
      '# Ours\nentry: a\nx-own: 1\nstates:\n  - state: a\n    note: mine\n    handler: {kind: person}\n  - state: b\n    handler: {kind: terminal}\ntransitions:\n  - {from: a, to: b, on: success}\ncolors:\n  a: "#808080"\n',
    )
  })

  it('is here again after a reload', async () => {
    const { user } = renderRoute(server, '/teams?create=true')
    await user.type((await state('draft')).getByLabelText('What is to be done here'), ' Soon.')
    reload(server, '/teams?create=true')
    const { value } = (await state('draft')).getByLabelText<HTMLTextAreaElement>('What is to be done here')
    expect(value).toBe('Do what the card asks for. Soon.')
  })
})

describe('a team that is there', () => {
  it('gets another version, and what of another form is written stands at its row', async () => {
    const definition = {
      entry: 'a',
      states: [
        { state: 'a', handler: { kind: 'person' } },
        { state: 'b', handler: { kind: 'terminal' } },
      ],
      transitions: [{ from: 'a', to: 'b', on: 'success' }],
    }
    server.teamDefs.add('posts', definition)
    const { user, router } = renderRoute(server, '/teams/posts')
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const text = await yaml()
    await user.clear(text)
    await user.click(text)
    await user.paste('entry: a\nstates:\n  - state: a\n    handler: {kind: robot}\n')
    expect(
      (await state('a')).getByText('It must be one of agent, parallel, consolidator, person, terminal.'),
    ).toBeTruthy()
    await user.clear(text)
    await user.click(text)
    await user.paste(JSON.stringify({ ...definition, description: 'Ours.' }))
    await user.click(saveButton())
    const dialog = within(await screen.findByRole('dialog', { name: 'What will change' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await expect.poll(() => router.state.location.search).toEqual({})
    expect(server.teamDefs.rows[1]).toMatchObject({ version: 2, definition: { ...definition, description: 'Ours.' } })
  })
})
