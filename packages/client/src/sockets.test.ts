import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { defaultEnvironment } from './environment.ts'
import { talk, toFrame } from './testing/fake-run.ts'
import { collect } from './testing/recording-fetch.ts'
import { agent, byteLength, firstBytes, session } from './testing/streams.ts'

let server: Server | undefined
/** Told of each pause the client makes before it tries again. */
let onPause = () => {}

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  onPause = () => {}
})

async function serve(handle: (req: IncomingMessage, res: ServerResponse) => void): Promise<LoomcycleClient> {
  const listening = createServer(handle).listen(0, '127.0.0.1')
  server = listening
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  // Real sockets, but nobody waits ten seconds for them.
  const environment = {
    ...defaultEnvironment,
    random: () => 0,
    after(ms: number, fn: () => void) {
      onPause()
      return defaultEnvironment.after(ms / 100, fn)
    },
  }
  return new LoomcycleClient({ baseUrl: `http://127.0.0.1:${port}`, environment, resume: { idleTimeoutMs: 200_000 } })
}

/** What a re-attach is answered. */
function rest(req: IncomingMessage): string {
  const from = Number(req.headers['last-event-id'] ?? 0)
  const later = talk.filter((event) => (event.seq ?? 0) > from)
  return agent + later.map(toFrame).join('')
}

const hello = { agent: 'demo', segments: [] }
const head = { 'Content-Type': 'text/event-stream' }
const opening = byteLength(session + agent)
const whole = session + agent + talk.map(toFrame).join('')

test('a socket destroyed in mid-frame, anywhere, costs nothing', async () => {
  let cut = 0
  let posts = 0
  const client = await serve((req, res) => {
    req.resume()
    res.writeHead(200, head)
    if (req.method === 'POST') {
      posts++
      res.write(firstBytes(whole, cut), () => res.destroy())
      return
    }
    res.end(rest(req))
  })
  let runs = 0
  for (cut = opening; cut < byteLength(whole); cut += 7) {
    runs++
    expect((await collect(client.runStreaming(hello))).slice(2)).toEqual(talk)
  }
  expect(posts).toBe(runs)
})

test('a server that goes away and comes back on the same port is found again', async () => {
  const client = await serve((req, res) => {
    req.resume()
    res.writeHead(200, head)
    res.write(firstBytes(whole, opening + 60), restart)
  })
  function restart() {
    const gone = server as Server
    const { port } = gone.address() as AddressInfo
    let pauses = 0
    onPause = () => {
      // By the third it has found nobody there at least once.
      if (++pauses !== 3) return
      server = createServer((req, res) => res.writeHead(200, head).end(rest(req))).listen(port, '127.0.0.1')
    }
    gone.close()
    gone.closeAllConnections()
  }
  expect((await collect(client.runStreaming(hello))).slice(2)).toEqual(talk)
})

test('leaving the loop, or aborting, closes the socket', async () => {
  let closed = 0
  let told = () => {}
  const client = await serve((req, res) => {
    req.resume()
    res.writeHead(200, head)
    res.write(whole.slice(0, -40))
    res.on('close', () => {
      closed++
      told()
    })
  })
  const closing = () =>
    new Promise<void>((resolve) => {
      told = resolve
    })

  const left = closing()
  for await (const event of client.runStreaming(hello)) if (event.type === 'started') break
  await left

  const aborted = closing()
  const controller = new AbortController()
  await expect(async () => {
    for await (const event of client.runStreaming({ ...hello, signal: controller.signal })) {
      if (event.type === 'started') controller.abort()
    }
  }).rejects.toMatchObject({ name: 'AbortError' })
  await aborted
  expect(closed).toBe(2)
})

test('a silent socket is given up by the clock', async () => {
  const client = await serve((req, res) => {
    req.resume()
    res.writeHead(200, head)
    if (req.method === 'POST') return void res.write(firstBytes(whole, opening + 60))
    return void res.end(rest(req))
  })
  const events = client.runStreaming({ ...hello, resume: { idleTimeoutMs: 5_000 } })
  expect((await collect(events)).slice(2)).toEqual(talk)
})
