import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startRuntime } from '../src/testing/test-runtime.ts'

const token = 'a-token-of-some-length'
const large = 15 * 1024 * 1024

/** Says the head and a part of the body; tells the status it is answered with although the rest never comes. */
async function sayHalf(url: string, request: string, headers: string[], part = 64 * 1024): Promise<string> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  socket.write([`${request} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n'))
  const chunked = headers.includes('Transfer-Encoding: chunked')
  socket.write(chunked ? `${part.toString(16)}\r\n${'x'.repeat(part)}\r\n` : Buffer.alloc(part, 'x'))
  const [answer] = await once(socket, 'data')
  await closed
  return String(answer).split('\r\n')[0]!
}

const refusals: [request: string, headers: string[], status: string][] = [
  ['POST /ui/session', [], '400 Bad Request'],
  ['POST /ui/session', ['Authorization: Bearer wrong'], '401 Unauthorized'],
  ['POST /ui/session', [`Authorization: Bearer ${token}`], '413 Payload Too Large'],
  ['POST /ui/session', [`Authorization: Bearer ${token}`, 'Sec-Fetch-Site: cross-site'], '403 Forbidden'],
  ['POST /v1/runs', [], '401 Unauthorized'],
  ['POST /v1/_document', [], '401 Unauthorized'],
  ['POST /', [], '404 Not Found'],
  ['PUT /chat', [], '404 Not Found'],
  ['POST /nowhere', [], '404 Not Found'],
  ['POST /ui/nowhere', [], '404 Not Found'],
  ['POST /ui/logout', [], '405 Method Not Allowed'],
  ['POST /v1/openapi.json', [], '404 Not Found'],
  ['DELETE /healthz', [], '405 Method Not Allowed'],
  ['GET /healthz', [], '200 OK'],
]

it('a request that is refused is answered before its body has come, and its connection closes', async () => {
  const { url } = await startRuntime({ config: { authToken: token } })
  for (const length of [`Content-Length: ${large}`, 'Transfer-Encoding: chunked']) {
    const answers = refusals.map(([request, headers]) => sayHalf(url, request, [length, ...headers]))
    expect(await Promise.all(answers)).toEqual(refusals.map(([, , status]) => `HTTP/1.1 ${status}`))
  }
})

it('whoever goes on sending meanwhile still gets the answer', async () => {
  const runtime = await startRuntime({ config: { authToken: token } })
  const answer = await fetch(`${runtime.url}/v1/runs`, { method: 'POST', body: 'x'.repeat(4 * 1024 * 1024) })
  expect([answer.status, await answer.text()]).toEqual([401, 'unauthorized\n'])
})
