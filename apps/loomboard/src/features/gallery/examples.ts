import type { PlainBlockProps } from '../../components/markdown/plain/plain-block.tsx'
import type { Suggestion } from '../../components/suggestions/suggestions.ts'
import type { Attachment } from '../chat/attachments/attachment.ts'
import type { Part, ToolPart, Turn } from '../chat/model/types.ts'

const at = Date.parse('2026-01-05T10:00:00Z')

function aTool(id: string, name: string, more: Partial<ToolPart>): ToolPart {
  const input = { op: 'get', key: 'launch/date', scope: 'user' }
  return { kind: 'tool', id, callId: id, name, input, state: 'done', startedAt: at, endedAt: at + 1200, ...more }
}

const parts: Part[] = [
  { kind: 'thinking', id: 'p1', text: 'The date is remembered somewhere.', startedAt: at, endedAt: at + 6000 },
  aTool('p2', 'Memory', { result: '{"found":true,"value":"30 June"}' }),
  aTool('p3', 'Memory', { state: 'failed', result: 'get: scope must be one of agent, user' }),
  aTool('p4', 'Context', { input: { op: 'time' }, state: 'stopped' }),
  { kind: 'notice', id: 'p5', tone: 'warn', text: 'Trying again: the model did not answer (attempt 2)' },
  { kind: 'compaction', id: 'p6', summary: 'What was said before.', before: 90_000, after: 12_000 },
  { kind: 'text', id: 'p7', text: 'The launch is on **30 June**.', open: false },
  { kind: 'error', id: 'p8', text: 'The model service answered with 529: overloaded.' },
]

export const someTurns: readonly Turn[] = [
  {
    id: 's1',
    runId: 'r1',
    input: { text: 'When is the launch?\n\nAttached file "plan.md":\n\n# A plan\n', at },
    parts,
    status: 'failed',
    startedAt: at,
    endedAt: at + 9000,
    usage: { input: 12_400, output: 940, cached: 8000, model: 'a-model' },
    boundary: parts.length,
  },
]

export const someMarkdown = `# A heading

Text with **bold**, *italic*, \`code\`, [a link](https://example.com) and $e^{i\\pi} = -1$.

- a list
- [x] done
- [ ] to do

> A quote.

| name | value |
| --- | ---: |
| a | 1 |

\`\`\`ts
export const answer: number = 42 // and why
\`\`\`

\`\`\`mermaid
flowchart LR
  A[Ask] --> B{Known?}
  B -- yes --> C[Answer]
\`\`\`
`

/** Why and how a block is not drawn. */
export const somePlainBlocks: readonly (PlainBlockProps & { isFinal?: true })[] = [
  { text: `${'> '.repeat(400)}and so on`, why: 'nested' },
  { text: 'A word. '.repeat(20_000), why: 'large' },
  { text: '*a_'.repeat(400), why: 'slow', busy: true },
  { text: '0-9999999: "all"', why: 'large', isFinal: true },
]

export const someAttachments: readonly Attachment[] = [
  { id: '1', name: 'a-long-name-of-a-report-about-something.pdf', bytes: 1_400_000, content: { kind: 'reading' } },
  {
    id: '2',
    name: 'notes.txt',
    bytes: 2400,
    content: { kind: 'text', file: { name: 'notes.txt', text: 'x'.repeat(2400) }, from: 'text' },
  },
  {
    id: '3',
    name: 'scan.pdf',
    bytes: 900,
    content: { kind: 'failed', reason: 'It is protected by a password. Save it without one.' },
  },
  {
    id: '4',
    name: 'minutes.docx',
    bytes: 52_000,
    content: {
      kind: 'text',
      file: { name: 'minutes.docx', text: 'x'.repeat(900), note: 'Left out: 2 pictures, 1 chart.' },
      from: 'docx',
    },
  },
]

export const someSuggestions: readonly Suggestion[] = [
  { id: 'new', label: '/new', hint: 'Start another chat' },
  { id: 'stop', label: '/stop', hint: 'Stop this turn', unavailable: 'Nothing is being done.' },
  { id: 'find', label: '/find', hint: 'Find in this conversation' },
]
