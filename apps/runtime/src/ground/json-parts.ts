import { parseJson } from './json.ts'
/** A JSON answer that is made while it is read, so that its size is nobody's: the parts of its text, in order. */
export class JsonParts {
  readonly parts: AsyncIterable<string>

  constructor(parts: AsyncIterable<string>) {
    this.parts = parts
  }

  /** For who takes it in one piece; it is as large as it is. */
  async whole(): Promise<unknown> {
    let text = ''
    for await (const part of this.parts) text += part
    return parseJson(text)
  }
}

/** An object of which one member, the last but `rest`, comes in parts that are JSON together. */
export async function* objectParts(
  head: object,
  name: string,
  parts: AsyncIterable<string>,
  rest: object = {},
): AsyncGenerator<string, void, undefined> {
  const before = JSON.stringify(head).slice(0, -1)
  yield `${before}${before === '{' ? '' : ','}${JSON.stringify(name)}:`
  yield* parts
  const after = JSON.stringify(rest).slice(1)
  yield after === '}' ? after : `,${after}`
}

/** A list, of items that are JSON text already and come a page at a time. */
export async function* listParts(pages: AsyncIterable<readonly string[]>): AsyncGenerator<string, void, undefined> {
  let separator = ''
  yield '['
  for await (const items of pages) {
    if (items.length === 0) continue
    yield separator + items.join(',')
    separator = ','
  }
  yield ']'
}

/** A text that comes in pieces. */
export async function* textParts(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  yield '"'
  for await (const piece of pieces) yield JSON.stringify(piece).slice(1, -1)
  yield '"'
}
