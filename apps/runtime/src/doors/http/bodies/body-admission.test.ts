import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { settableClock } from '../../../areas/channels/testing/some-channels.ts'
import { admitBodies } from './body-admission.ts'

const large = 'x'.repeat(700_000)

it('holds no room for a sender that was gone before it could be let in', async () => {
  const app = Fastify()
  onTestFinished(() => app.close())
  const [come, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => body)
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (headers['x-leaves'] === undefined) return
    come.resolve()
    await once(reply.raw, 'close')
  })
  const limits = { maxRequestBytes: 2 ** 20, requestBytesAtOnce: 2 ** 20 }
  admitBodies(app, settableClock(0), limits)
  app.addHook('preParsing', async ({ headers }) => {
    if (headers['x-leaves'] !== undefined) gone.resolve()
  })
  app.post('/', async ({ body }) => (body as string).length)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })

  const leaving = connect(Number(new URL(url).port), '127.0.0.1')
  leaving.write(`POST / HTTP/1.1\r\nhost: here\r\nx-leaves: 1\r\ncontent-length: ${large.length}\r\n\r\nx`)
  await come.promise
  leaving.destroy()
  await gone.promise
  // The clock stands still: whoever had to wait would wait for ever.
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/x' }, body: large })
  expect(await answer.text()).toBe(String(large.length))
})
