import { type ClientRequest, request } from 'node:http'

export interface StreamedEvent {
  /** Its place in the log; 0 for what is not in it. */
  id: number
  type: string
  data: string
  /** When it arrived, by the clock of `performance.now()`. */
  at: number
}

/** Events of a run as they arrive, from a request that starts it (`body`) or follows it. */
export class EventStream {
  readonly events: StreamedEvent[] = []
  readonly #sent: ClientRequest
  #rest = ''
  #look = () => {}
  #fail: (error: Error) => void = () => {}
  #error: Error | undefined

  constructor(url: string, body?: unknown) {
    const options = body
      ? { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } }
      : { agent: false }
    this.#sent = request(url, options, (response) => {
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => this.#take(chunk))
      response.on('error', (error) => this.#ended(error))
      response.on('end', () => this.#ended(new Error(`the stream has ended: ${this.#rest}`)))
    })
    this.#sent.on('error', (error) => this.#ended(error))
    this.#sent.end(body && JSON.stringify(body))
  }

  /** The first event that is so, of those that were or will be. One waits at a time. */
  first(isIt: (event: StreamedEvent, at: number) => boolean): Promise<StreamedEvent> {
    return new Promise((resolve, reject) => {
      let seen = 0
      this.#fail = reject
      this.#look = () => {
        for (; seen < this.events.length; seen++) if (isIt(this.events[seen]!, seen)) return resolve(this.events[seen]!)
        if (this.#error) reject(this.#error)
      }
      this.#look()
    })
  }

  /** The `n`th of a type, from 1 on. */
  nth(type: string, n = 1): Promise<StreamedEvent> {
    let count = 0
    return this.first((event) => event.type === type && ++count === n)
  }

  async runId(): Promise<string> {
    const { data } = await this.first(({ data }) => /"run_id":"r_\w+"/.test(data))
    return /"run_id":"(r_\w+)"/.exec(data)![1]!
  }

  leave() {
    this.#sent.destroy()
  }

  #take(chunk: string) {
    const at = performance.now()
    const frames = (this.#rest + chunk).split('\n\n')
    this.#rest = frames.pop()!
    for (const frame of frames) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
      const type = field('event')
      if (type) this.events.push({ id: Number(field('id') ?? 0), type, data: field('data') ?? '', at })
    }
    this.#look()
  }

  #ended(error: Error) {
    this.#error ??= error
    this.#fail(error)
  }
}
