import {
  type DefinitionSpec,
  type FieldGroup,
  type FieldKind,
  field,
} from '../../../components/definitions/editor/field.ts'

const text: FieldKind = { is: 'text' }
const flag: FieldKind = { is: 'flag' }
const names: FieldKind = { is: 'names' }
const count = (min: number, max?: number): FieldKind => ({ is: 'number', min, step: 1, ...(max ? { max } : {}) })
const amount = (min: number, max: number): FieldKind => ({ is: 'number', min, max, step: 0.1 })

const groups: readonly FieldGroup[] = [
  {
    id: 'about',
    title: 'What it is',
    fields: [
      field('description', 'Description', 'What it is for. People see it, and so do agents that may start it.', text),
      field(
        'system_prompt',
        'Instructions',
        'What it is told before anything else, in Markdown. None unless you write some.',
        { is: 'long', language: 'markdown', hint: 'You are…' },
      ),
    ],
  },
  {
    id: 'model',
    title: 'Model',
    fields: [
      field('provider', 'Service', 'Where its model runs. The runtime’s usual one unless you choose.', {
        is: 'provider',
      }),
      field('model', 'Model', 'The service’s usual one unless you choose.', { is: 'model' }),
      field('tier', 'Tier', 'How much of a model it needs, in place of one by name. Which that is is configured.', {
        is: 'choice',
        of: ['low', 'middle', 'high'],
      }),
      field('providers', 'Only on', 'The services it may run on, by name. On any unless you say.', names),
      field(
        'effort',
        'Effort',
        'How much it thinks before it answers, where the model can be told. The model decides otherwise.',
        {
          is: 'choice',
          of: ['minimal', 'low', 'medium', 'high'],
        },
      ),
      field('max_tokens', 'Longest answer', 'Tokens of one turn. As many as the model takes unless you say.', count(1)),
      field(
        'sampling.temperature',
        'Temperature',
        '0 is always the same, 2 is wild. The model’s own unless you say.',
        amount(0, 2),
      ),
      field('sampling.top_p', 'Top p', 'Only the likeliest words that come to this share, from 0 to 1.', amount(0, 1)),
      field('sampling.top_k', 'Top k', 'Only so many of the likeliest words.', count(1)),
      field(
        'sampling.frequency_penalty',
        'Frequency penalty',
        'Above 0 it repeats words less, from −2 to 2.',
        amount(-2, 2),
      ),
      field(
        'sampling.presence_penalty',
        'Presence penalty',
        'Above 0 it moves on to other things, from −2 to 2.',
        amount(-2, 2),
      ),
      field('sampling.seed', 'Seed', 'The same seed makes answers more alike, where the service can.', {
        is: 'number',
        step: 1,
      }),
      field('sampling.stop', 'Stop words', 'It ends its turn where it would write one of these. At most 8.', names),
      field(
        'retry_attempts',
        'Tries again',
        'So often a turn that broke off is asked for again, from 0 to 5. Twice unless you say.',
        count(0, 5),
      ),
    ],
  },
  {
    id: 'tools',
    title: 'Tools and skills',
    hint: 'It has none but those that stand here. A * at the end stands for all that begin so.',
    fields: [
      field('tools', 'Tools', 'By name, such as Document, Memory or Read. None unless you give it some.', names),
      field(
        'disable_context',
        'Without Context',
        'It has not even the tool Context, by which it finds its way around. It has it unless you take it away.',
        flag,
      ),
      field('skills', 'Skills', 'Instructions that it may read when it needs them. None unless you give it some.', {
        is: 'names',
        of: 'skills',
      }),
      field(
        'code_body',
        'Code',
        'JavaScript with a function run(input), of an agent on code-js, where this runtime has such agents.',
        { is: 'long', language: 'plain', hint: 'function run(input) {…}' },
      ),
      field(
        'run_timeout_seconds',
        'Time for a run',
        'Seconds that a run of an agent on code-js may take, waiting included. As the runtime says unless you say.',
        count(1),
      ),
    ],
  },
  {
    id: 'memory',
    title: 'Memory and conversations',
    fields: [
      field('memory_scopes', 'Memory', 'Whose memory it may read and write. Nobody’s unless you say.', {
        is: 'choices',
        of: [
          ['agent', 'Its own'],
          ['user', 'Of the person it works for'],
          ['tenant', 'Of everybody here'],
        ],
      }),
      field(
        'memory_quota_bytes',
        'Room in memory',
        'Bytes in each of them. As much as the runtime gives unless you say.',
        count(1),
      ),
      field('sql_scopes', 'SQLite databases', 'Whose databases it may use with SQL. Nobody’s unless you say.', {
        is: 'choices',
        of: [
          ['agent', 'Its own'],
          ['user', 'Of the person it works for'],
          ['run', 'Of the run, and gone with it'],
        ],
      }),
      field('sql_quota_bytes', 'Room in a database', 'Bytes. As much as the runtime gives unless you say.', count(1)),
      field('history_scope', 'Conversations', 'Whose conversations it may look into. Nobody’s unless you say.', {
        is: 'choices',
        of: [
          ['self', 'Its own'],
          ['user', 'Of the person it works for'],
          ['tenant', 'Of everybody here'],
        ],
      }),
    ],
  },
  {
    id: 'files',
    title: 'Files',
    fields: [
      field(
        'volumes',
        'Volumes',
        'Folders whose files it may reach; with :ro at the end it may only read them. None unless you say.',
        {
          is: 'names',
          of: 'volumes',
        },
      ),
    ],
  },
  {
    id: 'people',
    title: 'People and channels',
    fields: [
      field('interruption.enabled', 'May ask people', 'It may stop and ask. It may not unless you say so.', flag),
      field('interruption.kinds', 'What it may ask', 'Questions, unless you say.', {
        is: 'choices',
        of: [['question', 'Questions']],
      }),
      field(
        'interruption.max_pending',
        'Questions at once',
        'So many may wait for an answer. As many as the runtime allows unless you say.',
        count(1),
      ),
      field(
        'channels.publish',
        'Channels it writes to',
        'By name; /* at the end is for all below. None unless you say.',
        names,
      ),
      field(
        'channels.subscribe',
        'Channels it reads',
        'By name; /* at the end is for all below. None unless you say.',
        names,
      ),
    ],
  },
  {
    id: 'agents',
    title: 'Other agents, and what it may define',
    fields: [
      field(
        'max_concurrent_children',
        'Sub-agents at once',
        'At most 32. As many as the runtime allows unless you say.',
        count(1, 32),
      ),
      field(
        'evaluation_scopes',
        'Evaluations',
        'Whose runs it may judge, and whether it may read what others found. None unless you say.',
        {
          is: 'choices',
          of: [
            ['submit_self', 'Judge its own runs'],
            ['submit_siblings', 'Judge runs beside it'],
            ['submit_descendants', 'Judge runs it started'],
            ['submit_any', 'Judge any run'],
            ['read_any', 'Read all evaluations'],
          ],
        },
      ),
      field(
        'agent_def_scopes',
        'Agents it may define',
        'self, descendants, any, or named:<name>. None unless you say.',
        names,
      ),
      field('skill_def_scopes', 'Skills it may define', 'any, or named:<name>. None unless you say.', names),
      field('team_def_scopes', 'Teams it may define', 'any, or named:<name>. None unless you say.', names),
      field('volume_def_scopes', 'Volumes it may make', 'any, or named:<name>. None unless you say.', names),
    ],
  },
  {
    id: 'limits',
    title: 'Limits',
    fields: [
      field(
        'max_iterations',
        'Steps',
        'Model calls since somebody last said something. As many as the runtime allows unless you say.',
        count(1),
      ),
      field('unbounded_iterations', 'No limit of steps', 'It goes on until it is done.', flag),
      field(
        'tree.max_runs',
        'Runs',
        'Of it and all it starts, for one request; 0 for no limit. The runtime’s unless you say.',
        count(0),
      ),
      field(
        'tree.max_runs_at_once',
        'Runs at once',
        'Those of them that have not ended; 0 for no limit. The runtime’s unless you say.',
        count(0),
      ),
      field(
        'tree.max_model_calls',
        'Model calls',
        'Of all of them together; 0 for no limit. The runtime’s unless you say.',
        count(0),
      ),
      field(
        'tree.max_tokens',
        'Tokens',
        'Read and written by all of them; 0 for no limit. The runtime’s unless you say.',
        count(0),
      ),
    ],
  },
  {
    id: 'compaction',
    title: 'Long conversations',
    hint: 'When the model’s window fills up, the older part is replaced by a summary.',
    fields: [
      field('compaction.enabled', 'Summarise by itself', 'It does not unless you say so.', flag),
      field(
        'compaction.autocompact_at_pct',
        'When',
        'How full the window is then, in percent, from 50 to 95.',
        count(50, 95),
      ),
      field(
        'compaction.target_percentage',
        'How long',
        'Of the summary, in percent of what it replaces, from 10 to 50.',
        count(10, 50),
      ),
      field('compaction.keep_last_n', 'What stays', 'So many messages at the end stay as they are.', count(0)),
      field('compaction.keep_first', 'Keep the task', 'The first message stays in its own words.', flag),
      field('compaction.model', 'Model for the summary', 'The agent’s own unless you say.', text),
    ],
  },
]

const kept: ReadonlySet<string> = new Set([
  'a2a_agent_def_scopes',
  'a2a_server_card_def_scopes',
  'allowed_tools',
  'core_blocks',
  'inherit_core_blocks',
  'inject_tool_guide',
  'internal',
  'memory_backend',
  'memory_consolidation',
  'memory_index_max_bytes',
  'memory_inject_max_tokens',
  'memory_protocol',
  'memory_roots',
  'models',
  'schedule_def_scopes',
  'search_providers',
  'system_prompt_base',
])

/** All that can be said of an agent. */
export const agentSpec: DefinitionSpec = {
  family: 'agent',
  groups,
  kept,
  whole: new Set(['channels', 'interruption']),
}
