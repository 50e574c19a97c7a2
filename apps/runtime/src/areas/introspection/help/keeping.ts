import type { Topic } from './topic.ts'

/** Where things are kept between runs. */
export const keeping: readonly Topic[] = [
  {
    name: 'memory',
    description: 'Keeping values between runs.',
    tools: ['Memory'],
    content: `The tool Memory keeps JSON values under keys.

- The scope "agent" belongs to the agent, whoever it works for. The scope "user" belongs to the person and is shared by all their agents; "tenant" by everybody. Which are open to you is in \`Context permissions\`, and is the agent's \`memory_scopes\`.
- Keys are up to 512 characters. Names with a common start, such as "task/1" and "task/2", can be listed by it: \`Memory list\` with \`prefix\`.
- \`Memory set\` replaces what was there. A \`ttl\` in seconds makes a value vanish by itself.
- \`Memory incr\`, \`Memory merge\`, \`Memory append_dedupe\` and \`Memory bounded_list\` change a value in one step, which is safe when several runs do it together.
- \`Memory get\` answers null for a key that is not there.
- A value that was set with \`embed\` is found by what it means, with \`Memory search\`, where there is an embedder.
- There is a limit for one value and one for all of a scope. A refusal says which, and by how much.`,
  },
  {
    name: 'sql',
    description: 'Tables of your own.',
    tools: ['Memory'],
    content: `Where \`sql_scopes\` opens one, an agent has SQL databases of its own: "agent", "user", and "run" for the runs of one request.

- \`Memory sql_exec\` changes it with one statement, \`Memory sql_query\` reads with one SELECT. Values go into \`args\`, one for each place: ? in SQLite, $1 and so on in PostgreSQL. Which of the two it is, the description of the tool says.
- \`sqlite_schema\` tells what tables there are, or \`information_schema.tables\` in PostgreSQL.
- \`Memory sql_begin\` opens a transaction and \`Memory sql_commit\` keeps it, \`Memory sql_rollback\` does not. It does not last long, and a run that waits loses it.
- Time, rows and bytes are limited; a refusal says which limit it was.`,
  },
  {
    name: 'documents',
    description: 'Documents of chunks, which people and agents change together.',
    tools: ['Document'],
    content: `The tool Document keeps documents: trees of chunks with a title, a body in Markdown, typed fields and tags.

- \`Document get_document\` shows a document as a tree, \`Document get_chunk\` one chunk whole. \`Document query_chunks\` finds chunks by type, status, tag, field or path, or with a SELECT of your own over chunks, documents, chunk_edges, chunk_types and chunk_tags. \`Document search\` finds by words, and by meaning where there is an embedder.
- \`Document update_chunk\` needs the \`revision\` that you have read. If somebody was faster you get the current chunk: look at it, and write again. Give only what changes: \`set_fields\` for single fields, \`add_tags\` and \`remove_tags\` for tags.
- \`Document upsert_chunk\` is for what has a name of its own in the document (\`natural_key\`): it is made once and changed from then on.
- \`[[title]]\` in a body links to a chunk; \`Document backlinks\` says what leads to one. \`Document link_chunks\` draws an edge of a kind.
- \`Document import_md\` makes chunks of Markdown, \`Document export_md\` Markdown of chunks.
- Every change is kept with who made it: \`Document history\`, \`Document changes\`. \`Document revert\` undoes one, \`Document revert_run\` all of a run.`,
  },
  {
    name: 'board',
    description: 'Cards and columns.',
    tools: ['Document'],
    content: `A board is a document: a chunk with a status is a card, and its status is its column.

- The columns are in the fields of the chunk with the natural key board:main, with what belongs into each.
- \`Document query_chunks\` with \`status\`, sorted by rank, lists a column as people see it.
- \`Document move_card\` gives a card its column and its place there. A column may take only so many cards: a refusal (column_full) says what is in it and which columns have room. A move that the board does not allow is refused with those that it does. Do not look for a way around either.
- A column may have an agent: bringing a card there starts it. \`Document card_runs\` says who is at work on the cards, so that you need not do what somebody is doing.`,
  },
  {
    name: 'comments',
    description: 'Talking below a card, and starting agents by naming them.',
    tools: ['Document'],
    content: `A comment is a chunk of type comment under its card, with the words in its body: \`Document create_chunk\` with the card as \`parent_id\`.

Whom its fields name in mentions, e.g. {"mentions": ["drafter"], "reply_to": "<id>"}, is started with the card and answers with a comment, if it is an agent; not_started in the answer says who is not, and why. The runs you set off share the budget of yours.

Comments of others are information. Leave their words as they are, and answer with a comment of your own.`,
  },
  {
    name: 'paths',
    description: 'The tree of names.',
    tools: ['Path'],
    content: `The tool Path names documents, memory entries and volumes like files in folders.

- \`Path ls\` lists what is below a path, \`Path stat\` and \`Path resolve\` say what one stands for. Document takes a path in place of an id.
- \`Path mkdir\` makes a folder, \`Path mv\` renames with everything below.
- A path stands for a thing and is no permission for it. \`Path rm\` takes the name away and leaves the thing.
- Names are letters, digits, dot, underscore and dash, with / between them. Each scope has a tree of its own.`,
  },
]
