// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { refuseAt, renderRoute } from '../../testing/render-route.tsx'
import { echo } from './conversation/makers.ts'
import { forgetConversation, freshConversation, leaveConversation } from './conversations.ts'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  server = new FakeServer(echo)
  // Each test is a tab that has seen nothing.
  leaveConversation(freshConversation())
  forgetConversation('s1')
})

const message = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })

describe('a chat', () => {
  it('begins with a message, gets an address and its answer', async () => {
    const { user, router } = renderRoute(server, '/chat')
    await user.type(await message(), 'Hello{Enter}')
    expect(await screen.findByText('You said Hello.')).toBeTruthy()
    await waitFor(() => expect(router.state.location.pathname).toBe('/chat/s1'))
    expect((await message()).value).toBe('')
  })

  it('is loading, then there with all that was said; the next message goes on with it', async () => {
    const run = server.addSession('Rain', 'I like rain', 'ended')
    const { promise, resolve } = Promise.withResolvers<undefined>()
    server.intercept = (_method, path) => (path.endsWith('/transcript') ? promise : undefined)
    const { user } = renderRoute(server, `/chat/${run.session_id}`)
    expect(await screen.findByRole('status', { name: 'Loading the conversation' })).toBeTruthy()
    resolve(undefined)
    expect(await screen.findByText('I like rain')).toBeTruthy()
    await user.type(await message(), 'And snow?{Enter}')
    expect(await screen.findByText('You said And snow?.')).toBeTruthy()
  })

  it('that is not there says so', async () => {
    renderRoute(server, '/chat/nowhere')
    expect((await screen.findByRole('alert')).textContent).toContain('This chat could not be opened')
  })

  it('gives a message back that was refused, with the reason', async () => {
    const run = server.addSession('Rain', 'I like rain')
    const { user } = renderRoute(server, `/chat/${run.session_id}`)
    await screen.findByText('I like rain')
    refuseAt(server, /\/input$/, 'the words are too long')
    await user.type(await message(), 'Snow{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('the words are too long')
    expect((await message()).value).toBe('Snow')
  })
})

describe('a key that belongs to a word being composed', () => {
  it.each([
    ['as browsers say it', { isComposing: true }],
    ['as Safari says it', { keyCode: 229 }],
  ])('sends nothing, %s', async (_, init) => {
    renderRoute(server, '/chat')
    const field = await message()
    fireEvent.change(field, { target: { value: 'にほ' } })
    fireEvent.keyDown(field, { key: 'Enter', ...init })
    expect(field.value).toBe('にほ')
    fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(field.value).toBe(''))
  })
})

describe('on a screen with a keyboard of its own', () => {
  it('Enter makes a line, and the button sends', async () => {
    const { matchMedia } = globalThis
    globalThis.matchMedia = (query) => ({ ...matchMedia(query), matches: query.includes('coarse') })
    try {
      const { user } = renderRoute(server, '/chat')
      await user.type(await message(), 'one{Enter}two')
      expect((await message()).value).toBe('one\ntwo')
      await user.click(screen.getByRole('button', { name: 'Send' }))
      expect(await screen.findByText(/^You said one/)).toBeTruthy()
    } finally {
      globalThis.matchMedia = matchMedia
    }
  })
})

describe('the list of chats', () => {
  it('is empty: what will be there is said', async () => {
    renderRoute(server, '/chat')
    expect(await screen.findByText('No chats yet')).toBeTruthy()
  })

  it('has them by title, each a link', async () => {
    const run = server.addSession('About rain', 'I like rain', 'ended')
    renderRoute(server, '/chat')
    const link = await within(await screen.findByRole('complementary', { name: 'Sidebar' })).findByRole('link', {
      name: /^About rain/,
    })
    expect(link.getAttribute('href')).toBe(`/chat/${run.session_id}`)
  })

  it('that cannot be read says why', async () => {
    refuseAt(server, /_history$/, 'history is locked')
    renderRoute(server, '/chat')
    expect(await screen.findByText('history is locked')).toBeTruthy()
  })
})
