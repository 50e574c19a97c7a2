import { describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { sketch, text } from '../model/makers.ts'
import { aConversation, along, echo, until } from './makers.ts'

let server: FakeServer

describe('opening', () => {
  it('again after more has happened than a page holds starts at its end, and has no hole', async () => {
    server = new FakeServer()
    const run = server.addSession('Long', 'Begin', 'working')
    server.emit(run, text('first '))
    const chat = aConversation(server, run.session_id)
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
    const chat = aConversation(server, run.session_id)
    await chat.open()
    expect(chat.state.get().hasEarlier).toBe(true)
    await chat.loadEarlier()
    expect(chat.state.get().hasEarlier).toBe(false)
    expect(chat.view.turns[0]?.input?.text).toBe('Begin')
    expect(chat.view.turns).toHaveLength(1)
  })

  it('what does not exist says so', async () => {
    server = new FakeServer()
    const chat = aConversation(server, 'nowhere')
    await chat.open()
    expect(chat.state.get().status).toBe('failed')
  })

  it('what waits to be read is there after a reload', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation(server)
    await chat.start('demo', 'Go')
    await until(chat, (lines) => lines.length === 1)
    await chat.send('Unread', along)
    const reloaded = aConversation(server, chat.sessionId)
    await reloaded.open()
    expect(reloaded.view.pending).toMatchObject([{ text: 'Unread', state: 'queued', pictures: along.pictures }])
    const { inputId } = reloaded.view.pending[0]!
    server.tell(server.runs.get('r1')!, 'Unread', inputId, along.segments)
    await until(reloaded, (lines) => lines.length === 2)
    expect(reloaded.view.pending).toEqual([])
  })
})

describe('a sub-agent’s conversation', () => {
  it('can be read again and again without holding a connection, and followed from there', async () => {
    server = new FakeServer(echo)
    const run = server.addSession('Child', 'Look', 'working')
    const child = aConversation(server, run.session_id)
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
