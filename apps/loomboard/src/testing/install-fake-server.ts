import { demoAgent } from './demo-agent.ts'
import { FakeServer } from './fake-server.ts'

const server = new FakeServer(demoAgent, () => Date.now())
server.agents = [
  { name: 'demo', source: 'bundled', default: true, scripted: true, description: 'Plays a script, offline.' },
  {
    name: 'chat/medium',
    source: 'bundled',
    provider: 'anthropic',
    model: 'claude-sonnet',
    description: 'A general assistant.',
  },
]
server.addSession('Plan the launch', 'When do we launch?', 'ended')
globalThis.fetch = server.fetch
