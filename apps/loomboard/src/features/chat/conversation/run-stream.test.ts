import { describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { parked, sketch, text } from '../model/makers.ts'
import { aConversation, along, echo, picture, until, untilParked } from './makers.ts'

let server: FakeServer

describe('following', () => {
  it('in the middle of an answer shows what was said and what is still to come, once', async () => {
    server = new FakeServer()
    const run = server.addSession('Live', 'Go', 'working')
    server.emit(run, text('One '))
    const chat = aConversation(server, run.session_id)
    await chat.open()
    await until(chat, () => server.readerCount === 1)
    server.emit(run, text('two'), parked)
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Go | text:One two (done)'])
  })

  it('in a second tab shows what the first tab sends', async () => {
    server = new FakeServer(echo)
    const one = aConversation(server)
    await one.start('demo', 'Hello')
    await untilParked(one)
    const two = aConversation(server, one.sessionId)
    await two.open()
    await one.send('From the first tab')
    await untilParked(two, 2)
    expect(sketch(two.view)).toEqual(sketch(one.view))
  })

  it('again after a dropped connection loses and doubles nothing', async () => {
    server = new FakeServer()
    const run = server.addSession('Live', 'Go', 'working')
    const chat = aConversation(server, run.session_id)
    await chat.open()
    await until(chat, () => server.readerCount === 1)
    for (const word of ['a', 'b', 'c', 'd']) {
      server.emit(run, text(word))
      server.drop()
    }
    server.emit(run, text('e'), parked)
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Go | text:abcde (done)'])
  })

  it('again after being away reads only what is new', async () => {
    server = new FakeServer(echo)
    const run = server.addSession('Live', 'Go')
    const chat = aConversation(server, run.session_id)
    await chat.open()
    chat.detach()
    server.tell(run, 'From elsewhere')
    await chat.open()
    await untilParked(chat, 2)
    expect(sketch(chat.view)).toEqual(['> Go | (done)', '> From elsewhere | text:You said From elsewhere. (done)'])
    const streams = server.requests.map(({ path }) => path).filter((path) => path.includes('/stream'))
    expect(streams.map((path) => path.split('?')[1])).toEqual(['from_seq=1', 'from_seq=4'])
  })

  it('pictures in another tab fetches them for this one', async () => {
    server = new FakeServer(echo)
    const here = aConversation(server)
    await here.start('demo', 'Hello')
    await untilParked(here)
    const there = aConversation(server, here.sessionId)
    await there.open()
    await here.send('Unread', along)
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = there.state.subscribe(() => there.view.turns.at(-1)?.input?.pictures && resolve())
    await promise
    stop()
    expect(there.view.turns.at(-1)?.input).toMatchObject({ text: 'Unread', pictures: [picture] })
  })
})
