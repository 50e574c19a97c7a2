import { describe, expect, it } from 'vitest'
import { createFail } from '../failures.ts'
import { eventsOf } from '../testing/cuts.ts'
import { openaiSse } from '../testing/openai-wire.ts'
import { aRequest, aTool, aToolExchange } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { createReader } from './from-stream.ts'
import { toRequest } from './to-request.ts'

const signed = { google: { thought_signature: 'c2lnbmVk' } }

/** What of a turn comes back with the next request, where it thought `Hm.` and made these calls. */
function comesBack(...extras: (object | undefined)[]): Record<string, unknown> {
  const tool_calls = extras.map((extra_content, index) => ({
    index,
    id: `call_${index}`,
    function: { name: 'look', arguments: '{}' },
    ...(extra_content && { extra_content }),
  }))
  const frames = [{ reasoning_content: 'Hm.' }, { tool_calls }].map((delta) => ({ choices: [{ index: 0, delta }] }))
  const end = { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] }
  const reader = createReader({ provider: 'gate', fail: createFail('gate'), fromWire: (name) => name })
  const done = eventsOf(reader, new TextEncoder().encode(openaiSse([...frames, end]))).at(-1)
  if (done?.type !== 'done') throw new Error('the turn is whole')
  const request = aRequest({ messages: aToolExchange('look', 'ok', done.reasoning), tools: [aTool('look')] })
  const quirks = { omit: [], rename: {}, extra: {}, takesTools: true, reasoning: 'reasoning_content' as const }
  const body = toRequest(request, createToolNames(request.tools, request.messages), { service: 'compatible', quirks })
  return (body.messages as Record<string, unknown>[])[2]!
}

describe('what a service sends with a call', () => {
  it('goes back with it, beside the thought', () => {
    expect(comesBack(signed)).toMatchObject({
      reasoning_content: 'Hm.',
      tool_calls: [{ id: 'call_1', extra_content: signed }],
    })
  })

  it('is nothing where it sends nothing, or calls are not those that it came with', () => {
    for (const turn of [comesBack(undefined), comesBack(signed, undefined)]) {
      expect(turn).toMatchObject({ reasoning_content: 'Hm.', tool_calls: [{ id: 'call_1' }] })
      expect(JSON.stringify(turn)).not.toContain('extra_content')
    }
  })
})
