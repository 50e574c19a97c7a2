import { describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { sketch, text } from '../model/makers.ts'
import { aConversation, echo, until, untilParked } from './makers.ts'

let server: FakeServer

describe('stopping', () => {
  it('a turn leaves the run waiting; ending the run leaves the session', async () => {
    const never = new Promise<void>(() => {})
    server = new FakeServer((_told, run) => {
      server.emit(run, text('Working'))
      return never
    })
    const chat = aConversation(server)
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
    const chat = aConversation(server, run.session_id)
    await chat.open()
    run.phase = 'parked'
    await chat.stop()
    expect(chat.state.get().stopping).toBe(false)
  })
})

describe('compacting', () => {
  it.each(['parked', 'ended'] as const)('a run that has %s shows what came of it', async (phase) => {
    server = new FakeServer(echo)
    const chat = aConversation(server, server.addSession('Old', 'Hello', phase).session_id)
    await chat.open()
    expect(await chat.compact()).toMatchObject({ compacted: true, before_tokens: 9_000, after_tokens: 900 })
    await until(chat, ([line]) => line?.includes('compaction:9000→900') ?? false)
    expect(chat.view.gauge).toEqual({ used: 900, estimated: true })
    expect(chat.view.run.phase).toBe(phase)
    expect(chat.state.get().compacting).toBe(false)
  })

  it('is refused in the middle of a turn, and the conversation is as it was', async () => {
    server = new FakeServer(() => new Promise(() => {}))
    const chat = aConversation(server, server.addSession('Old', 'Hello', 'working').session_id)
    await chat.open()
    await expect(chat.compact()).rejects.toMatchObject({ status: 409 })
    expect(chat.state.get().compacting).toBe(false)
    chat.detach()
  })
})
