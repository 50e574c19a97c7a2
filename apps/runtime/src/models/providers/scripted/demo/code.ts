import type { Scene } from './scene.ts'

export const code: Scene = {
  heard: /\bcode\b|\btypescript\b|\bjavascript\b|\bpython\b|\bcurl\b|\bsdk\b|\bapi\b|\bprogram\b|\bsnippet\b/i,
  turns: [
    () => ({
      thinking: 'Three pieces that can be copied: the client, plain HTTP, and an agent of one’s own.',
      text: `Whatever this page does, a program can do.

### From TypeScript

\`\`\`ts
import { LoomcycleClient } from '@loomcycle/client'

const client = new LoomcycleClient({ baseUrl: 'http://127.0.0.1:8787' })

const events = client.runStreaming({
  agent: 'demo',
  segments: [{ role: 'user', content: [{ type: 'trusted-text', text: 'hello' }] }],
})

for await (const event of events) {
  if (event.type === 'text') process.stdout.write(event.text ?? '')
  if (event.type === 'tool_call') console.log('→', event.tool_use?.name)
}
\`\`\`

If the connection drops, the stream picks up by itself where it was, and nothing comes twice.

### From a shell

\`\`\`sh
curl -N http://127.0.0.1:8787/v1/runs \\
  -H 'Content-Type: application/json' \\
  -d '{"agent": "demo", "prompt": "hello"}'
\`\`\`

### An agent of your own

\`\`\`yaml
# agents.yaml, used by LOOMCYCLE_CONFIG_FILES=agents.yaml
agents:
  librarian:
    description: Keeps a reading list.
    system_prompt: You keep the user's reading list in memory, one key a book.
    tools: [Memory]
    memory_scopes: [user]
default_agent: librarian
\`\`\`

An agent has the tools it lists and no others. All routes are described at \`/v1/openapi.json\`.`,
    }),
  ],
}
