// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { storedInTab } from '../../../lib/browser/stored.ts'
import { FakeServer } from '../../../testing/fake-server.ts'
import { reload, renderRoute } from '../../../testing/render-route.tsx'
import { echo } from '../conversation/makers.ts'
import { forgetConversation, freshConversation, leaveConversation } from '../conversations.ts'
import { tuningKey } from './chosen.ts'
import { tuneNew } from './tuning.ts'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  tuneNew({})
  server = new FakeServer(echo)
  server.models = {
    providers: [
      {
        provider: 'anthropic',
        default: true,
        default_model: 'claude-x',
        models: [{ id: 'claude-x', effort: true }, { id: 'claude-y' }],
      },
      { provider: 'scripted', scripted: true, models: [{ id: 'demo' }] },
    ],
  }
  // Each test is a tab that has seen nothing.
  leaveConversation(freshConversation())
  forgetConversation('s1')
})

type User = ReturnType<typeof renderRoute>['user']
const open = async (user: User) => {
  await user.click(await screen.findByRole('button', { name: /^Model/ }))
  return screen.findByRole('dialog', { name: 'Model of this conversation' })
}
const choose = async (user: User, panel: HTMLElement, model: string) => {
  await within(panel).findByRole('option', { name: model })
  await user.selectOptions(within(panel).getByLabelText('Model'), model)
}
const asked = (op: string) =>
  server.requests.filter(({ body }) => (body as { op?: string })?.op === op).map(({ body }) => body)

describe('the model of a conversation', () => {
  it('is chosen from what there is, with effort and sampling, and used from its next turn on', async () => {
    const run = server.addSession('Rain', 'I like rain')
    const { user } = renderRoute(server, `/chat/${run.session_id}`)
    const panel = await open(user)
    expect(panel.textContent).toContain('the agent demo stays as it is')
    await choose(user, panel, 'claude-y')
    expect(within(panel).queryByRole('option', { name: 'demo' })).toBeNull()
    await user.selectOptions(within(panel).getByLabelText('Effort'), 'low')
    expect(panel.textContent).toContain('claude-y cannot be told how much to think')
    await user.type(within(panel).getByLabelText('Temperature'), '0.2')
    await user.click(within(panel).getByRole('button', { name: 'Use from the next turn' }))
    expect(await screen.findByText('From the next turn on')).toBeTruthy()
    expect(asked('derive')).toEqual([
      {
        op: 'derive',
        session_id: run.session_id,
        overrides: { provider: 'anthropic', model: 'claude-y', effort: 'low', sampling: { temperature: 0.2 } },
      },
    ])
    expect(await screen.findByRole('button', { name: 'Model: claude-y · low effort · temperature 0.2' })).toBeTruthy()
  })

  it('has its size beside it, and whether it is loaded, where it runs on a machine of one’s own', async () => {
    const models = [
      { id: 'gemma3:4b', size_bytes: 3_300_000_000, loaded: true },
      { id: 'qwen3:14b', size_bytes: 9_300_000_000, loaded: false },
    ]
    server.models = { providers: [{ provider: 'ollama-local', default: true, default_model: 'gemma3:4b', models }] }
    const { user } = renderRoute(server, '/chat')
    const panel = await open(user)
    await choose(user, panel, 'gemma3:4b (usual, 3.3 GB, loaded)')
    expect(panel.textContent).not.toContain('is not loaded')
    await choose(user, panel, 'qwen3:14b (9.3 GB)')
    expect(panel.textContent).toContain('qwen3:14b is not loaded')
  })

  it('that was chosen before is there, and goes with Restore', async () => {
    const run = server.addSession('Rain', 'I like rain')
    const { session_id } = run
    server.derived.set(session_id, {
      name: 'd',
      base: 'demo',
      session_id,
      overrides: { provider: 'anthropic', model: 'claude-x' },
    })
    const { user } = renderRoute(server, `/chat/${session_id}`)
    await screen.findByRole('button', { name: 'Model: claude-x' })
    const panel = await open(user)
    await within(panel).findByRole('option', { name: 'claude-x (usual)' })
    expect(within(panel).getByLabelText<HTMLSelectElement>('Model').value).toBe('anthropic\nclaude-x')
    await user.click(within(panel).getByRole('button', { name: 'Restore' }))
    expect(await screen.findByRole('button', { name: 'Model of this conversation' })).toBeTruthy()
    expect(server.derived.size).toBe(0)
  })

  it('that the runtime does not take is refused in the panel', async () => {
    server.models.providers[0]!.models.push({ id: 'gone' })
    const run = server.addSession('Rain', 'I like rain')
    const { user } = renderRoute(server, `/chat/${run.session_id}`)
    const panel = await open(user)
    await choose(user, panel, 'gone')
    await user.click(within(panel).getByRole('button', { name: 'Use from the next turn' }))
    expect((await within(panel).findByRole('alert')).textContent).toBe('the service has no model gone')
  })

  it('is chosen before the first message, over a reload, and the chat begins with it', async () => {
    const { user } = renderRoute(server, '/chat')
    const panel = await open(user)
    await choose(user, panel, 'claude-y')
    await user.click(within(panel).getByRole('button', { name: 'Use for this chat' }))
    await screen.findByRole('button', { name: 'Model: claude-y' })
    // A store of its own is what a page that is loaded again reads.
    expect(JSON.parse(storedInTab.read(tuningKey)!)).toEqual({ provider: 'anthropic', model: 'claude-y' })
    const again = reload(server, '/chat')
    await screen.findByRole('button', { name: 'Model: claude-y' })
    await again.user.type(await screen.findByRole('textbox', { name: 'Message' }), 'Hello{Enter}')
    expect(await screen.findByText('You said Hello.')).toBeTruthy()
    expect(asked('derive')).toMatchObject([{ name: 'demo', overrides: { provider: 'anthropic', model: 'claude-y' } }])
    expect(server.derived.get('s1')).toMatchObject({ base: 'demo' })
    expect(await screen.findByRole('button', { name: 'Model: claude-y' })).toBeTruthy()
    // The next one begins with its agent as it is.
    expect(storedInTab.read(tuningKey)).toBeNull()
    await again.user.click(screen.getAllByRole('link', { name: /New chat/ })[0]!)
    expect(await screen.findByRole('button', { name: 'Model of this conversation' })).toBeTruthy()
  })

  it('opens with /model', async () => {
    const run = server.addSession('Rain', 'I like rain')
    const { user } = renderRoute(server, `/chat/${run.session_id}`)
    await user.type(await screen.findByRole('textbox', { name: 'Message' }), '/model{Enter}')
    expect(await screen.findByRole('dialog', { name: 'Model of this conversation' })).toBeTruthy()
  })

  it('cannot be chosen where no service is set up, and says so', async () => {
    server.models = { providers: [{ provider: 'scripted', scripted: true, models: [] }] }
    const run = server.addSession('Rain', 'I like rain')
    const { user } = renderRoute(server, `/chat/${run.session_id}`)
    const panel = await open(user)
    expect(await within(panel).findByText('No model service is set up.')).toBeTruthy()
  })
})

it('skills are offered with @', async () => {
  server.skillDefs.add('sums', { description: 'For sums.', body: 'Add.' })
  const { user } = renderRoute(server, '/chat')
  const message = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  await user.type(message, 'Use @sum')
  const option = await screen.findByRole('option', { name: /@sums/ })
  expect(option.textContent).toContain('Skill. For sums.')
  await user.click(option)
  expect(message.value).toBe('Use the skill sums ')
})
