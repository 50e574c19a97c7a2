import { Type } from 'typebox'
import { evaluationOps, evaluationScopes } from './evaluations.ts'
import { memoryScopes, sqlScopes } from './memory.ts'
import { op, opSet } from './op.ts'
import { Anything, Bool, cursor, Int, next_cursor, object, oneOf, optional, Text } from './schema.ts'
import { volumeModes } from './volumes.ts'

const ToolSummary = object('ToolSummary', {
  name: Text(),
  description: Text(),
  side_effect_class: Text('filesystem, network, privileged, state, pure or unknown.'),
})

const LineageEntry = object('LineageEntry', {
  def_id: Text(),
  name: Text(),
  version: Int(),
  parent_def_id: optional(Text()),
  retired: Bool(),
  created_at: Text(),
})

export const contextOps = opSet({
  tool: 'Context',
  description: 'Ask about yourself and your surroundings: who you are, what you may use, what time it is.',
  access: 'run',
  ops: {
    self: op({
      name: 'self',
      description: 'Your own name, run, model and how full your context is.',
      idempotent: true,
      effect: 'reads',
      input: object('ContextSelfInput', {}),
      output: object('ContextSelfOutput', {
        agent_name: Text(),
        agent_def_id: optional(Text('Of the version of you that this run began with.')),
        agent_id: Text(),
        user_id: Text(),
        user_tier: optional(Text()),
        run_id: Text(),
        session_id: Text(),
        provider: Text(),
        model: Text(),
        sampling: optional(Anything('What the model is asked with, besides the conversation.')),
        compaction: optional(Anything('When the conversation is compacted, and to what.')),
        context: optional(
          Type.Object({
            used_tokens: Int(),
            max_tokens: optional(Int()),
            max_is_guess: optional(Bool('Nobody has said how large your window is.')),
            used_pct: optional(Type.Number()),
          }),
        ),
      }),
    }),
    tools: op({
      name: 'tools',
      description: 'The tools you have.',
      idempotent: true,
      effect: 'reads',
      input: object('ContextToolsInput', {}),
      output: object('ContextToolsOutput', { tools: Type.Array(ToolSummary), count: Int() }),
    }),
    doc: op({
      name: 'doc',
      description: 'One tool’s description and the shape of its input.',
      idempotent: true,
      effect: 'reads',
      input: object('ContextDocInput', { name: Text('The tool’s name.') }),
      output: object('ContextDocOutput', {
        name: Text(),
        description: Text(),
        input_schema: Anything(),
        side_effect_class: Text(),
      }),
    }),
    permissions: op({
      name: 'permissions',
      description: 'What you were given: tools, and what their gates let through.',
      idempotent: true,
      effect: 'reads',
      input: object('ContextPermissionsInput', {}),
      output: object('ContextPermissionsOutput', {
        tools: Type.Array(Text()),
        allowed_tools: Type.Array(Text()),
        host_policy: Type.Object({
          has_list: Bool('Whether whoever started the run named hosts.'),
          allowed_hosts: Type.Array(Text()),
          web_search_filter: optional(Text()),
        }),
        memory: Type.Object({ allowed_scopes: Type.Array(Type.Enum(memoryScopes)), quota_bytes: Int() }),
        sql: Type.Object({ allowed_scopes: Type.Array(Type.Enum(sqlScopes)), quota_bytes: Int() }),
        channels: Type.Object({ publish: Type.Array(Text()), subscribe: Type.Array(Text()) }),
        interruption: Type.Object({ enabled: Bool(), max_pending: Int() }),
        evaluation_scopes: Type.Array(Type.Enum(evaluationScopes)),
        agent_def_scopes: Type.Array(Text()),
        skill_def_scopes: Type.Array(Text()),
        skills: Type.Array(Text('Names; a trailing * matches by prefix.')),
        volumes: Type.Array(
          Type.Object({
            name: Text(),
            mode: oneOf(volumeModes, 'Whether its files may be changed.'),
            default: Bool('Meant where no volume is named.'),
          }),
        ),
        volume_def_scopes: Type.Array(Text()),
        history_scope: Type.Array(Text()),
      }),
    }),
    agents: op({
      name: 'agents',
      description: 'The agents of this runtime.',
      access: 'runs:read',
      idempotent: true,
      effect: 'reads',
      input: object('ContextAgentsInput', { prefix: optional(Text()) }),
      output: object('ContextAgentsOutput', {
        agents: Type.Array(
          object('ContextAgent', {
            name: Text(),
            tier: optional(Text()),
            provider: Text(),
            model: Text(),
            allowed_tools_count: Int(),
            active_def_id: optional(Text('Of the version in use, where it was defined at run time.')),
            description: optional(Text()),
          }),
        ),
        count: Int(),
      }),
    }),
    lineage: op({
      name: 'lineage',
      description: 'What a version of an agent was made from, and what was made from it.',
      access: 'runs:read',
      idempotent: true,
      effect: 'reads',
      input: object('ContextLineageInput', {
        def_id: Text('Of a version of an agent.'),
        depth: optional(
          Type.Integer({ minimum: 1, maximum: 100, default: 10, description: 'Generations in each direction.' }),
        ),
      }),
      output: object('ContextLineageOutput', {
        root: LineageEntry,
        ancestors: Type.Array(LineageEntry, { description: 'Nearest first.' }),
        descendants: Type.Array(LineageEntry, { description: 'By generation; at most 500.' }),
        depth: Int(),
        truncated: Bool('There are more.'),
      }),
    }),
    channels: op({
      name: 'channels',
      description: 'The channels you may use, and the wildcards you were given.',
      access: 'channel:read',
      idempotent: true,
      effect: 'reads',
      input: object('ContextChannelsInput', {}),
      output: object('ContextChannelsOutput', {
        channels: Type.Array(
          object('ContextChannel', {
            name: Text('One that ends in /* stands for all below.'),
            scope: Text(),
            semantic: Text(),
            default_ttl: optional(Int('Seconds.')),
            max_messages: optional(Int()),
            publisher: optional(Text()),
            publish: Bool(),
            subscribe: Bool(),
          }),
        ),
        count: Int(),
        publish_wildcards: Type.Array(Text()),
        subscribe_wildcards: Type.Array(Text()),
      }),
    }),
    evaluations: op({
      name: 'evaluations',
      description: 'All that was said about an agent’s definition, in numbers.',
      access: 'runs:read',
      idempotent: true,
      effect: 'reads',
      input: evaluationOps.ops.aggregate.input,
      output: evaluationOps.ops.aggregate.output,
    }),
    history: op({
      name: 'history',
      description: 'What happened in a run, event by event, oldest first; this run unless another is named.',
      access: 'runs:read',
      idempotent: true,
      effect: 'reads',
      input: object('ContextHistoryInput', {
        agent_id: optional(Text('Handle of the run.')),
        event_types: optional(Type.Array(Text(), { description: 'Only these, e.g. tool_call.' })),
        limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
        since_ts: optional(Text('Only what happened after this time, as in RFC 3339.')),
        cursor,
      }),
      output: object('ContextHistoryOutput', {
        agent_id: Text(),
        session_id: Text(),
        events: Type.Array(
          object('ContextHistoryEvent', {
            seq: Int(),
            run_id: Text(),
            ts: Text(),
            type: Text(),
            payload: optional(Anything()),
          }),
        ),
        count: Int(),
        truncated: Bool(),
        next_cursor,
      }),
    }),
    read_on: op({
      name: 'read_on',
      description:
        'Read on in something of which you were shown only the beginning and the end: a tool’s result, or what was said to you.',
      idempotent: true,
      effect: 'reads',
      input: object('ContextReadOnInput', {
        ref: Text('As it stands where something is left out.'),
        offset: optional(Type.Integer({ minimum: 0, default: 0, description: 'Characters before the part you want.' })),
        limit: optional(
          Type.Integer({ minimum: 1, maximum: 100_000, default: 8_000, description: 'Characters of it at most.' }),
        ),
      }),
      output: object('ContextReadOnOutput', {
        ref: Text(),
        text: Text(),
        offset: Int(),
        total_chars: Int(),
        next_offset: optional(Int('Absent at the end.')),
      }),
    }),
    time: op({
      name: 'time',
      description: 'The time now, and how long this run has been going.',
      idempotent: true,
      effect: 'reads',
      input: object('ContextTimeInput', {}),
      output: object('ContextTimeOutput', {
        now_rfc3339: Text(),
        unix_ms: Int(),
        run_started_at: optional(Text()),
        elapsed_ms: optional(Int()),
      }),
    }),
    compact: op({
      name: 'compact',
      description: 'Have the older part of this conversation replaced by a summary before your next step.',
      idempotent: true,
      effect: 'changes',
      input: object('ContextCompactInput', {}),
      output: object('ContextCompactOutput', { compaction: Text(), applies_at: Text() }),
    }),
    help: op({
      name: 'help',
      description: 'Help on a topic; without a topic, the list of topics.',
      access: 'any',
      idempotent: true,
      effect: 'reads',
      input: object('ContextHelpInput', { topic: optional(Text()) }),
      output: object('ContextHelpOutput', {
        topics: optional(Type.Array(Type.Object({ name: Text(), description: Text(), source: Text() }))),
        count: optional(Int()),
        hint: optional(Text()),
        name: optional(Text()),
        description: optional(Text()),
        content: optional(Text()),
        source: optional(Text()),
      }),
    }),
  },
})
