// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { askAsMember, refuseAt, renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer
const today = new Date().toISOString().slice(0, 10)
const row = (agent: string, input_tokens: number, more = {}) => ({
  ...{ day: today, agent, input_tokens, output_tokens: 5, cache_creation_tokens: 2, cache_read_tokens: 100 },
  ...{ cost: 0, call_count: 1, unpriced_calls: 1, ...more },
})

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  server.usage = [row('planner', 1000, { cost: 0.25, currency: 'USD', unpriced_calls: 0 }), row('scout', 20)]
})

const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((line) => [...line.children].map(({ textContent }) => textContent).join(' | '))

describe('usage', () => {
  it('says what was taken and cost, and how many calls had no price', async () => {
    renderRoute(server, '/usage')
    const table = await screen.findByRole('region', { name: 'By day, in figures' })
    expect(
      cells(table)
        .slice(1)
        .map((line) => line.replace(/^[^|]*\| /, '')),
    ).toEqual(['1,020 | 10 | 200 | 4 | 2 | 1 | $0.25', '1,020 | 10 | 200 | 4 | 2 | 1 | $0.25'])
    expect(screen.getByText('1 without a price')).toBeTruthy()
    expect(screen.getByText('Without 1 call')).toBeTruthy()
  })

  it('is told apart by agent, for other days, in the address', async () => {
    const { user, router } = renderRoute(server, '/usage')
    await user.click(await screen.findByRole('radio', { name: 'Agent' }))
    const table = await screen.findByRole('region', { name: 'By agent, in figures' })
    expect(cells(table).map((line) => line.split(' | ')[0])).toEqual(['Agent', 'planner', 'scout', 'All'])
    const drawn = screen.getByRole('region', { name: 'Tokens by day and agent, in figures' })
    expect(cells(drawn)[0]).toBe('Day | planner | scout')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Which days' }), 'This month')
    expect(router.state.location.search).toEqual({ by: 'agent', range: 'month' })
    const asked = server.requests.findLast(({ path }) => path.startsWith('/v1/_usage'))!.path
    expect(asked).toContain(`from=${today.slice(0, 8)}01`)
    expect(asked).toContain('group_by=day%2Cagent')
  })

  it('has a number of days in the address as one, without quotes around it', async () => {
    const { user, router } = renderRoute(server, '/usage?range=90')
    const days = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Which days' })
    expect(days.value).toBe('90')
    await user.click(await screen.findByRole('radio', { name: 'Agent' }))
    expect(router.state.location.href).toBe('/usage?range=90&by=agent')
    await user.selectOptions(days, '7 days')
    expect(router.state.location.href).toBe('/usage?range=7&by=agent')
    await user.selectOptions(days, '30 days')
    expect(router.state.location.href).toBe('/usage?by=agent')
  })

  it('is shown as what it is while something else is awaited', async () => {
    const { user } = renderRoute(server, '/usage')
    await screen.findByRole('region', { name: 'By day, in figures' })
    const gate = Promise.withResolvers<undefined>()
    server.intercept = (_method, path) => (path === '/v1/_usage' ? gate.promise : undefined)
    await user.click(screen.getByRole('radio', { name: 'Agent' }))
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Agent' }).checked).toBe(true)
    expect(screen.getByRole('region', { name: 'By day, in figures' })).toBeTruthy()
    gate.resolve(undefined)
    expect(await screen.findByRole('region', { name: 'By agent, in figures' })).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'By day, in figures' })).toBeNull()
  })

  it('is read day by day with arrows', async () => {
    const { user } = renderRoute(server, '/usage?by=agent&range=7')
    const chart = await screen.findByRole('slider', { name: 'Tokens by day and agent: choose a day' })
    chart.focus()
    await user.keyboard('{ArrowLeft}')
    expect(chart.getAttribute('aria-valuetext')).toMatch(/^\d+ \w+, planner 1.1K, scout 127$/)
    await user.keyboard('{ArrowLeft}')
    expect(chart.getAttribute('aria-valuetext')).toMatch(/planner 0, scout 0$/)
    await user.keyboard('{Escape}')
    expect(chart.getAttribute('aria-valuetext')).toBe('No day is chosen')
  })

  it('says where prices stand, where none is known', async () => {
    server.usage = [row('scout', 20)]
    renderRoute(server, '/usage?measure=cost')
    expect(await screen.findByText(/No call of these days had a price/)).toBeTruthy()
  })

  it('that cost money of several currencies is drawn in one, which is named', async () => {
    server.usage = [row('planner', 9, { cost: 0.1, currency: 'USD' }), row('scout', 9, { cost: 0.22, currency: 'JPY' })]
    renderRoute(server, '/usage?measure=cost')
    await screen.findByRole('slider', { name: 'Cost in JPY by day and kind: choose a day' })
    expect(screen.getByText('$0.10 + ¥0.22')).toBeTruthy()
    const table = await screen.findByRole('region', { name: 'By day, in figures' })
    const costs = within(table).getAllByRole('row').at(-1)!.lastElementChild!
    expect([...costs.children].map(({ textContent }) => textContent)).toEqual(['$0.10', '¥0.22'])
  })

  it('is not asked for by somebody who may not be told', async () => {
    askAsMember(server)
    renderRoute(server, '/usage')
    expect(await screen.findByText('Usage is told to whoever runs this tenant')).toBeTruthy()
    expect(server.requests.filter(({ path }) => /_usage|_limits/.test(path))).toEqual([])
  })

  it('is none at first, and says so', async () => {
    server.usage = []
    renderRoute(server, '/usage')
    expect(await screen.findByText('No model was called in these days')).toBeTruthy()
  })

  it('says why where it cannot be loaded, and is asked for again', async () => {
    await triedAgain(server, '/usage', /_usage$/)
    expect(await screen.findByRole('region', { name: 'By day, in figures' })).toBeTruthy()
  })
})

describe('limits', () => {
  const dialog = () => screen.findByRole('dialog')

  it('are set in plain words, changed, and taken away', async () => {
    const { user } = renderRoute(server, '/usage')
    await user.click(await screen.findByRole('button', { name: 'New limit' }))
    let form = within(await dialog())
    await user.type(form.getByLabelText(/^Who, by the name/), 'ada')
    await user.type(form.getByLabelText('Say so from'), '2M')
    await user.type(form.getByLabelText('Stop at'), '1M')
    expect(form.getByText('It would stop before it says so.')).toBeTruthy()
    expect(form.getByRole<HTMLButtonElement>('button', { name: 'Set it' }).disabled).toBe(true)
    await user.clear(form.getByLabelText('Say so from'))
    await user.type(form.getByLabelText('Say so from'), '800k')
    await user.click(form.getByRole('button', { name: 'Set it' }))
    const words = '0 of 1M tokens this month. From 800K on runs say so. From 1M on no model is called.'
    expect((await screen.findByText(words)).closest('li')!.textContent).toBe(`ada${words}`)
    await user.click(screen.getByRole('button', { name: 'Change the limit of ada' }))
    form = within(await dialog())
    await user.clear(form.getByLabelText('Say so from'))
    await user.click(form.getByRole('button', { name: 'Set it' }))
    expect(await screen.findByText('0 of 1M tokens this month. From 1M on no model is called.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Take the limit of ada away' }))
    expect(await screen.findByText(/^None is set/)).toBeTruthy()
  })

  it('come back as they were, where taking them away was not meant', async () => {
    server.limits = [
      {
        ...{ scope: 'user', scope_id: 'ada', tenant_id: 'acme', soft_limit: 800_000, hard_limit: 1_000_000 },
        ...{ used: 5, resets_at: '2023-12-01T00:00:00Z', updated_at: '2023-11-01T00:00:00Z', updated_by: 'root' },
      },
    ]
    const { user } = renderRoute(server, '/usage')
    await user.click(await screen.findByRole('button', { name: 'Take the limit of ada away' }))
    expect(await screen.findByText('The limit of ada is taken away')).toBeTruthy()
    expect(server.limits).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('button', { name: 'Take the limit of ada away' })).toBeTruthy()
    expect(server.requests.findLast(({ method }) => method === 'PUT')!.body).toEqual({
      ...{ scope: 'user', scope_id: 'ada', tenant_id: 'acme', soft_limit: 800_000, hard_limit: 1_000_000 },
    })
  })

  it('are set by keyboard, which is where it was afterwards', async () => {
    const { user } = renderRoute(server, '/usage')
    const add = await screen.findByRole('button', { name: 'New limit' })
    add.focus()
    await user.keyboard('{Enter}')
    await dialog()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(add))
    await user.keyboard('{Enter}')
    const form = within(await dialog())
    await user.selectOptions(form.getByLabelText('Whose'), 'The whole runtime')
    await user.type(form.getByLabelText('Stop at'), '1M{Enter}')
    const away = await screen.findByRole('button', { name: 'Take the limit of The whole runtime away' })
    await waitFor(() => expect(document.activeElement).toBe(add))
    away.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(add))
    expect(await screen.findByText(/^None is set/)).toBeTruthy()
  })

  it('that are refused say why, and stay open', async () => {
    const { user } = renderRoute(server, '/usage')
    await user.click(await screen.findByRole('button', { name: 'New limit' }))
    refuseAt(server, /_limits$/, 'not for you')
    const form = within(await dialog())
    await user.selectOptions(form.getByLabelText('Whose'), 'The whole runtime')
    await user.type(form.getByLabelText('Stop at'), '1M')
    await user.click(form.getByRole('button', { name: 'Set it' }))
    expect((await form.findByRole('alert')).textContent).toContain('not for you')
  })
})
