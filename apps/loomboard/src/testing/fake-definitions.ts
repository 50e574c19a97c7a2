import { Refusal } from './fake-documents.ts'

type Definition = Record<string, unknown>

interface Row {
  def_id: string
  name: string
  version: number
  parent_def_id?: string
  description?: string
  created_at: string
  created_by_agent_id: string
  retired: boolean
  bootstrapped_from_static: boolean
  content_sha256: string
  definition: Definition
}

// biome-ignore lint/suspicious/noExplicitAny: the contract's schemas are checked where the runtime is
type Input = any

/** Agents, skills or teams: what is configured, and versions of what is defined over the wire. */
export class FakeDefinitions {
  /** What is configured, by name. */
  readonly configured = new Map<string, Definition>()
  readonly rows: Row[] = []
  readonly active = new Map<string, string>()
  /** Names of what comes with the runtime. */
  readonly bundled = new Set<string>()
  /** What something lacks, by name. */
  readonly lacks = new Map<string, { kind: 'provider' | 'agent'; name: string; why: string }[]>()
  private readonly tool: string
  private readonly prefix: string
  private readonly now: () => number

  constructor(tool: 'AgentDef' | 'SkillDef' | 'TeamDef', now: () => number) {
    this.tool = tool
    this.prefix = `${tool[0]!.toLowerCase()}df`
    this.now = now
  }

  /** Another version of a name. */
  add(
    name: string,
    definition: Definition,
    { promote = true, ...more }: Partial<Row> & { promote?: boolean } = {},
  ): Row {
    const version = this.of(name).length + 1
    const row: Row = {
      def_id: `${this.prefix}_${name.replaceAll('/', '-')}_${version}`,
      name,
      version,
      created_at: new Date(this.now()).toISOString(),
      created_by_agent_id: 'a_http-admin',
      retired: false,
      bootstrapped_from_static: false,
      content_sha256: JSON.stringify(definition),
      definition,
      ...more,
    }
    this.rows.push(row)
    if (promote) this.active.set(name, row.def_id)
    return row
  }

  answer(input: Input): unknown {
    switch (input.op) {
      case 'create':
        if (this.configured.has(input.name)) throw this.refusal('create', `${input.name} is configured; fork it`)
        return this.made(input, undefined, { ...input.overlay }, input.promote ?? true)
      case 'fork':
        return this.fork(input)
      case 'get':
        return this.row('get', input.def_id)
      case 'verify':
        return this.verified(input.name)
      case 'list': {
        const from = Number(input.cursor ?? 0)
        const all = this.of(input.name).toReversed()
        const next = from + input.limit < all.length ? { next_cursor: String(from + input.limit) } : {}
        return { name: input.name, versions: all.slice(from, from + input.limit), ...next }
      }
      case 'promote': {
        const row = this.row('promote', input.def_id)
        if (row.retired) throw this.refusal('promote', `version ${row.version} is retired; bring it back first`)
        this.active.set(row.name, row.def_id)
        return { def_id: row.def_id, name: row.name, promoted: true }
      }
      case 'retire': {
        const row = this.row('retire', input.def_id)
        row.retired = input.retired ?? true
        return { def_id: row.def_id, retired: row.retired }
      }
      default:
        throw this.refusal(input.op, 'there is no such op')
    }
  }

  entries() {
    const names = [...new Set([...this.configured.keys(), ...this.rows.map(({ name }) => name)])].sort()
    return names.map((name) => {
      const rows = this.of(name)
      const configured = this.configured.get(name)
      const active = rows.find(({ def_id }) => def_id === this.active.get(name))
      const lacks = this.lacks.get(name)
      return {
        name,
        source: rows.length === 0 ? 'static-only' : configured ? 'both' : 'dynamic-only',
        in_static: configured !== undefined,
        in_substrate: rows.length > 0,
        ...(this.bundled.has(name) ? { bundled: true } : {}),
        version_count: rows.length,
        ...(rows.length > 0 ? { latest_version: rows.length } : {}),
        ...(active ? { active_def_id: active.def_id } : {}),
        ...(active?.retired ? { active_retired: true } : {}),
        ...(configured ? { static_definition: configured } : {}),
        ...(active && !active.retired ? { active_definition: active.definition } : {}),
        ...(lacks ? { lacks } : {}),
      }
    })
  }

  refusal(op: string, error: string): Refusal {
    return new Refusal(`${op}: ${error}`, { tool: this.tool })
  }

  private verified(name: string): unknown {
    const row = this.rows.find(({ def_id }) => def_id === this.active.get(name))
    const deployed = row !== undefined && !row.retired
    const current_def_id = deployed ? row.def_id : ''
    const current_sha256 = deployed ? row.content_sha256 : ''
    return { name, matches: deployed, current_sha256, current_def_id, version: deployed ? row.version : 0, deployed }
  }

  private fork(input: Input): unknown {
    const active = this.rows.find(({ def_id }) => def_id === this.active.get(input.name))
    const given = input.parent_def_id ? this.row('fork', input.parent_def_id) : active
    const configured = this.configured.get(input.name)
    const parent =
      given ?? (configured && this.add(input.name, configured, { bootstrapped_from_static: true, promote: false }))
    if (!parent) throw this.refusal('fork', `there is no ${input.name} to fork`)
    const definition = Object.fromEntries(
      Object.entries({ ...parent.definition, ...input.overlay }).filter(
        ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
      ),
    )
    return this.made(input, parent.def_id, definition, input.promote ?? false)
  }

  private made(input: Input, parent: string | undefined, definition: Definition, promote: boolean): unknown {
    const row = this.add(input.name, definition, {
      promote,
      ...(parent ? { parent_def_id: parent } : {}),
      ...(input.description ? { description: input.description } : {}),
    })
    return { ...row, promoted: promote }
  }

  private of(name: string): Row[] {
    return this.rows.filter((row) => row.name === name)
  }

  private row(op: string, id: string): Row {
    const row = this.rows.find(({ def_id }) => def_id === id)
    if (!row) throw this.refusal(op, `there is no version ${id}`)
    return row
  }
}
