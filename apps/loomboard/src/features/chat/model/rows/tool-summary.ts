import { clip } from '../../../../lib/format.ts'
import { toJson } from '../../../../lib/json-text.ts'

const telling = [
  'path',
  'file_path',
  'url',
  'query',
  'pattern',
  'command',
  'key',
  'name',
  'title',
  'topic',
  'id',
  'text',
  'prompt',
  'message',
]

/** What a call is about, in one line for a person. */
export function summariseInput(name: string, input: unknown): string {
  if (input === null || input === undefined) return ''
  if (typeof input !== 'object') return clip(String(input), 120)
  const fields = Object.fromEntries(Object.entries(input).slice(0, mostFields).map(told))
  const own = summaries[name]?.(fields)
  if (own) return clip(own, 120)
  const op = typeof fields.op === 'string' ? `${fields.op.replaceAll('_', ' ')} ` : ''
  const key = telling.find((candidate) => typeof fields[candidate] === 'string' && fields[candidate] !== '')
  if (key) return clip(`${op}${fields[key]}`, 120)
  const pairs = Object.entries(fields).filter(([field]) => field !== 'op')
  return clip(op + pairs.map(([field, value]) => `${field}: ${brief(value)}`).join(', '), 120)
}

const mostFields = 40

/** Only what can be put into words: a model may send anything as anything. */
function told([field, value]: [string, unknown]): [string, unknown] {
  return [field, typeof value === 'object' && value !== null && field !== 'spawns' ? brief(value) : value]
}

function brief(value: unknown): string {
  if (typeof value === 'string') return clip(value, 40)
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`
  return value && typeof value === 'object' ? '{…}' : String(value)
}

const summaries: Record<string, (fields: Record<string, unknown>) => string> = {
  Memory({ op, key, scope, value, delta, prefix }) {
    const where = scope === 'user' ? ' (yours)' : ''
    switch (op) {
      case 'set':
        return `remember ${key} = ${brief(value)}${where}`
      case 'get':
        return `recall ${key}${where}`
      case 'delete':
        return `forget ${key}${where}`
      case 'list':
        return prefix ? `list what starts with ${prefix}${where}` : `list everything${where}`
      case 'incr':
        return `count ${key} ${typeof delta === 'number' && delta < 0 ? delta : `+${delta ?? 1}`}${where}`
      default:
        return ''
    }
  },
  Document({ op, title, path, query, sql, status, name, id, document_id }) {
    const verb = String(op).replaceAll('_', ' ')
    const about = [title, path, query, sql, name].find((value) => typeof value === 'string' && value !== '')
    const what = about ?? (status === undefined ? (id ?? document_id ?? '') : '')
    return `${verb} ${what}${typeof status === 'string' && op === 'update_chunk' ? ` → ${status}` : ''}`.replace(
      / +/g,
      ' ',
    )
  },
  Agent({ name, spawns }) {
    if (Array.isArray(spawns)) return spawns.length === 1 ? 'a sub-agent' : `${spawns.length} sub-agents at once`
    return typeof name === 'string' ? `ask ${name}` : ''
  },
  Interruption({ op, question, message }) {
    if (op === 'ask') return `ask: ${question}`
    return op === 'notify' ? `say: ${message}` : op === 'cancel' ? 'take a question back' : ''
  },
  Context({ op, name, topic, prefix }) {
    const questions: Record<string, string> = {
      self: 'who am I',
      tools: 'what tools do I have',
      doc: `how does ${name} work`,
      permissions: 'what may I do',
      agents: `which agents are there${prefix ? ` (${prefix}…)` : ''}`,
      time: 'what time is it',
      help: topic ? `help on ${topic}` : 'what is there help on',
      compact: 'make room in the context',
    }
    return questions[String(op)] ?? ''
  },
}

/** More is not made longer still. */
const mostPretty = 200_000

/** JSON that was sent as text, for reading; everything else as it is. */
export function prettyResult(text: string): { text: string; isJson: boolean } {
  const start = text.slice(0, 100).trimStart()[0]
  if (text.length > mostPretty || (start !== '{' && start !== '[')) return { text, isJson: false }
  try {
    return { text: toJson(JSON.parse(text), 2), isJson: true }
  } catch {
    return { text, isJson: false }
  }
}
