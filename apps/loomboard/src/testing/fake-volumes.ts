import { Refusal } from './fake-documents.ts'

class NotFound extends Refusal {
  override readonly status = 404
  constructor(error: string) {
    super(error, { code: 'not_found' })
  }
}

interface Volume {
  name: string
  source: 'static' | 'dynamic'
  path: string
  mode: 'ro' | 'rw'
  default: boolean
  dynamic_root: boolean
  created_at?: string
}

// biome-ignore lint/suspicious/noExplicitAny: the contract's schemas are checked where the runtime is
type Input = any

const at = new Date(1_700_000_000_000).toISOString()

/** Folders with files, by the volume's name and the path in it. */
export class FakeVolumes {
  readonly volumes: Volume[] = []
  readonly files = new Map<string, string | Uint8Array>()

  add(name: string, files: Record<string, string | Uint8Array> = {}, more: Partial<Volume> = {}): void {
    const volume = {
      name,
      source: 'static',
      path: `/srv/${name}`,
      mode: 'rw',
      default: false,
      dynamic_root: false,
    } as const
    this.volumes.push({ ...volume, ...more })
    for (const [path, content] of Object.entries(files)) this.files.set(`${name}/${path}`, content)
  }

  answer(input: Input): unknown {
    const found = this.volumes.find(({ name, source }) => name === input.name && source === 'dynamic')
    if (input.op === 'create') {
      if (this.volumes.some(({ name }) => name === input.name))
        throw refusal('create', `there is a volume ${input.name}`)
      this.add(input.name, {}, { source: 'dynamic', mode: input.mode ?? 'rw', created_at: at })
      return { name: input.name, path: `/srv/${input.name}`, mode: input.mode ?? 'rw', created_at: at, updated_at: at }
    }
    if (!found) throw refusal(input.op, `${input.name} was not made at run time`)
    this.volumes.splice(this.volumes.indexOf(found), 1)
    return { name: input.name, deleted: true, files_removed: input.op === 'purge' }
  }

  list(volume: string, path: string, limit: number, cursor: number): unknown {
    this.require(volume)
    const prefix = path === '' ? `${volume}/` : `${volume}/${path}/`
    const inside = [...this.files].filter(([file]) => file.startsWith(prefix))
    const folders = new Set(
      inside.flatMap(([file]) =>
        file.slice(prefix.length).includes('/') ? [file.slice(prefix.length).split('/')[0]!] : [],
      ),
    )
    const join = (name: string) => (path === '' ? name : `${path}/${name}`)
    const entries = [
      ...[...folders].sort().map((name) => ({ name, path: join(name), kind: 'directory', modified_at: at })),
      ...inside
        .flatMap(([file, content]) => {
          const name = file.slice(prefix.length)
          return name.includes('/')
            ? []
            : [{ name, path: join(name), kind: 'file', bytes: content.length, modified_at: at }]
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]
    const next = cursor + limit < entries.length ? { next_cursor: String(cursor + limit) } : {}
    return { volume, path, entries: entries.slice(cursor, cursor + limit), ...next }
  }

  content(volume: string, path: string, offset: number, limit: number): unknown {
    const whole = this.files.get(`${volume}/${path}`)
    if (whole === undefined) throw new NotFound(`no such file: ${path}`)
    const part = whole.slice(offset, offset + limit)
    const isText = typeof part === 'string'
    return {
      volume,
      path,
      bytes: whole.length,
      modified_at: at,
      encoding: isText ? 'utf-8' : 'base64',
      content: isText ? part : btoa(String.fromCharCode(...part)),
      offset,
      ...(offset + limit < whole.length ? { next_offset: offset + limit } : {}),
    }
  }

  private require(volume: string): void {
    if (this.volumes.some(({ name }) => name === volume)) return
    throw new NotFound(`no such volume: ${volume}`)
  }
}

function refusal(op: string, error: string): Refusal {
  return new Refusal(`${op}: ${error}`, { tool: 'VolumeDef' })
}
