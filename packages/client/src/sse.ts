/** One frame of an event stream. */
export interface SseFrame {
  /** Event name, `""` where the frame has none. */
  event: string
  /** Last `data:` line; the server writes one. */
  data: string
  /** The `id:` line, `""` where the frame has none. */
  id: string
}

/** Its number, where it has one. */
export function seqOf({ id }: SseFrame): number | undefined {
  return /^\d+$/.test(id) ? Number(id) : undefined
}

/** What it says; undefined where that is no object. */
export function objectOf({ data }: SseFrame): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Turns the bytes of an event stream into frames. Lines end at `\n`; one `\r` before it is dropped.
 * Frames without data are no frames, and comments only show that the line is alive.
 */
export class SseParser {
  readonly #decoder = new TextDecoder()
  /** Pieces of the unfinished line; joined once, so that one long line costs its length and not its square. */
  #pieces: string[] = []
  #event = ''
  #id = ''
  #data: string | undefined

  /** Frames completed by these bytes. */
  push(bytes: Uint8Array): SseFrame[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }))
  }

  /** The frame the stream ended in, when it lacks only its blank line. */
  end(): SseFrame[] {
    return this.#take(`${this.#decoder.decode()}\n\n`)
  }

  #take(text: string): SseFrame[] {
    const frames: SseFrame[] = []
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      this.#pieces.push(text.slice(from, at))
      const line = this.#pieces.join('')
      this.#pieces = []
      from = at + 1
      const frame = this.#line(line.endsWith('\r') ? line.slice(0, -1) : line)
      if (frame) frames.push(frame)
    }
    if (from < text.length) this.#pieces.push(text.slice(from))
    return frames
  }

  #line(line: string): SseFrame | undefined {
    if (line === '') return this.#finish()
    if (line.startsWith('data:')) this.#data = line.slice(5).trim()
    else if (line.startsWith('event:')) this.#event = line.slice(6).trim()
    else if (line.startsWith('id:')) this.#id = line.slice(3).trim()
    return undefined
  }

  #finish(): SseFrame | undefined {
    const frame = this.#data === undefined ? undefined : { event: this.#event, data: this.#data, id: this.#id }
    this.#event = ''
    this.#id = ''
    this.#data = undefined
    return frame
  }
}
