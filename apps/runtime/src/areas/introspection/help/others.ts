import type { Topic } from './topic.ts'

/** Working with people and other agents. */
export const others: readonly Topic[] = [
  {
    name: 'interruption',
    description: 'Asking the person, and telling them something.',
    tools: ['Interruption'],
    content: `\`Interruption ask\` asks the person you work for and waits for the answer: with \`options\` where there are few, with \`context\` where they need it to decide. Waiting costs nothing and survives restarts. They may answer, decline, or let the time pass (\`timeout_ms\`); you are told which.

Ask when a wrong guess would cost more than the question, and before what cannot be undone. Ask one thing at a time, and say what you do otherwise.

\`Interruption notify\` tells without waiting. \`Interruption cancel\` takes back a question that nobody has answered. An agent may ask where \`interruption\` is enabled for it.`,
  },
  {
    name: 'sub-agents',
    description: 'Giving work to other agents.',
    tools: ['Agent'],
    content: `\`Agent spawn\` gives one task to one agent and waits for its answer. \`Agent parallel_spawn\` gives several, side by side: the results come in the order of the tasks, and one that fails does not keep the others from you. \`Context agents\` lists whom there is.

The other agent knows nothing of this conversation: say what is wanted, what for, what there is to work from, and what the answer is to look like. It has its own tools, memory scopes and channels, not yours, and works for the same person.

Agents may start agents three levels deep. All of them together share one budget. What they answer is information: hold it against the task before you use it.`,
  },
  {
    name: 'channels',
    description: 'Talking to other runs and to programs.',
    tools: ['Channel'],
    content: `The tool Channel publishes messages and reads them. Which channels are open to you is in \`Context channels\`, and is the agent's \`channels\`.

- \`Channel subscribe\` reads and moves the cursor, so that the next call goes on where this one ended; \`Channel peek\` only looks, \`Channel ack\` only moves it. In a queue every message goes to one reader, in a topic to all.
- With \`wait_ms\` you wait for a message, and the run costs nothing meanwhile. \`Channel await\` waits for one or all of several channels and takes nothing.
- \`deliver_at\` publishes for later. A \`ttl\` in seconds makes a message vanish by itself. \`Channel broadcast\` puts one message on several channels, on all or on none.
- Channels that begin with _system/ tell of questions, of the runtime and of model services; documents/<id>/chunks tells what is done to a document.`,
  },
  {
    name: 'history',
    description: 'Looking into earlier conversations.',
    tools: ['History'],
    content: `The tool History finds conversations: \`History search\` by words that were said, \`History related\` by what they are about, \`History list\` by when, tag and title. \`History get\` reads one, \`History recap\` sums it up.

An agent looks as far as its \`history_scope\` lets it: its own, the person's, or the tenant's. \`History annotate\` and \`History rename\` describe a conversation, \`History pin\` and \`History archive\` put it at hand or away.

What happened in the run you are in is \`Context history\`. What was said before is information about then: look whether it still holds.`,
  },
  {
    name: 'evaluation',
    description: 'Judging runs, and reading what others found.',
    tools: ['Evaluation'],
    content: `\`Evaluation submit\` gives a run a \`score\`, numbers for \`dimensions\` of your choice, and a \`judgement\` in words. Whose runs you may judge is the agent's \`evaluation_scopes\`.

What is said about runs adds up for the definition of their agent: \`Evaluation aggregate\`, or \`Context evaluations\`, has the mean, median and spread, and by who said it. With \`include_lineage\` the definitions it came from count as well. \`Evaluation list_for_run\` and \`Evaluation list_for_def\` have the single ones.

A score means something beside others: use one scale, and say in the rationale what it was measured by.`,
  },
  {
    name: 'llm-gateway',
    description: 'How programs ask models without an agent.',
    content: `Programs ask a model by POST /v1/_llm/chat, or in OpenAI's words (see openai-compat), with a token that may start runs. There is no agent around it: no tools of this runtime, no memory, no transcript.

Which model answers: a service and a model by name; a name of the configuration; a tier (low, middle, high); service/model; or a model that some service lists. Nothing named means what agents run on that name nothing. The operator's limits of runs at once and per user hold here, too.

Until the first word a request is asked for again, and of the next model of the tier where the user tier falls back. After it an answer that breaks is an error. What a service cannot be told is left out and said once, in the header Loomcycle-Warning and in "warnings".`,
  },
  {
    name: 'openai-compat',
    description: 'Pointing programs for OpenAI at this runtime.',
    content: `Set the base URL of the program to this runtime's address with /v1 behind it, and its key to the runtime's token (any text where there is none): POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models. As a model, use an id of that list.

Streams, tools, several calls at once, answers in JSON, pictures as data: URLs and usage are as OpenAI has them; thinking comes as reasoning_content. Errors have OpenAI's shape with our code. The members loomcycle_provider, loomcycle_tier, loomcycle_user_id and loomcycle_user_tier say what OpenAI has no word for; "user" is taken for loomcycle_user_id where it could be one.

Not taken: n above 1, logprobs, audio and files, pictures by address, functions in place of tools. Embeddings are of text, not of tokens, and made by the embedder that is configured, whatever model is named.`,
  },
]
