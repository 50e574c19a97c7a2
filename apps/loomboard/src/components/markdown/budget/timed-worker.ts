/** What a worker posts when it can take something on; loading its code is nobody's fault. */
export const ready = 'ready'

interface Job<Request, Answer> {
  request: Request
  ms: number
  settle: (answer: Answer | undefined) => void
}

/** A worker that does one thing at a time. What takes too long is ended with it, and the next begins in a new one. */
export class TimedWorker<Request, Answer> {
  private readonly start: () => Worker
  private readonly jobs: Job<Request, Answer>[] = []
  private worker: Worker | undefined
  private isReady = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(start: () => Worker) {
    this.start = start
  }

  /** Undefined where there was no answer in time. */
  ask(request: Request, ms: number): Promise<Answer | undefined> {
    return new Promise((settle) => {
      this.jobs.push({ request, ms, settle })
      if (this.jobs.length === 1) this.next()
    })
  }

  private next(): void {
    const job = this.jobs[0]
    if (!job) return
    this.worker ??= this.begin()
    if (!this.isReady) return
    this.worker.postMessage(job.request)
    this.timer = setTimeout(() => this.giveUp(), job.ms)
  }

  private begin(): Worker {
    const worker = this.start()
    worker.addEventListener('message', ({ data }: MessageEvent<Answer | typeof ready>) => {
      if (data !== ready) return this.finish(data as Answer)
      this.isReady = true
      this.next()
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.giveUp()
    })
    return worker
  }

  private giveUp(): void {
    this.worker?.terminate()
    this.worker = undefined
    this.isReady = false
    this.finish(undefined)
  }

  private finish(answer: Answer | undefined): void {
    clearTimeout(this.timer)
    this.jobs.shift()?.settle(answer)
    this.next()
  }
}
