import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../../src/models/providers/provider.ts'
import { aPicture } from '../../src/testing/a-picture.ts'
import { clientOf, converse } from '../../src/testing/test-client.ts'
import { startRuntime } from '../../src/testing/test-runtime.ts'

async function start() {
  const requests: ModelRequest[] = []
  const runtime = await startRuntime({
    models: {
      agent: (request) => {
        requests.push(structuredClone(request))
        return { text: 'hi' }
      },
    },
  })
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${runtime.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, text: await answer.text() }
  }
  const say = (...content: object[]) => post('/v1/runs', { agent: 'agent', segments: [{ role: 'user', content }] })
  return { runtime, requests, post, say }
}

const fenced = (text: string, kind = 'untrusted') => ({ type: 'text', text: `<${kind}>\n${text}\n</${kind}>` })

describe('a block of a prompt', () => {
  it.each([
    ['without a type is trusted text', { text: 'hi' }, { type: 'text', text: 'hi' }],
    ['of a type nobody knows is untrusted text', { type: 'video', text: 'hi' }, fenced('hi')],
    ['that is untrusted without a kind', { type: 'untrusted-block', text: 'hi' }, fenced('hi')],
    [
      'that is untrusted with a kind',
      { type: 'untrusted-block', kind: 'web_content', text: 'hi' },
      fenced('hi', 'web_content'),
    ],
    [
      'that says null of the rest',
      { type: 'trusted-text', text: 'hi', cacheable: null, kind: null },
      { type: 'text', text: 'hi' },
    ],
    ['that is a picture by another name', { type: 'image', media_type: 'image/bmp', data: aPicture.data }, aPicture],
  ])('%s', async (_, block, shown) => {
    const { say, requests } = await start()
    expect((await say(block)).status).toBe(200)
    expect(requests[0]!.messages).toEqual([{ role: 'user', content: [shown] }])
  })

  it.each([
    ['a text that is missing', { type: 'trusted-text' }, 400, 'content[0].text is missing'],
    ['a picture that is missing', { type: 'image', media_type: 'image/png' }, 400, 'content[0].data is missing'],
    [
      'a picture of another kind',
      { type: 'image', media_type: 'image/bmp', data: 'Qk0AAAAA' },
      422,
      'is none of image/png',
    ],
    [
      'a type nobody knows',
      { type: 'video', data: 'AAAA' },
      400,
      'content[0] has the type "video", which is not known',
    ],
  ])('is refused for what is wrong with it: %s', async (_, block, status, why) => {
    const { say } = await start()
    expect(await say(block)).toMatchObject({ status, text: expect.stringContaining(why) })
  })
})

it('a segment without a role, or with one nobody knows, is the user’s, in a run and in what is said to it', async () => {
  const { post, requests, runtime } = await start()
  const segments = [{ content: [{ text: 'one' }] }, { role: 'human', content: [{ text: 'two' }] }]
  await post('/v1/runs', { agent: 'agent', segments })
  const texts = ['one', 'two'].map((text) => ({ type: 'text', text }))
  expect(requests[0]!.messages).toEqual([{ role: 'user', content: texts }])

  const talk = converse(clientOf(runtime), 'agent', 'hello')
  await talk.until('awaiting_input')
  expect((await post(`/v1/runs/${talk.session.runId}/input`, { segments })).status).toBe(200)
  await talk.until('awaiting_input')
  expect(requests.at(-1)!.messages.at(-1)).toEqual({ role: 'user', content: texts })
})
