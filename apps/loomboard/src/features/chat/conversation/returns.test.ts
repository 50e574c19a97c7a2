import { describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { aConversation, along, loseAnswerTo, returned, until } from './makers.ts'

let server: FakeServer

describe('what a run did not read', () => {
  it('a run hands back what it had not read, to whoever sent it, with what went along', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation(server)
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    const elsewhere = aConversation(server, chat.sessionId)
    await elsewhere.open()
    await chat.send('Unread', along)
    await elsewhere.end()
    const back = await returned(chat)
    expect(back).toMatchObject({
      text: 'Unread',
      attachments: along.attachments,
      reason: expect.stringContaining('ended'),
    })
    chat.takeReturned()
    await until(elsewhere, (_lines, phase) => phase === 'ended')
    expect(server.returnedTo(chat.sessionId!)).toBe(0)
    expect(elsewhere.state.get().returned).toBeUndefined()
    expect(chat.view.pending).toEqual([])
  })

  it('a run that ends by itself hands back what it had not read to the tab where it was said', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation(server)
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    await chat.send('Unread')
    chat.detach()
    // The other tab hears of the end first.
    const elsewhere = aConversation(server, chat.sessionId)
    await elsewhere.open()
    await until(elsewhere, () => server.readerCount === 1)
    await chat.open()
    await until(chat, () => server.readerCount === 2)
    server.end(server.runs.get('r1')!, 'cancelled')
    expect((await returned(chat)).text).toBe('Unread')
    await until(elsewhere, () => elsewhere.view.pending.length === 0)
    expect(elsewhere.state.get().returned).toBeUndefined()
  })

  it('a run hands back what it had not read to whoever comes later, once', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const gone = aConversation(server)
    await gone.start('demo', 'Go')
    await until(gone, (lines) => lines.length === 1)
    await gone.send('Unread', along)
    gone.detach()
    const { sessionId } = gone
    server.end(server.runs.get('r1')!, 'cancelled')

    const later = aConversation(server, sessionId)
    loseAnswerTo(server, '/returned_inputs')
    await later.open()
    const back = await returned(later)
    expect(back.text).toBe('Unread')
    expect(back.attachments.map(({ content }) => content.kind)).toEqual(['picture'])
    later.takeReturned()
    const latest = aConversation(server, sessionId)
    await latest.open()
    expect(latest.state.get().status).toBe('ready')
    expect(latest.state.get().returned).toBeUndefined()
  })
})
