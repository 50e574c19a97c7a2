import { describe, expect, it } from 'vitest'
import type { AssistantMessage, Message } from './provider.ts'
import { aUser } from './testing/requests.ts'
import { toTurns } from './turns.ts'

const turns = (...messages: Message[]) => toTurns(messages, (name) => name)
const anAssistant = (...content: AssistantMessage['content']): Message => ({ role: 'assistant', content })
const aCall = (id: string) => ({ type: 'tool_use' as const, id, name: 'look', input: {} })
const results = (...ids: string[]): Message => ({
  role: 'user',
  content: ids.map((id) => ({
    type: 'tool_result',
    tool_use_id: id,
    name: 'look',
    text: `for ${id}`,
    is_error: false,
  })),
})
const text = (value: string) => ({ type: 'text' as const, text: value })

describe('toTurns', () => {
  it('joins the user turns around an assistant that said nothing', () => {
    const got = turns(aUser('a'), anAssistant(text('  ')), aUser('b'))
    expect(got).toEqual([{ role: 'user', results: [], parts: [text('a'), text('b')] }])
  })

  it('fills a user turn that has nothing in it', () => {
    expect(turns(aUser(' '))).toMatchObject([{ parts: [{ text: '(empty message)' }] }])
  })

  it('gives repeated ids of different turns, and of the same turn, their own pairs', () => {
    const got = turns(
      aUser('a'),
      anAssistant(aCall('x'), aCall('x')),
      results('x', 'x'),
      anAssistant(aCall('x')),
      results('x'),
    )
    const ids = got.map((turn) => (turn.role === 'user' ? turn.results : turn.calls).map((one) => one.id))
    expect(ids).toEqual([[], ['x', 'x_2'], ['x', 'x_2'], ['x_3'], ['x_3']])
  })

  it('puts ids of other services into the alphabet of all', () => {
    const odd = 'functions.look:0/very/long/indeed/and/even/longer'
    const [, asked, answered] = turns(aUser('a'), anAssistant(aCall(odd), aCall('')), results(odd, ''))
    expect(asked).toMatchObject({ calls: [{ id: 'functions_look_0_very_long_indeed_and_ev' }, { id: 'call' }] })
    expect(answered).toMatchObject({ results: [{ text: `for ${odd}` }, { id: 'call', text: 'for ' }] })
  })

  it('answers a call whose result is missing, and tells of a result without a call', () => {
    const got = turns(aUser('a'), anAssistant(aCall('x')), results('y'))
    expect(got[2]).toEqual({
      role: 'user',
      results: [{ id: 'x', text: 'No result was recorded for this call.', isError: true }],
      parts: [text('[result of look] for y')],
    })
    expect(turns(aUser('a'), anAssistant(aCall('x')))).toMatchObject([
      {},
      {},
      { results: [{ id: 'x', isError: true }] },
    ])
  })

  it('ends with the user', () => {
    expect(turns(aUser('a'), anAssistant(text('b'))).at(-1)).toMatchObject({ role: 'user', parts: [text('Continue.')] })
  })
})
