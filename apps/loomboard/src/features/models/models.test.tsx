// @vitest-environment jsdom
import type { wire } from '@loomcycle/client'
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { askAsMember, renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer
const at = '2023-11-14T22:13:20Z'
const well: wire.ResolverProviderAvailability = {
  ...{ excluded: false, reachable: true, models: {}, last_check: at, source: 'environment' },
}

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  server.models = {
    providers: [
      {
        ...{ provider: 'anthropic', default: true, default_model: 'sonnet' },
        models: [
          { id: 'sonnet', effort: true, pictures: true, context_window: 200_000 },
          ...Array.from({ length: 12 }, (_, i) => ({ id: `other-${i}` })),
        ],
      },
      { provider: 'ollama-local', models: [{ id: 'qwen3:4b', size_bytes: 2_600_000_000, loaded: true }] },
      { provider: 'scripted', scripted: true, models: [] },
    ],
  }
  server.services = {
    anthropic: { ...well, key_variable: 'ANTHROPIC_API_KEY' },
    'ollama-local': { ...well, source: 'found' },
    scripted: { ...well, source: 'builtin' },
    openai: {
      ...{ excluded: true, reachable: false, models: {} },
      ...{ key_variable: 'OPENAI_API_KEY', to_set_up: 'set OPENAI_API_KEY' },
    },
  }
})

const service = (name: string) => screen.findByRole('region', { name })

describe('models', () => {
  it('are shown by service, with where its key is, what they can and who uses them', async () => {
    const writer = { description: 'Writes.', model: 'qwen3:4b', provider: 'ollama-local' }
    server.agentDefs.configured.set('writer', writer)
    renderRoute(server, '/models')
    const anthropic = await service('anthropic')
    await within(anthropic).findByText('Its key is in the environment variable ANTHROPIC_API_KEY.')
    expect(within(anthropic).getByText('Answers')).toBeTruthy()
    expect(within(anthropic).getByText('Default')).toBeTruthy()
    const [first] = within(anthropic).getAllByRole('listitem')
    expect(first!.textContent).toBe('sonnetUsual200K tokens of context · Thinks · Sees pictures')
    const local = await service('ollama-local')
    expect(local.textContent).toContain('Found on this machine')
    expect(local.textContent).toContain('qwen3:4bLoaded2.6 GB')
    const link = await within(local).findByRole('link', { name: 'writer' })
    expect(link.getAttribute('href')).toBe('/agents/writer')
    const others = within(screen.getByRole('region', { name: 'Not set up' })).getAllByRole('listitem')
    expect(others.map(({ textContent }) => textContent)).toEqual(['openaiSet OPENAI_API_KEY.'])
  })

  it('of a service that has many are shown when somebody asks', async () => {
    const { user } = renderRoute(server, '/models')
    const anthropic = await service('anthropic')
    expect(within(anthropic).getAllByRole('listitem')).toHaveLength(8)
    await user.click(within(anthropic).getByRole('button', { name: 'Show 5 more models' }))
    expect(within(anthropic).getAllByRole('listitem')).toHaveLength(13)
  })

  it('that do not answer say why, and are seen to answer again without a reload', async () => {
    server.services.anthropic = {
      ...server.services.anthropic!,
      reachable: false,
      last_error: 'anthropic 401: bad key',
    }
    const { user } = renderRoute(server, '/models')
    const anthropic = await service('anthropic')
    expect(await within(anthropic).findByText('anthropic 401: bad key')).toBeTruthy()
    expect(within(anthropic).getByText('Does not answer')).toBeTruthy()
    expect(anthropic.textContent).toContain('correct ANTHROPIC_API_KEY and start the runtime again')
    server.services.anthropic = {
      ...{ ...well, key_variable: 'ANTHROPIC_API_KEY' },
      last_failure: { at, error: 'anthropic 401: bad key', model: 'sonnet' },
    }
    await user.click(screen.getByRole('button', { name: 'Probe now' }))
    expect(await within(anthropic).findByText('Answers')).toBeTruthy()
    expect(anthropic.textContent).toMatch(/Last trouble, .* with sonnet: anthropic 401: bad key/)
  })

  it('that nothing serves are named, with what to do', async () => {
    server.models.aliases = { fast: { provider: 'openai', model: 'mini' } }
    renderRoute(server, '/models')
    const why = await screen.findByText(/openai is not set up: set OPENAI_API_KEY, and start the runtime again\.$/)
    expect(why.textContent).toMatch(/^The name fast: /)
    expect(why.closest('section')!.getAttribute('aria-label')).toBe('Nothing serves these')
  })

  it('are none at first: the page says how to get one, and what it has found so far', async () => {
    server.models = { providers: [{ provider: 'scripted', scripted: true, default: true, models: [] }] }
    server.services['ollama-local'] = {
      ...{ excluded: true, reachable: false, models: {}, to_set_up: 'set OLLAMA_BASE_URL' },
      last_error: 'No Ollama answers at http://127.0.0.1:11434.',
    }
    renderRoute(server, '/models')
    const steps = await screen.findByRole('region', { name: 'How to add a model' })
    expect((await within(steps).findByRole('status')).textContent).toBe('No Ollama answers at http://127.0.0.1:11434.')
    expect(steps.textContent).toContain('nothing has to be started again')
    expect(steps.textContent).toContain('cannot see a variable that is set later')
  })

  it('that turn up while somebody looks are shown with the agents that use them from then on', async () => {
    const found = server.models
    server.models = { providers: [{ provider: 'scripted', scripted: true, default: true, models: [] }] }
    const { user } = renderRoute(server, '/models')
    await screen.findByRole('region', { name: 'How to add a model' })
    server.models = found
    const writer = { description: 'Writes.', model: 'qwen3:4b', provider: 'ollama-local' }
    server.agentDefs.configured.set('writer', writer)
    await user.click(await screen.findByRole('button', { name: 'Probe now' }))
    expect(await within(await service('ollama-local')).findByRole('link', { name: 'writer' })).toBeTruthy()
  })

  it('are shown to somebody who is no operator without how they are doing', async () => {
    askAsMember(server)
    renderRoute(server, '/models')
    expect(await service('anthropic')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Probe now' })).toBeNull()
    expect(server.requests.filter(({ path }) => /_resolver|_routing|_library/.test(path))).toEqual([])
  })

  it('say so where they cannot be loaded, and are asked for again', async () => {
    await triedAgain(server, '/models', /_models$/)
    expect(await service('anthropic')).toBeTruthy()
  })
})
