import type { Scene } from './scene.ts'

export const long: Scene = {
  heard:
    /\blong(?:er)?\b|\bmarkdown\b|\bessay\b|\barticle\b|\bexplain\b|\bhow (?:does|do) (?:it|this|loomcycle|loomboard|a run|runs|you) work\b|\bdetails?\b/i,
  turns: [
    () => ({
      thinking:
        'Something long that is worth reading: what happens between pressing Enter and the last word of an answer. It should show what a page can look like: headings, a table, code, a list to tick off, a quotation.',
      text: LIFE_OF_A_RUN,
    }),
  ],
}

const LIFE_OF_A_RUN = `# From Enter to the last word

You press Enter. What follows is the life of one **run**, which is what loomcycle calls a piece of work for an agent.

## 1. Your message becomes a row

Before anything else, the message is stored. From then on it is safe: the browser may close, the network may drop, the machine may lose power.

> An event is written first and shown second. What you have seen can be read again.

That order is the one promise that everything else leans on.

## 2. The agent takes a turn

A turn is one question to a model and one answer from it. The question holds:

1. the agent's system prompt,
2. the conversation so far,
3. the tools that *this* agent may use.

The answer arrives in pieces. Each piece is one event:

| Event | Carries | You see |
|---|---|---|
| \`thinking\` | a piece of reasoning | the folded block above an answer |
| \`text\` | a piece of the answer | the words as they appear |
| \`tool_call\` | a tool's name and input | a card that starts to turn |
| \`tool_result\` | what came back | the card, finished or failed |
| \`usage\` | tokens in and out | the line of numbers below |
| \`awaiting_input\` | nothing | the composer, ready for you |

Small pieces are gathered for a moment before they are stored, except for the first of a block, which is sent at once. That is why an answer starts quickly and still costs little to keep.

## 3. Tools run side by side

When the answer asks for several tools, they run at the same time:

\`\`\`
turn 1   ├─ Context  time      ──▶ 09:59
         ├─ Memory   get       ──▶ "Tofu"
         └─ Memory   incr      ──▶ 3
turn 2   answer, with all three in hand
\`\`\`

A tool that fails does not end the run. Its error goes back to the model like any other result, and a good model reads it and tries something better. Say \`remember that I like rain\` to watch that happen.

## 4. Nothing is allowed by default

An agent has the tools on its list and no others. The tool \`Memory\` asks for one thing more, a *scope*:

- **agent**: values that belong to the agent, whoever it works for
- **user**: values about a person
  - shared by all agents of that person
  - never visible to anybody else

A refusal names the setting that would allow the call, so nobody has to guess.

## 5. The run parks

After the answer, an interactive run waits. Waiting takes no memory and no connection; it is a row in a file. Your next message wakes it, in a minute or next month.

\`\`\`ts
for await (const event of session.events()) {
  if (event.type !== 'awaiting_input') continue
  const next = await ask('You: ')
  if (next === '') break
  await session.send(next)
}
\`\`\`

## 6. When something breaks

| What | What happens |
|---|---|
| You reload the page | The stream goes on from the last event you saw. |
| Two tabs are open | Both show the same, live. |
| The server is killed | On the next start, half-finished turns are taken up again. |
| A model service fails | The turn ends with an error that names the cause. You can go on. |

## Try it now

- [x] Read something long
- [ ] Reload the page while an answer is being written
- [ ] Open this conversation in a second tab
- [ ] Write a message while I am busy
- [ ] Stop the server, start it, and come back here

---

*This text was written beforehand, as all of mine are. The way it got here was not.*`
