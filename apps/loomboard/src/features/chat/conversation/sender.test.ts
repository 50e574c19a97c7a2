import { describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { sketch } from '../model/makers.ts'
import { aConversation, along, echo, loseAnswerTo, picture, until, untilParked } from './makers.ts'

let server: FakeServer

describe('a new conversation', () => {
  it('learns its session, shows the message once and the answer as it comes', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server)
    expect(await chat.start('demo', 'Hello')).toBe(true)
    expect(chat.sessionId).toBe('s1')
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Hello | text:You said Hello. (done)'])
    expect(chat.view.pending).toEqual([])
  })

  it('that is refused gives the text back with the reason, and can be tried again', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server)
    expect(await chat.start('nobody', 'Hello')).toBe(false)
    expect(chat.state.get()).toMatchObject({
      status: 'new',
      returned: { text: 'Hello', reason: expect.stringContaining('unknown agent') },
    })
    expect(await chat.start('demo', 'Hello')).toBe(true)
  })
})

describe('a message that is faster than the list of agents', () => {
  it('is shown as waiting, and goes when they are there', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server)
    const agent = Promise.withResolvers<string>()
    const sent = chat.start(agent.promise, 'Hello')
    expect(chat.view.pending).toMatchObject([{ text: 'Hello', waits: expect.stringContaining('agents') }])
    expect(server.requests).toEqual([])
    agent.resolve('demo')
    expect(await sent).toBe(true)
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Hello | text:You said Hello. (done)'])
  })

  it('comes back with the reason when they cannot be had', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server)
    expect(await chat.start(Promise.reject(new TypeError('fetch failed')), 'Hello', along)).toBe(false)
    expect(chat.state.get()).toMatchObject({
      status: 'new',
      returned: { text: along.typed, attachments: along.attachments, unsure: true },
    })
  })
})

describe('sending', () => {
  it('to a parked run is a reply on the same run', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server)
    await chat.start('demo', 'One')
    await untilParked(chat)
    expect(await chat.send('Two')).toBe(true)
    await untilParked(chat, 2)
    expect(sketch(chat.view)).toEqual(['> One | text:You said One. (done)', '> Two | text:You said Two. (done)'])
    expect(server.runs.size).toBe(1)
  })

  it('to a working run is queued, and becomes a turn when the run takes it in', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    server = new FakeServer(() => promise)
    const chat = aConversation(server)
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    await chat.send('Faster')
    expect(chat.view.pending).toMatchObject([{ text: 'Faster', state: 'queued' }])
    server.tell(server.runs.get('r1')!, 'Faster', chat.view.pending[0]!.inputId)
    await until(chat, (lines) => lines.length === 2)
    expect(chat.view.pending).toEqual([])
    resolve()
  })

  it('to a run that has ended continues the session', async () => {
    server = new FakeServer(echo)
    const run = server.addSession('Old', 'Hello', 'ended')
    const chat = aConversation(server, run.session_id)
    await chat.open()
    expect(chat.view.run.phase).toBe('ended')
    expect(await chat.send('Again')).toBe(true)
    await untilParked(chat, 2)
    expect(sketch(chat.view)).toEqual(['> Hello | (done)', '> Again | text:You said Again. (done)'])
    expect(server.runs.size).toBe(2)
  })

  it('to a run that ended unnoticed continues the session all the same', async () => {
    server = new FakeServer(echo)
    const run = server.addSession('Old', 'Hello')
    const chat = aConversation(server, run.session_id)
    await chat.open()
    run.status = 'completed'
    expect(await chat.send('Again')).toBe(true)
    await untilParked(chat, 2)
    expect(sketch(chat.view).at(-1)).toBe('> Again | text:You said Again. (done)')
  })

  it.each([
    ['a full queue', () => new Response('steer queue full', { status: 429 }), 'all the messages it can hold'],
    ['a server error', () => Response.json({ code: 'internal', error: 'disk full' }, { status: 500 }), 'disk full'],
  ])('to %s gives the text back with the reason', async (_name, refusal, reason) => {
    server = new FakeServer(echo)
    const chat = aConversation(server, server.addSession('Old', 'Hello').session_id)
    await chat.open()
    server.intercept = (_method, path) => (path.endsWith('/input') ? refusal() : undefined)
    expect(await chat.send('Lost?')).toBe(false)
    expect(chat.state.get().returned).toMatchObject({ text: 'Lost?', reason: expect.stringContaining(reason) })
    expect(chat.view.pending).toEqual([])
  })

  it('pictures to a live run sends them as segments, and a second try is the same input', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server, server.addSession('Old', 'Hello').session_id)
    await chat.open()
    server.intercept = (_method, path) => (path.endsWith('/input') ? new Response('full', { status: 429 }) : undefined)
    expect(await chat.send('Unread', along)).toBe(false)
    expect(chat.state.get().returned).toMatchObject({ text: along.typed, attachments: along.attachments })
    server.intercept = undefined
    expect(await chat.send('Unread', along)).toBe(true)
    await untilParked(chat, 2)
    const sent = server.requests.filter(({ path }) => path.endsWith('/input'))
    expect(sent.map(({ body }) => body)).toEqual([{ segments: along.segments }, { segments: along.segments }])
    expect(sent[1]?.key).toBe(sent[0]?.key)
    expect(chat.view.turns.at(-1)?.input).toMatchObject({ text: 'Unread', pictures: [picture] })
  })

  it('what got no answer a second time says it once', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server, server.addSession('Old', 'Hello').session_id)
    await chat.open()
    loseAnswerTo(server, '/input')
    expect(await chat.send('Once')).toBe(false)
    expect(chat.state.get().returned).toMatchObject({ text: 'Once', unsure: true })
    chat.takeReturned()
    expect(await chat.send('Once')).toBe(true)
    expect(await chat.send('Twice')).toBe(true)
    await untilParked(chat, 3)
    expect(sketch(chat.view)).toEqual([
      '> Hello | (done)',
      '> Once | text:You said Once. (done)',
      '> Twice | text:You said Twice. (done)',
    ])
    expect(chat.view.pending).toEqual([])
    const keys = server.requests.filter(({ path }) => path.endsWith('/input')).map(({ key }) => key)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })

  it('while somebody else has continued the session joins their run', async () => {
    server = new FakeServer(echo)
    const old = server.addSession('Old', 'Hello', 'ended')
    const here = aConversation(server, old.session_id)
    const there = aConversation(server, old.session_id)
    await Promise.all([here.open(), there.open()])
    await there.send('First')
    await untilParked(there, 2)
    expect(await here.send('Second')).toBe(true)
    await untilParked(here, 3)
    expect(sketch(here.view)).toEqual([
      '> Hello | (done)',
      '> First | text:You said First. (done)',
      '> Second | text:You said Second. (done)',
    ])
  })
})
