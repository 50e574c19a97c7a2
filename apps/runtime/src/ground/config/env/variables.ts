import { logLevels } from '../../telemetry/telemetry.ts'
import { storageBackends } from '../config.ts'
import { replicaName } from './replica-name.ts'
import {
  address,
  clamped,
  list,
  oneOf,
  onOff,
  optionalText,
  quota,
  secret,
  share,
  sizes,
  text,
  unlessInFile,
  whole,
  wholeOrOff,
} from './setting.ts'

const { KiB, MiB, GiB } = sizes
const minute = 60_000
const hour = 60 * minute

/** Every variable there is, but those of model services, which say themselves what sets them up. By what they are about. */
export const variableGroups = {
  'Where it listens, and who may come in': {
    LOOMCYCLE_LISTEN_ADDR: text('127.0.0.1:8787', {
      about: 'Where it listens; :0 picks a free port and prints it. Beyond this machine only with a token.',
      who: 'everyone',
    }),
    LOOMCYCLE_AUTH_TOKEN: secret({
      about:
        'Asked for once in the browser, and as Authorization: Bearer … of programs: visible ASCII characters. A start warns of fewer than 16, since those can be guessed.',
      who: 'who runs it for others',
    }),
    LOOMCYCLE_ALLOWED_HOSTS: list(',', {
      about:
        'Names it may be reached by without a token, the web app’s among them, besides this machine’s own and IP addresses.',
      who: 'who runs it for others',
    }),
    LOOMCYCLE_ALLOWED_ORIGINS: list(',', {
      about:
        'Origins of pages and apps that may ask with a token of theirs, and read the answers (CORS); without a token, in open mode, they may do everything.',
      who: 'who has an app of their own',
    }),
    LOOMCYCLE_TRUSTED_PROXIES: list(',', {
      about: 'Addresses and ranges, or loopback: proxies whose X-Forwarded-… headers are believed.',
      who: 'who has a proxy before it',
    }),
    LOOMCYCLE_BROWSER_SESSION_DAYS: whole(
      { preset: 30, min: 1, max: 365, unit: 'days' },
      { about: 'A browser is signed in for so long at most.', who: 'who runs it for others' },
    ),
    LOOMCYCLE_BROWSER_SESSION_IDLE_DAYS: whole(
      { preset: 7, min: 1, max: 365, unit: 'days' },
      { about: 'A browser that is not used is signed in for so long.', who: 'who runs it for others' },
    ),
  },
  'What it starts with': {
    LOOMCYCLE_DATA_DIR: text('./data', { about: 'Everything there is to back up.', who: 'everyone' }),
    LOOMCYCLE_CONFIG_FILES: list(':', {
      about: 'YAML files, later ones over earlier ones.',
      who: 'who has agents of their own',
    }),
    LOOMCYCLE_CONFIG_STRICT: onOff('off', {
      about: 'A key that a later file replaces refuses the start, instead of being told of in the log.',
      who: 'who has several such files',
    }),
    LOOMCYCLE_PRESETS: list(',', {
      about:
        'Bundles of agents and skills that it comes with, by name, in place of those that configuration files choose: base, chat, document-agent, agent-teams, launch.',
      who: 'who wants other agents than the usual ones',
    }),
    LOOMCYCLE_AGENTS_ROOT: optionalText({
      about:
        'A folder of agents as Markdown files: settings between lines of dashes, and below them the instructions. What configuration files say of an agent goes over it.',
      who: 'who has agents of their own',
    }),
    LOOMCYCLE_SKILLS_ROOT: optionalText({
      about: 'A folder of skills: each a folder of its own with a SKILL.md, and files beside it.',
      who: 'who has skills',
    }),
    LOOMCYCLE_HELP_ROOT: optionalText({
      about: 'A folder of Markdown files that agents and people can ask about, each called like its topic.',
      who: 'who has rules of the house',
    }),
    LOOMCYCLE_UI_DIR: optionalText({
      about: 'Folder of a built web app, in place of the one that comes with it.',
      who: 'who builds a web app of their own',
    }),
    LOOMCYCLE_SAMPLE: onOff('on', {
      about: 'A new data directory starts with the sample launch plan.',
      who: 'who sets up many',
    }),
    LOOMCYCLE_UPGRADE_COPY: onOff('on', {
      about: 'A copy of the database is kept before an upgrade changes it.',
      who: 'who has no room for it',
    }),
    LOOMCYCLE_COMMIT: text('unknown', {
      about: 'What it was built from, as /healthz says it.',
      who: 'who builds it',
    }),
    LOOMCYCLE_LOG_LEVEL: oneOf(logLevels, 'info', {
      about:
        'How much it says on its standard error; debug has a line for each run, turn and piece of work that is measured.',
      who: 'who looks for what is wrong',
    }),
  },
  'Where everything is kept, and several replicas': {
    LOOMCYCLE_STORAGE_BACKEND: unlessInFile(
      oneOf(storageBackends, 'sqlite', {
        about: 'Where everything is kept: a file in the data directory, or a Postgres that several replicas share.',
        who: 'who runs several replicas',
      }),
    ),
    LOOMCYCLE_PG_DSN: secret({
      about: 'Address of the Postgres, as postgres://name:password@host/database.',
      who: 'who keeps everything in Postgres',
    }),
    LOOMCYCLE_PG_AUTOMIGRATE: unlessInFile(
      onOff('off', {
        about:
          'A start brings the tables of the Postgres up to date; otherwise one that is behind refuses the start, and loomcycle migrate up does it.',
        who: 'who keeps everything in Postgres',
      }),
    ),
    LOOMCYCLE_PG_MAX_OPEN_CONNS: unlessInFile(
      whole(
        { preset: 32, min: 4, max: 10_000 },
        { about: 'Connections to the Postgres that one replica has at most.', who: 'who keeps everything in Postgres' },
      ),
    ),
    LOOMCYCLE_PG_MIN_IDLE_CONNS: unlessInFile(
      whole(
        { preset: 4, min: 0, max: 10_000 },
        { about: 'Of those, the ones that stay open with nothing to do.', who: 'who keeps everything in Postgres' },
      ),
    ),
    LOOMCYCLE_REPLICA_ID: replicaName({
      about:
        'What this replica is called among those that share its Postgres, where no two have the same name; a random one unless given.',
      who: 'who runs several replicas',
    }),
  },
  Models: {
    LOOMCYCLE_NO_DEFAULT_PROVIDERS: onOff('off', {
      about: 'An Ollama on this machine is not used without being asked for.',
      who: 'who runs it for others',
    }),
    LOOMCYCLE_DETECT_OLLAMA_URL: address({
      about:
        'Where an Ollama is looked for as long as no model service is set up; http://127.0.0.1:11434 unless given. It is used once it has a model.',
      who: 'who runs it in a container, where this machine is called http://host.docker.internal:11434',
    }),
    LOOMCYCLE_PROVIDER_HEADER_TIMEOUT_MS: whole(
      { preset: minute, min: 1, max: hour, unit: 'ms' },
      {
        about: 'So long may a model service take until it begins to answer.',
        who: 'hardly anyone',
      },
    ),
    LOOMCYCLE_PROVIDER_IDLE_TIMEOUT_MS: whole(
      { preset: 90_000, min: 1, max: hour, unit: 'ms' },
      { about: 'So long may a model service be silent in the middle of an answer.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_LOCAL_MODEL_TIMEOUT_MS: whole(
      { preset: 5 * minute, min: 1, max: 24 * hour, unit: 'ms' },
      {
        about:
          'So long may a model on a private address take until it begins to answer, or be silent in the middle: it may have to be loaded first, and it reads slowly.',
        who: 'who runs large models on small machines',
      },
    ),
    LOOMCYCLE_PROVIDER_PATIENCE_MS: whole(
      { preset: 30_000, min: 0, max: hour, unit: 'ms' },
      {
        about:
          'So long is a model service asked again that cannot be reached or is overloaded; one that says for how long it wants to be left alone is given up to five minutes.',
        who: 'who runs models that restart, or wants to hear of failures at once',
      },
    ),
    LOOMCYCLE_PROVIDER_QUEUE_CONCURRENCY: quota(0, {
      about:
        'Calls that are made to one model service at once; the others wait, tenants and their users in turns. A service may have a number of its own, under concurrency.calls.',
      who: 'whose key allows few calls at once',
    }),
    LOOMCYCLE_PROVIDER_QUEUE_DEPTH: whole(
      { preset: 64, min: 0, max: 100_000 },
      {
        about:
          'Calls that wait for one model service at most; one more is refused, or takes the place of a tenant that has more waiting.',
        who: 'who limits calls',
      },
    ),
    LOOMCYCLE_PROVIDER_QUEUE_TIMEOUT_MS: whole(
      { preset: 30_000, min: 0, max: hour, unit: 'ms' },
      {
        about: 'A call waits so long for its turn. A run waits again, as for a service that is asked too much.',
        who: 'who limits calls',
      },
    ),
    LOOMCYCLE_RESOLVE_PROBE_INTERVAL_MS: clamped(
      { preset: 15 * minute, min: minute, max: hour, unit: 'ms' },
      {
        about:
          'So often are model services asked which models they have, once an agent with a tier was used; one that failed is chosen again after it has answered. What is less or more is taken for the least or the most.',
        who: 'who has tiers of models',
      },
    ),
    LOOMCYCLE_FALLBACK_PIN_AFTER_SUCCESS: onOff('off', {
      about: 'A run that has had an answer of its model stays with it, and fails with it, whatever its user tier says.',
      who: 'who wants one answer to come from one model',
    }),
    LOOMCYCLE_TOOL_PARALLELISM: whole(
      { preset: 8, min: 1, max: 64 },
      { about: 'So many tool calls of one turn are run side by side.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_TOOL_RESULT_WINDOW_PCT: whole(
      { preset: 25, min: 1, max: 90 },
      {
        about:
          'Percent of its window that a model is shown of the results of one turn; of what is longer, the beginning and the end, and it may read on.',
        who: 'who has tools that answer at length',
      },
    ),
    LOOMCYCLE_GUESSED_WINDOW_TOKENS: whole(
      { preset: 32_768, min: 1024, max: 100_000_000 },
      {
        about:
          'Tokens that a model is thought to take where neither its service nor models in a configuration file says anything.',
        who: 'who has a service that does not say',
      },
    ),
  },
  'Agents that start agents': {
    LOOMCYCLE_TREE_MAX_RUNS: quota(256, {
      about: 'Runs that agents may start for one request, of all levels together; tree of an agent goes before it.',
      who: 'who has agents at work in great number',
    }),
    LOOMCYCLE_TREE_MAX_RUNS_AT_ONCE: quota(64, {
      about: 'Of those, the ones that have not ended.',
      who: 'who has agents at work in great number',
    }),
    LOOMCYCLE_TREE_MAX_MODEL_CALLS: quota(1000, {
      about: 'Model calls of all runs of such a request together.',
      who: 'who has agents at work in great number',
    }),
    LOOMCYCLE_TREE_MAX_TOKENS: quota(20_000_000, {
      about: 'Tokens that they read and write together, besides those from prompt caches.',
      who: 'who has agents at work in great number',
    }),
  },
  Embeddings: {
    VOYAGE_API_KEY: secret({ about: 'Key of Voyage, for memory.embedder.', who: 'who searches memory by meaning' }),
    VOYAGE_BASE_URL: address({ about: 'Another address for Voyage.', who: 'hardly anyone' }),
    LOOMCYCLE_EMBEDDER_STUB: onOff('off', {
      about: 'Vectors are made from the words themselves, without a service and without understanding.',
      who: 'who tests',
    }),
    LOOMCYCLE_MEMORY_EMBED_TIMEOUT_MS: whole(
      { preset: 30_000, min: 1, max: hour, unit: 'ms' },
      {
        about: 'So long may an embedding service take; memory.embedder.timeout_ms goes before it.',
        who: 'hardly anyone',
      },
    ),
    LOOMCYCLE_MEMORY_EMBED_BATCH_SIZE: whole(
      { preset: 100, min: 1, max: 2048 },
      {
        about: 'So many texts are sent to it at once; memory.embedder.batch_size goes before it.',
        who: 'hardly anyone',
      },
    ),
  },
  'Requests and streams': {
    LOOMCYCLE_MAX_REQUEST_BYTES: whole(
      { preset: 16 * MiB, min: KiB, max: GiB, unit: 'bytes' },
      { about: 'The largest request body.', who: 'who runs it for others' },
    ),
    LOOMCYCLE_REQUEST_BYTES_AT_ONCE: whole(
      { preset: 32 * MiB, min: MiB, max: 16 * GiB, unit: 'bytes' },
      {
        about: 'Of all bodies above 256 KiB that are being read; others wait in line for up to 20 s, then get a 429.',
        who: 'who runs it for others',
      },
    ),
    LOOMCYCLE_SSE_KEEPALIVE_MS: wholeOrOff(
      { preset: 20_000, min: 1000, max: 5 * minute, unit: 'ms' },
      { about: 'Open streams say something so often.', who: 'who has a proxy that cuts quiet connections' },
    ),
    LOOMCYCLE_DISCONNECT_GRACE_MS: whole(
      { preset: 2000, min: 0, max: hour, unit: 'ms' },
      { about: 'A one-shot run waits so long for its caller to come back.', who: 'hardly anyone' },
    ),
  },
  'Documents and conversations': {
    LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS: quota(100_000, {
      about: 'Documents that one user, agent or tenant scope may hold.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_DOCUMENTS_MAX_SCOPE_CHUNKS: quota(2_000_000, {
      about: 'Chunks that one user, agent or tenant scope may hold.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_DOCUMENTS_MAX_SCOPE_BYTES: quota(
      8 * GiB,
      {
        about: 'Bytes of documents that one user, agent or tenant scope may hold.',
        who: 'who shares it among many people',
      },
      'bytes',
    ),
    LOOMCYCLE_DOCUMENTS_MAX_TENANT_DOCUMENTS: quota(1_000_000, {
      about: 'Documents that all scopes of a tenant together may hold.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_DOCUMENTS_MAX_TENANT_CHUNKS: quota(10_000_000, {
      about: 'Chunks that all scopes of a tenant together may hold.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_DOCUMENTS_MAX_TENANT_BYTES: quota(
      32 * GiB,
      {
        about: 'Bytes of documents that all scopes of a tenant together may hold.',
        who: 'who shares it among many people',
      },
      'bytes',
    ),
    LOOMCYCLE_SESSIONS_MAX_USER_SESSIONS: quota(1_000_000, {
      about: 'Conversations of a user, those of sub-agents included.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_SESSIONS_MAX_USER_BYTES: quota(
      32 * GiB,
      { about: 'Bytes that the conversations of a user may take.', who: 'who shares it among many people' },
      'bytes',
    ),
    LOOMCYCLE_SESSIONS_MAX_TENANT_SESSIONS: quota(10_000_000, {
      about: 'Conversations of a tenant, those of sub-agents included.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_SESSIONS_MAX_TENANT_BYTES: quota(
      128 * GiB,
      { about: 'Bytes that the conversations of a tenant may take.', who: 'who shares it among many people' },
      'bytes',
    ),
  },
  Channels: {
    LOOMCYCLE_CHANNELS_MAX_PER_TENANT: quota(10_000, {
      about: 'Declared channels of a tenant.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_CHANNELS_MAX_MESSAGES: quota(1_000_000, {
      about: 'Messages that a channel holds in a scope.',
      who: 'who shares it among many people',
    }),
    LOOMCYCLE_CHANNELS_MAX_BYTES: quota(
      GiB,
      { about: 'Bytes that a channel holds in a scope.', who: 'who shares it among many people' },
      'bytes',
    ),
    LOOMCYCLE_CHANNELS_MAX_VALUE_BYTES: whole(
      { preset: 64 * KiB, min: 1, max: 16 * MiB, unit: 'bytes' },
      { about: 'The largest message.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_CHANNELS_LONGPOLL_CAP_MS: whole(
      { preset: 30_000, min: 0, max: hour, unit: 'ms' },
      { about: 'The longest that a request waits for messages.', who: 'who has a proxy that cuts slow answers' },
    ),
    LOOMCYCLE_CHANNELS_MAX_PENDING_DEFERRED: whole(
      { preset: 10_000, min: 1, max: 10_000_000 },
      { about: 'Messages of a channel that are to be delivered later.', who: 'hardly anyone' },
    ),
  },
  Memory: {
    LOOMCYCLE_MEMORY_MAX_VALUE_BYTES: whole(
      { preset: 64 * KiB, min: 1, max: 16 * MiB, unit: 'bytes' },
      { about: 'The largest value.', who: 'who shares it among many people' },
    ),
    LOOMCYCLE_MEMORY_MAX_SCOPE_BYTES: whole(
      { preset: MiB, min: 1, max: GiB, unit: 'bytes' },
      {
        about: 'What a scope may hold; memory_quota_bytes of an agent goes before it.',
        who: 'who shares it among many people',
      },
    ),
  },
  'Definitions made at run time': {
    LOOMCYCLE_DEFINITIONS_MAX_PER_TENANT: whole(
      { preset: 100_000, min: 1, max: 100_000_000 },
      { about: 'Versions of agents, skills and teams together.', who: 'who has agents that make agents all day' },
    ),
    LOOMCYCLE_AGENT_DEF_MAX_DEFINITION_BYTES: whole(
      { preset: 128 * KiB, min: KiB, max: 4 * MiB, unit: 'bytes' },
      { about: 'The longest definition of an agent, its instructions included.', who: 'who has very long prompts' },
    ),
    LOOMCYCLE_AGENT_DEF_MAX_CODE_BYTES: whole(
      { preset: 256 * KiB, min: KiB, max: 4 * MiB, unit: 'bytes' },
      { about: 'The longest code of an agent that is code.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_AGENT_DEF_MAX_DESCRIPTION_BYTES: whole(
      { preset: 8 * KiB, min: KiB, max: MiB, unit: 'bytes' },
      { about: 'The longest description of a version.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SKILL_DEF_MAX_BODY_BYTES: whole(
      { preset: 128 * KiB, min: KiB, max: 4 * MiB, unit: 'bytes' },
      { about: 'The longest text of a skill.', who: 'who has very long skills' },
    ),
    LOOMCYCLE_SKILL_DEF_MAX_DESCRIPTION_BYTES: whole(
      { preset: 8 * KiB, min: KiB, max: MiB, unit: 'bytes' },
      { about: 'The longest description of a skill.', who: 'hardly anyone' },
    ),
  },
  'SQL that users and agents write': {
    LOOMCYCLE_SQL_MAX_MEMORY_BYTES: whole(
      { preset: 768 * MiB, min: 64 * MiB, max: 1024 * GiB, unit: 'bytes' },
      { about: 'What all such SQL may take together while it runs.', who: 'who runs it for others' },
    ),
    LOOMCYCLE_SQL_SNAPSHOT_MAX_BYTES: whole(
      { preset: GiB, min: MiB, max: 1024 * GiB, unit: 'bytes' },
      {
        about: 'What all copies of documents that such SQL is asked of may take together on disk.',
        who: 'who runs it for others',
      },
    ),
    LOOMCYCLE_SQLMEM_ENABLED: onOff('on', {
      about: 'Agents may have SQL databases of their own.',
      who: 'who runs it for others',
    }),
    LOOMCYCLE_SQLMEM_ROOT: optionalText({
      about: 'Where those are, when they are files of SQLite; sqlmem in the data directory unless given.',
      who: 'who runs it for others',
    }),
    LOOMCYCLE_SQLMEM_PG_DSN: secret({
      about:
        'The Postgres database for those, when loomcycle itself is on Postgres: straight to the server, as a role that may make roles. Without it they are in one named like the runtime’s own with _sqlmem behind, which is made.',
      who: 'whose database role may make no databases',
    }),
    LOOMCYCLE_SQLMEM_QUOTA_BYTES: whole(
      { preset: 64 * MiB, min: 64 * KiB, max: 1024 * GiB, unit: 'bytes' },
      {
        about: 'What a scope’s database may take; sql_quota_bytes of an agent goes before it.',
        who: 'who shares it among many people',
      },
    ),
    LOOMCYCLE_SQLMEM_STATEMENT_TIMEOUT_MS: whole(
      { preset: 30_000, min: 1, max: hour, unit: 'ms' },
      { about: 'The longest that a statement runs.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SQLMEM_MAX_ROWS: whole(
      { preset: 10_000, min: 1, max: 1_000_000 },
      { about: 'The most rows of an answer.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SQLMEM_MAX_BYTES: whole(
      { preset: MiB, min: KiB, max: 64 * MiB, unit: 'bytes' },
      { about: 'The most bytes of an answer.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SQLMEM_TXN_TIMEOUT_MS: whole(
      { preset: 30_000, min: 1, max: hour, unit: 'ms' },
      { about: 'The longest that a transaction is open.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SQLMEM_MAX_OPEN_TXNS: whole(
      { preset: 16, min: 1, max: 1000 },
      { about: 'Transactions that are open at once.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SQLMEM_MAX_TXN_DEPTH: whole(
      { preset: 16, min: 1, max: 100 },
      { about: 'Savepoints within one another.', who: 'hardly anyone' },
    ),
    LOOMCYCLE_SQLMEM_AUDIT_MODE: oneOf(['full', 'metadata'], 'full', {
      about: 'Whether the audit has the statements themselves, or only that there were some.',
      who: 'who runs it for others',
    }),
  },
  'Files and shells of agents': {
    LOOMCYCLE_BASH_ENABLED: onOff('off', {
      about:
        'There is Bash, for agents that list it: /bin/sh of this machine, with all that the user of this process may do. It begins in a volume that may be written and is not kept to it.',
      who: 'who trusts their agents with the machine',
    }),
    LOOMCYCLE_BASH_ALLOWED_ENV: list(',', {
      about: 'Names of variables that its commands see, besides PATH.',
      who: 'who trusts their agents with the machine',
    }),
    LOOMCYCLE_BASHBOX_ENABLED: onOff('off', {
      about:
        'There is Bashbox, for agents that list it: a shell inside this process that has the files of one volume and no network.',
      who: 'who has agents that write scripts',
    }),
    LOOMCYCLE_BASHBOX_FALLBACK_COMMANDS: list(',', {
      about:
        'Programs of this machine that its scripts may run, such as git, in volumes that may be written. What these do is not kept to the volume.',
      who: 'who has agents that use git',
    }),
    LOOMCYCLE_BASHBOX_FALLBACK_ALLOWED_ENV: list(',', {
      about: 'Names of variables that these programs see, besides PATH; scripts do not.',
      who: 'who has agents that use git',
    }),
    LOOMCYCLE_EPHEMERAL_VOLUME_SWEEP_MS: whole(
      { preset: minute, min: 1000, max: 24 * hour, unit: 'ms' },
      {
        about: 'So often is it looked for volumes of runs that have ended; those go with their runs, but for a crash.',
        who: 'hardly anyone',
      },
    ),
  },
  'Agents that are code': {
    LOOMCYCLE_CODE_AGENTS_ENABLED: onOff('off', {
      about:
        'Agents whose provider is code-js run: JavaScript in place of a model, in a sandbox that has nothing but the tools of the agent.',
      who: 'who has steps that need no model',
    }),
    LOOMCYCLE_CODE_AGENTS_ROOT: text('./agent_code', {
      about: 'Folder with their code, of one that has none in its definition: <model, or name>/index.js.',
      who: 'who writes code in files',
    }),
    LOOMCYCLE_CODE_AGENTS_RUN_TIMEOUT_SECONDS: whole(
      { preset: 120, min: 1, max: 7 * 24 * 3600 },
      {
        about:
          'Seconds that a run of one may take, waiting for other agents included, where neither the run nor the agent says.',
        who: 'whose agents wait for long',
      },
    ),
    LOOMCYCLE_CODE_AGENTS_DETERMINISTIC: onOff('off', {
      about: 'The clock and the random numbers are the same in every run, and not only in every step of one.',
      who: 'who tests such agents',
    }),
  },
  'The load-test provider': {
    LOOMCYCLE_MOCK_ENABLED: onOff('off', {
      about: 'Models that do the same work every time are there, as mock and mock-stable.',
      who: 'who tests load',
    }),
    LOOMCYCLE_MOCK_LATENCY_MS: whole(
      { preset: 50, min: 0, max: hour, unit: 'ms' },
      { about: 'How long their turns take.', who: 'who tests load' },
    ),
    LOOMCYCLE_MOCK_LATENCY_JITTER_MS: whole(
      { preset: 25, min: 0, max: hour, unit: 'ms' },
      { about: '… and how much longer some of them.', who: 'who tests load' },
    ),
    LOOMCYCLE_MOCK_429_RATE: share({
      about: 'The share of turns of mock that are refused as too many.',
      who: 'who tests load',
    }),
    LOOMCYCLE_MOCK_500_RATE: share({ about: 'The share of turns of mock that fail.', who: 'who tests load' }),
  },
}
