// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { type FakeAgent, FakeServer } from '../../../testing/fake-server.ts'
import { refuseAt, renderRoute } from '../../../testing/render-route.tsx'
import { forgetConversation, freshConversation, leaveConversation } from '../conversations.ts'
import { text } from '../model/makers.ts'

let server: FakeServer
let documentId: string
let goals: string
let message: string
let heard: string[]
/** What the agent does to the document before it answers. */
let act: FakeAgent = () => {}

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  heard = []
  act = () => {}
  server = new FakeServer(async (told, run, server) => {
    heard.push(told)
    await act(told, run, server)
    server.emit(run, text('It is done.'))
  })
  server.agents = [
    { name: 'demo', source: 'bundled', default: true },
    { name: 'doc/manager', source: 'bundled', documents: true },
    { name: 'drafter', source: 'own', documents: true },
  ]
  const made = server.documents.add('/docs/plan', ['Goals', 'Message'], { type: 'task', status: 'open' })
  documentId = made.id
  ;[goals, message] = made.chunkIds as [string, string]
  leaveConversation(freshConversation(documentId))
  forgetConversation('s1')
})

const open = (search = '') => renderRoute(server, `/documents/${documentId}?view=board${search}`)
const panel = async () => within(await screen.findByRole('region', { name: 'Assistant' }))
const field = async () => (await panel()).findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
const searchOf = ({ router }: ReturnType<typeof open>) => router.state.location.search as Record<string, unknown>

describe('the assistant beside a document', () => {
  it('opens by its button or its key, is in the address, and closes by Escape', async () => {
    const page = open()
    await page.user.click(await screen.findByRole('button', { name: 'Assistant' }))
    await waitFor(async () => expect(document.activeElement).toBe(await field()))
    expect(searchOf(page)).toMatchObject({ assistant: 'new', view: 'board' })
    await page.user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Assistant' })).toBeNull())
    expect(searchOf(page).assistant).toBeUndefined()
    await page.user.keyboard('{Alt>}a{/Alt}')
    expect(await field()).toBeTruthy()
  })

  it('tells its agent what is open, and shows what the agent then does to it', async () => {
    act = () => void server.documents.change(goals, { title: 'Better goals' })
    const page = open(`&card=${goals}&assistant=new`)
    expect((await panel()).getByText('“Goals”')).toBeTruthy()
    await page.user.type(await field(), 'Improve it{Enter}')
    expect(await (await panel()).findByText('It is done.')).toBeTruthy()
    expect(heard).toEqual([`Improve it\n\nAbout: [/docs/plan#Goals](/docs/plan?card=${goals})`])
    expect(await screen.findByRole('article', { name: /^Better goals/ })).toBeTruthy()
    await waitFor(() => expect(searchOf(page).assistant).toBe('s1'))
    const started = server.requests.find(({ path }) => path === '/v1/runs')
    expect(started?.body).toMatchObject({ agent: 'doc/manager' })
    expect((await field()).value).toBe('')
  })

  it('means what is selected before what is open, and the whole document where somebody says so', async () => {
    const page = open('&assistant=new')
    const { user } = page
    expect(await (await panel()).findByText('“plan”, the board', { exact: false })).toBeTruthy()
    for (const name of [/^Goals/, /^Message/]) {
      ;(await screen.findByRole('article', { name })).focus()
      await user.keyboard('x')
    }
    expect(await (await panel()).findByText('2 selected chunks')).toBeTruthy()
    await user.type(await field(), 'Sort them{Enter}')
    await waitFor(() => expect(heard[0]).toContain(`?card=${goals}), [`))
    expect(heard[0]).toContain(`?card=${message})`)
    await user.click((await panel()).getByRole('button', { name: 'About the whole document' }))
    await user.type(await field(), 'And this?{Enter}')
    await waitFor(() => expect(heard[1]).toBe('And this?\n\nAbout: [/docs/plan](/docs/plan), seen as board'))
  })

  it('stays over other views, and goes on where it was when it is opened again', async () => {
    const page = open('&assistant=new')
    const { user } = page
    await user.type(await field(), 'Hello{Enter}')
    expect(await (await panel()).findByText('It is done.')).toBeTruthy()
    await user.type(await field(), 'not sent yet')
    await user.click(screen.getByRole('link', { name: 'Table' }))
    await screen.findByRole('grid')
    expect((await field()).value).toBe('not sent yet')
    await user.click((await panel()).getByRole('button', { name: 'Close the assistant' }))
    await user.click(screen.getByRole('button', { name: 'Assistant' }))
    expect(await (await panel()).findByText('It is done.')).toBeTruthy()
    expect((await field()).value).toBe('not sent yet')
    await user.click((await panel()).getByRole('button', { name: 'New conversation' }))
    await waitFor(() => expect(searchOf(page).assistant).toBe('new'))
  })

  it('is whoever was chosen last of those that work on documents', async () => {
    const { user } = open('&assistant=new')
    const choice = await (await panel()).findByRole<HTMLSelectElement>('combobox', { name: 'Agent' })
    expect([...choice.options].map(({ value }) => value)).toEqual(['doc/manager', 'drafter'])
    expect(choice.value).toBe('doc/manager')
    await user.selectOptions(choice, 'drafter')
    expect(localStorage.getItem('loomboard.document-agent')).toBe('drafter')
    await user.type(await field(), 'Hello{Enter}')
    await waitFor(() =>
      expect(server.requests.find(({ path }) => path === '/v1/runs')?.body).toMatchObject({ agent: 'drafter' }),
    )
  })

  it('says what to do where no agent works on documents', async () => {
    server.agents = [{ name: 'demo', source: 'bundled', default: true }]
    open('&assistant=new')
    expect(await (await panel()).findByText('No agent here works on documents')).toBeTruthy()
    expect((await panel()).queryByRole('textbox')).toBeNull()
  })

  it('says why the agents cannot be read, and asks again', async () => {
    refuseAt(server, /runnable-agents$/, 'no such tenant')
    const { user } = open('&assistant=new')
    expect((await (await panel()).findByRole('alert')).textContent).toContain('no such tenant')
    server.intercept = undefined
    await user.click((await panel()).getByRole('button', { name: 'Try again' }))
    expect(await field()).toBeTruthy()
  })

  it('gives back what was written and could not be sent, without what it was about', async () => {
    const { user } = open(`&card=${goals}&assistant=new`)
    await field()
    refuseAt(server, /^\/v1\/runs$/, 'not today')
    await user.type(await field(), 'Improve it{Enter}')
    expect((await (await panel()).findByRole('alert')).textContent).toContain('not today')
    expect((await field()).value).toBe('Improve it')
  })

  it('keeps what is written while the runtime is away, and says so', async () => {
    const { user } = open('&assistant=new')
    await user.type(await field(), 'Later')
    server.down = true
    await user.keyboard('{Enter}')
    expect(await (await panel()).findByText(/What you write stays here until it is back/)).toBeTruthy()
    expect((await field()).value).toBe('Later')
  })

  it('does not stop its agent when it is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    act = () => promise
    const page = open('&assistant=new')
    await page.user.type(await field(), 'Take your time{Enter}')
    expect(await (await panel()).findByText('Working')).toBeTruthy()
    await waitFor(() => expect(searchOf(page).assistant).toBe('s1'))
    await page.user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Assistant' })).toBeNull())
    expect(server.requests.some(({ path }) => /cancel|stop/.test(path))).toBe(false)
    resolve()
    await page.user.keyboard('{Alt>}a{/Alt}')
    expect(await (await panel()).findByText('It is done.')).toBeTruthy()
  })

  it('takes links to its document’s cards as something to look at here', async () => {
    act = async (_told, run, server) => server.emit(run, text(`See [Message](/docs/plan?card=${message}). `))
    const page = open('&assistant=new')
    await page.user.type(await field(), 'Where?{Enter}')
    await page.user.click(await (await panel()).findByRole('link', { name: 'Message' }))
    await waitFor(() => expect(searchOf(page)).toMatchObject({ card: message, view: 'board', assistant: 's1' }))
  })
})
