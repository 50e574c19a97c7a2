import { describe, expect, it } from 'vitest'
import { anAgent } from '../../tools/testing/a-caller.ts'
import { channelsFromFile, channelWarnings } from './resolve-channels.ts'

const agents = {
  writer: anAgent({ channels: { publish: ['work', 'team/*'], subscribe: ['documents/*', '_system/*'] } }),
}

describe('channels of the configuration', () => {
  it('are global queues unless they say otherwise', () => {
    expect(channelsFromFile({ channels: { work: {}, 'team/*': { scope: 'user', max_messages: 5 } } }, agents)).toEqual({
      work: { name: 'work', scope: 'global', semantic: 'queue', source: 'yaml' },
      'team/*': { name: 'team/*', scope: 'user', semantic: 'queue', source: 'yaml', maxMessages: 5 },
    })
  })

  it.each([
    ['a/../b', {}, 'channels.a/../b is not a name'],
    ['a', { period: '1m' }, 'which is for channels with "publisher: system"'],
    ['a', { publisher: 'system' as const }, 'needs a period'],
  ])('%s %o is refused', (name, fields, reason) => {
    expect(() => channelsFromFile({ channels: { [name]: fields } }, agents)).toThrow(reason)
  })

  it('may declare what the system publishes on', () => {
    const declared = channelsFromFile({ channels: { '_system/runtime-state': { publisher: 'system' } } }, agents)
    expect(declared['_system/runtime-state']).toMatchObject({ publisher: 'system' })
  })

  it('an agent that may use what nobody declares is worth a word, a bad name is refused', () => {
    expect(channelWarnings(agents.writer, {})).toEqual([
      'Agent writer may use work, and the configuration declares no such channel.',
      'Agent writer may use team/*, and the configuration declares no such channel.',
    ])
    expect(channelWarnings(agents.writer, channelsFromFile({ channels: { work: {}, 'team/a': {} } }, agents))).toEqual(
      [],
    )
    const bad = { writer: anAgent({ channels: { publish: ['*'], subscribe: [] } }) }
    expect(() => channelsFromFile({}, bad)).toThrow('agents.writer.channels.publish has "*"')
  })
})
