import {
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  EVENT_ID,
  type Event,
  mapTag,
  NOT_RESOLVED,
  parseEvents,
} from 'js-yaml'

/** A text without quotes in which a variable is named: what it stands for may be a number or a truth value. */
export class Unquoted {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * What a YAML text says, many times as quickly as by the parser that knows where everything stands. Undefined where it
 * is left to that one: what is refused, what is no map, what has anchors, tags or directives in it, and whatever the two
 * might not read alike. With `marks`, what is `Unquoted` is told apart from other texts.
 */
export function readPlainYaml(text: string, marks: boolean): unknown {
  if (readDifferently.test(text)) return undefined
  try {
    const events = parseEvents(text, {})
    if (!events.every((event) => isPlain(event, text))) return undefined
    const documents = constructFromEvents(events, { source: text, schema: marks ? markingSchema : plainSchema })
    const [value] = documents
    return documents.length === 1 && isMap(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isMap(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Carriage returns alone, ends of documents, tabs that indent, byte order marks, and blocks that say how they are to be read. */
const readDifferently = /\r(?!\n)|^\.\.\.|^ *\t|\uFEFF|<<|[|>](?:\+|-?[1-9])/m

function isPlain(event: Event, text: string): boolean {
  if (event.type === EVENT_ID.POP) return true
  if (event.type === EVENT_ID.DOCUMENT) {
    return event.directives.length === 0 && (!event.explicitStart || /^---\s/m.test(text))
  }
  return event.type !== EVENT_ID.ALIAS && event.anchorStart < 0 && event.tagStart < 0
}

const { create, has, keys, get } = mapTag

const textKeys = defineMappingTag('tag:yaml.org,2002:map', {
  ...{ create, has, keys, get, identify: () => false },
  addPair: (map, key, value) => (typeof key === 'string' ? mapTag.addPair(map, key, value) : 'a key is no text'),
})

/** One of the two takes them for texts. */
const noSuchNumber = defineScalarTag('tag:loomcycle,2026:too-large', {
  implicit: true,
  implicitFirstChars: [...'-+.0123456789'],
  resolve: (source) => {
    if (Math.abs(Number(source)) === Number.POSITIVE_INFINITY) throw new RangeError(`${source} is no number`)
    return NOT_RESOLVED
  },
  identify: () => false,
})

const unquoted = defineScalarTag<Unquoted>('tag:loomcycle,2026:unquoted', {
  implicit: true,
  resolve: (source) => (source.includes('${') ? new Unquoted(source) : NOT_RESOLVED),
  identify: () => false,
})

const plainSchema = CORE_SCHEMA.withTags(textKeys, noSuchNumber)
const markingSchema = plainSchema.withTags(unquoted)
