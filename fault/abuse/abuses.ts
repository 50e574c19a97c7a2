import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import { get, post, repeat, say } from './sockets.ts'

const atOnce = 40

/** Connects to a stream and goes away: before it answers, as soon as it does, or in the middle of it. */
export function connectAndAbort(url: string, runId: string, times: number, random: Random): Promise<void> {
  return repeat(times, atOnce, async () => {
    const how = random.between(0, 3)
    const socket = await say(url, get(url, `/v1/runs/${runId}/stream`))
    if (how > 0) await Promise.race([once(socket, 'data'), once(socket, 'close')])
    if (how > 1) await sleep(random.between(0, 5))
    if (how === 3) socket.resetAndDestroy()
    else socket.destroy()
  })
}

/** Starts runs that live as long as their caller, who goes away. */
export function startAndAbort(url: string, agent: string, times: number): Promise<void> {
  return repeat(times, 4, async () => {
    const socket = await say(url, post(url, '/v1/runs', { agent, prompt: 'go on' }))
    await Promise.race([once(socket, 'data'), once(socket, 'close')])
    socket.destroy()
  })
}

/** Attach to a run and never read a byte. */
export async function neverRead(url: string, runId: string, readers: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  await repeat(readers, atOnce, async () => {
    const socket = await say(url, get(url, `/v1/runs/${runId}/stream`))
    socket.pause()
    sockets.push(socket)
  })
  return sockets
}

/** Connections of which the other half never comes, or has gone without a word. */
export async function halfOpen(url: string, runId: string, ofEach: number): Promise<Record<string, Socket[]>> {
  const kinds: Record<string, () => Promise<Socket>> = {
    'that say nothing': () => say(url, ''),
    'with half a head': () => say(url, `GET /v1/runs/${runId}/stream HTTP/1.1\r\nhost: x`),
    'with half a body': () => say(url, post(url, '/v1/runs', { agent: 'teller', prompt: 'never' }).slice(0, -20)),
    'closed on one side': async () => {
      const socket = await say(url, get(url, `/v1/runs/${runId}/stream`), { halfOpen: true })
      socket.resume()
      socket.end()
      return socket
    },
  }
  const opened: Record<string, Socket[]> = {}
  for (const [kind, open] of Object.entries(kinds)) {
    const sockets: Socket[] = (opened[kind] = [])
    await repeat(ofEach, atOnce, async () => void sockets.push(await open()))
  }
  return opened
}
