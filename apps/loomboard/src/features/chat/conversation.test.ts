import { LoomcycleClient } from '@loomcycle/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { type FakeAgent, FakeServer } from '../../testing/fake-server.ts'
import { toAttachments } from './attachments/attachment.ts'
import { type Along, Conversation, type ConversationEnvironment, type ReturnedMessage } from './conversation.ts'
import { parked, sketch, text } from './model/makers.ts'
import { toSegments } from './model/typed.ts'

let server: FakeServer
let ids: number

beforeEach(() => {
  ids = 0
})

const echo: FakeAgent = (told, run, { emit }) => emit.call(server, run, text(`You said ${told}.`))

function environment(): ConversationEnvironment {
  const wakes = new Set<() => void>()
  const claims = new Map<string, string>()
  return {
    client: new LoomcycleClient({
      baseUrl: 'http://fake',
      fetch: server.fetch,
      environment: {
        now: () => 0,
        random: () => 0,
        after: (ms, run) => {
          const timer = ms < 10_000 ? setImmediate(run) : undefined
          return () => clearImmediate(timer)
        },
        onWake: (wake) => {
          wakes.add(wake)
          return () => wakes.delete(wake)
        },
      },
    }),
    now: () => 0,
    schedule: (run) => {
      const timer = setImmediate(run)
      return () => clearImmediate(timer)
    },
    after: (_ms, run) => {
      const timer = setImmediate(run)
      return () => clearImmediate(timer)
    },
    newId: () => `l${++ids}`,
    watchStream: () => () => {},
    noteError: () => {},
    onChange: () => {},
    keepCopy: () => {},
    findCopy: () => Promise.resolve(undefined),
    claims: {
      read: (session) => claims.get(session),
      write: (session, key) => void (key ? claims.set(session, key) : claims.delete(session)),
    },
  }
}

const picture = { mediaType: 'image/png' as const, data: 'AAAA' }
const along: Along = {
  typed: 'Unread',
  segments: toSegments({ text: 'Unread', files: [] }, [picture]),
  pictures: [picture],
  attachments: toAttachments([], [picture]),
}

/** The message that comes back to the composer. */
async function returned(conversation: Conversation) {
  const { promise, resolve } = Promise.withResolvers<ReturnedMessage>()
  const look = () => conversation.state.get().returned
  const stop = conversation.state.subscribe(() => look() && resolve(look()!))
  if (look()) resolve(look()!)
  const back = await promise
  stop()
  return back
}

/** The runtime has done what it was asked, and nobody hears of it: once. */
function answerLost(): undefined {
  server.intercept = undefined
  server.loseAnswer = true
}

const aConversation = (sessionId?: string) => new Conversation(environment(), sessionId)

async function until(conversation: Conversation, check: (sketched: string[], phase: string) => boolean): Promise<void> {
  const met = () => check(sketch(conversation.view), conversation.view.run.phase)
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = conversation.state.subscribe(() => met() && resolve())
  if (met()) resolve()
  await promise
  stop()
}
const untilParked = (conversation: Conversation, turns = 1) =>
  until(conversation, (lines, phase) => phase === 'parked' && lines.length >= turns)

describe('a new conversation', () => {
  it('learns its session, shows the message once and the answer as it comes', async () => {
    server = new FakeServer(echo)
    const chat = aConversation()
    expect(await chat.start('demo', 'Hello')).toBe(true)
    expect(chat.sessionId).toBe('s1')
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Hello | text:You said Hello. (done)'])
    expect(chat.view.pending).toEqual([])
  })

  it('that is refused gives the text back with the reason, and can be tried again', async () => {
    server = new FakeServer(echo)
    const chat = aConversation()
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
    const chat = aConversation()
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
    const chat = aConversation()
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
    const chat = aConversation()
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
    const chat = aConversation()
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
    const chat = aConversation(run.session_id)
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
    const chat = aConversation(run.session_id)
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
    const chat = aConversation(server.addSession('Old', 'Hello').session_id)
    await chat.open()
    server.intercept = (_method, path) => (path.endsWith('/input') ? refusal() : undefined)
    expect(await chat.send('Lost?')).toBe(false)
    expect(chat.state.get().returned).toMatchObject({ text: 'Lost?', reason: expect.stringContaining(reason) })
    expect(chat.view.pending).toEqual([])
  })

  it('pictures to a live run sends them as segments, and a second try is the same input', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server.addSession('Old', 'Hello').session_id)
    await chat.open()
    server.intercept = (_method, path) => (path.endsWith('/input') ? new Response('full', { status: 429 }) : undefined)
    expect(await chat.send('Unread', along)).toBe(false)
    expect(chat.state.get().returned).toMatchObject({ text: along.typed, attachments: along.attachments })
    server.intercept = undefined
    expect(await chat.send('Unread', along)).toBe(true)
    await untilParked(chat, 2)
    const sent = server.requests.filter(({ path }) => path.endsWith('/input'))
    expect(sent.map(({ body }) => body)).toEqual([{ segments: along.segments }, { segments: along.segments }])
    expect(chat.view.turns.at(-1)?.input).toMatchObject({ text: 'Unread', pictures: [picture] })
  })

  it('what got no answer a second time says it once', async () => {
    server = new FakeServer(echo)
    const chat = aConversation(server.addSession('Old', 'Hello').session_id)
    await chat.open()
    server.intercept = (_method, path) => (path.endsWith('/input') ? answerLost() : undefined)
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
  })

  it('pictures in another tab fetches them for this one', async () => {
    server = new FakeServer(echo)
    const here = aConversation()
    await here.start('demo', 'Hello')
    await untilParked(here)
    const there = aConversation(here.sessionId)
    await there.open()
    await here.send('Unread', along)
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = there.state.subscribe(() => there.view.turns.at(-1)?.input?.pictures && resolve())
    await promise
    stop()
    expect(there.view.turns.at(-1)?.input).toMatchObject({ text: 'Unread', pictures: [picture] })
  })

  it('while somebody else has continued the session joins their run', async () => {
    server = new FakeServer(echo)
    const old = server.addSession('Old', 'Hello', 'ended')
    const here = aConversation(old.session_id)
    const there = aConversation(old.session_id)
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

describe('opening', () => {
  it('in the middle of an answer shows what was said and what is still to come, once', async () => {
    server = new FakeServer()
    const run = server.addSession('Live', 'Go', 'working')
    server.emit(run, text('One '))
    const chat = aConversation(run.session_id)
    await chat.open()
    await until(chat, () => server.readerCount === 1)
    server.emit(run, text('two'), parked)
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Go | text:One two (done)'])
  })

  it('in a second tab shows what the first tab sends', async () => {
    server = new FakeServer(echo)
    const one = aConversation()
    await one.start('demo', 'Hello')
    await untilParked(one)
    const two = aConversation(one.sessionId)
    await two.open()
    await one.send('From the first tab')
    await untilParked(two, 2)
    expect(sketch(two.view)).toEqual(sketch(one.view))
  })

  it('again after a dropped connection loses and doubles nothing', async () => {
    server = new FakeServer()
    const run = server.addSession('Live', 'Go', 'working')
    const chat = aConversation(run.session_id)
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
    const chat = aConversation(run.session_id)
    await chat.open()
    chat.detach()
    server.tell(run, 'From elsewhere')
    await chat.open()
    await untilParked(chat, 2)
    expect(sketch(chat.view)).toEqual(['> Go | (done)', '> From elsewhere | text:You said From elsewhere. (done)'])
    const streams = server.requests.map(({ path }) => path).filter((path) => path.includes('/stream'))
    expect(streams.map((path) => path.split('?')[1])).toEqual(['from_seq=1', 'from_seq=4'])
  })

  it('again after more has happened than a page holds starts at its end, and has no hole', async () => {
    server = new FakeServer()
    const run = server.addSession('Long', 'Begin', 'working')
    server.emit(run, text('first '))
    const chat = aConversation(run.session_id)
    await chat.open()
    chat.detach()
    for (let i = 0; i < 300; i++)
      server.emit(run, text(`${i} `), { type: 'usage', usage: { input_tokens: 1, output_tokens: 1 } })
    await chat.open()
    expect(chat.state.get().hasEarlier).toBe(true)
    await chat.loadEarlier()
    expect(chat.state.get().hasEarlier).toBe(false)
    expect(chat.view.turns).toHaveLength(1)
    const said = chat.view.turns[0]!.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    expect(said).toBe(`first ${Array.from({ length: 300 }, (_, i) => `${i} `).join('')}`)
    chat.detach()
  })

  it('a long one starts at its end, and reads back on demand', async () => {
    server = new FakeServer()
    const run = server.addSession('Long', 'Begin', 'working')
    for (let i = 0; i < 700; i++)
      server.emit(run, text(`${i} `), { type: 'usage', usage: { input_tokens: 1, output_tokens: 1 } })
    const chat = aConversation(run.session_id)
    await chat.open()
    expect(chat.state.get().hasEarlier).toBe(true)
    await chat.loadEarlier()
    expect(chat.state.get().hasEarlier).toBe(false)
    expect(chat.view.turns[0]?.input?.text).toBe('Begin')
    expect(chat.view.turns).toHaveLength(1)
  })

  it('what does not exist says so', async () => {
    server = new FakeServer()
    const chat = aConversation('nowhere')
    await chat.open()
    expect(chat.state.get().status).toBe('failed')
  })
})

describe('stopping', () => {
  it('a turn leaves the run waiting; ending the run leaves the session', async () => {
    const never = new Promise<void>(() => {})
    server = new FakeServer((_told, run) => {
      server.emit(run, text('Working'))
      return never
    })
    const chat = aConversation()
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines[0]?.includes('Working') ?? false)
    await chat.stop()
    await untilParked(chat)
    expect(sketch(chat.view)).toEqual(['> Go | text:Working (stopped)'])
    await chat.end()
    await until(chat, (_lines, phase) => phase === 'ended')
  })

  it('what has just ended by itself is no error', async () => {
    server = new FakeServer()
    const run = server.addSession('Live', 'Go', 'working')
    const chat = aConversation(run.session_id)
    await chat.open()
    run.phase = 'parked'
    await chat.stop()
    expect(chat.state.get().stopping).toBe(false)
  })

  it('a run hands back what it had not read, to whoever sent it, with what went along', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation()
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    const elsewhere = aConversation(chat.sessionId)
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
    const chat = aConversation()
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    await chat.send('Unread')
    chat.detach()
    // The other tab hears of the end first.
    const elsewhere = aConversation(chat.sessionId)
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
    const gone = aConversation()
    await gone.start('demo', 'Go')
    await until(gone, (lines) => lines.length === 1)
    await gone.send('Unread', along)
    gone.detach()
    const { sessionId } = gone
    server.end(server.runs.get('r1')!, 'cancelled')

    const later = aConversation(sessionId)
    server.intercept = (_method, path) => (path.endsWith('/returned_inputs') ? answerLost() : undefined)
    await later.open()
    const back = await returned(later)
    expect(back.text).toBe('Unread')
    expect(back.attachments.map(({ content }) => content.kind)).toEqual(['picture'])
    later.takeReturned()
    const latest = aConversation(sessionId)
    await latest.open()
    expect(latest.state.get().status).toBe('ready')
    expect(latest.state.get().returned).toBeUndefined()
  })

  it('what waits to be read is there after a reload', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation()
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    await chat.send('Unread', along)
    const reloaded = aConversation(chat.sessionId)
    await reloaded.open()
    expect(reloaded.view.pending).toMatchObject([{ text: 'Unread', state: 'queued', pictures: along.pictures }])
    const { inputId } = reloaded.view.pending[0]!
    server.tell(server.runs.get('r1')!, 'Unread', inputId, along.segments)
    await until(reloaded, (lines) => lines.length === 2)
    expect(reloaded.view.pending).toEqual([])
  })
})

describe('compacting', () => {
  it.each(['parked', 'ended'] as const)('a run that has %s shows what came of it', async (phase) => {
    server = new FakeServer(echo)
    const chat = aConversation(server.addSession('Old', 'Hello', phase).session_id)
    await chat.open()
    expect(await chat.compact()).toMatchObject({ compacted: true, before_tokens: 9_000, after_tokens: 900 })
    await until(chat, ([line]) => line?.includes('compaction:9000→900') ?? false)
    expect(chat.view.gauge).toEqual({ used: 900, estimated: true })
    expect(chat.view.run.phase).toBe(phase)
    expect(chat.state.get().compacting).toBe(false)
  })

  it('is refused in the middle of a turn, and the conversation is as it was', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation(server.addSession('Old', 'Hello', 'working').session_id)
    await chat.open()
    await expect(chat.compact()).rejects.toMatchObject({ status: 409 })
    expect(chat.state.get().compacting).toBe(false)
    chat.detach()
  })
})

describe('a sub-agent’s conversation', () => {
  it('can be read again and again without holding a connection, and followed from there', async () => {
    server = new FakeServer(echo)
    const run = server.addSession('Child', 'Look', 'working')
    const child = aConversation(run.session_id)
    await child.look()
    expect(sketch(child.view)).toEqual(['> Look | (working)'])
    expect(server.readerCount).toBe(0)
    server.emit(run, text('Seen.'))
    await child.look()
    expect(sketch(child.view)).toEqual(['> Look | text:Seen. (working)'])
    await child.open()
    server.emit(run, text(' All of it.'))
    await until(child, ([line]) => line === '> Look | text:Seen. All of it. (working)')
    child.detach()
    expect(server.readerCount).toBe(0)
  })
})
