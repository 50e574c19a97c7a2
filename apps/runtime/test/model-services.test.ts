import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import { type FakeUpstream, openaiText, startFakeUpstream } from '../src/testing/fake-upstream.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const agents = { asked: { provider: 'openai', model: 'some-model' } }

describe('a conversation with a service that speaks the protocol its own way', () => {
  let upstream: FakeUpstream
  beforeEach(async () => {
    upstream = await startFakeUpstream()
  })
  afterEach(() => upstream.close())

  const start = () => startRuntime({ providers: [createOpenAi({ baseUrl: upstream.url })], agents })

  it.each([
    ['marks its thinking', ['<think>', 'I greet back.', '</think>\n\n', 'Hello.']],
    ['only says where its thinking ends', ['I greet ', 'back.', '\n</think>\n\n', 'Hello.']],
  ])('keeps the thinking of a model that %s out of the answer and of the next request', async (_, text) => {
    upstream.enqueue(openaiText(text), openaiText('And hello again.'))
    const runtime = await start()
    const talk = converse(clientOf(runtime), 'asked', 'Hi')
    await talk.until('awaiting_input')
    await talk.session.send('Hi again')
    await talk.until('awaiting_input')
    expect(upstream.requests[1]!.body.messages.slice(-3)).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'Hi again' },
    ])
  })
})
