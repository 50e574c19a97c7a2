/** Said in several scenes. */

export const thingsToSay = `| Say | and see |
|---|---|
| \`remember that my cat is called Tofu\` | tool calls side by side, one that fails, and how it is recovered |
| \`what do you remember?\` | what is kept for you, also after a restart |
| \`what time is it?\` | three tools at once, and what I know about myself |
| \`write something long\` | headings, tables, code and lists as they stream in |
| \`think about a puzzle\` | a long stretch of reasoning before the answer |
| \`show me code\` | the same conversation from a program of yours |
| \`count slowly\` | time enough to stop me, reload, or open a second tab |
| \`ask me something\` | a question that waits for you, in every tab and across restarts |
| \`send helpers\` | three agents at work for one, and one of them fails |
| \`fail\` | a turn that breaks, and a conversation that goes on |`

export const addModel = `Stop the server with Ctrl+C and start it again with **one** of these:

\`\`\`sh
ANTHROPIC_API_KEY=your-key npx -y pnpm@10.34.9 start
OPENAI_API_KEY=your-key npx -y pnpm@10.34.9 start
OLLAMA_BASE_URL=http://127.0.0.1:11434 npx -y pnpm@10.34.9 start
\`\`\``

export const addModelShort =
  'To talk to a real model, set `ANTHROPIC_API_KEY`, `OPENAI_API_KEY` or `OLLAMA_BASE_URL` and start again.'
