import { UnreadableFileError } from '../../../lib/unreadable-file.ts'

type Answer<Result> = { result: Result } | { reason: string }

const patienceMs = 60_000

/** Has a worker of its own read a file, so that the page goes on meanwhile, whatever the file is like. */
export function readAside<Result>(worker: Worker, data: ArrayBuffer): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const fail = (reason: string) => reject(new UnreadableFileError(reason))
  const timer = setTimeout(() => fail('It takes longer than a minute to read.'), patienceMs)
  worker.onmessage = ({ data: answer }: MessageEvent<Answer<Result>>) =>
    'result' in answer ? resolve(answer.result) : fail(answer.reason)
  worker.onerror = () => fail('It could not be read.')
  worker.postMessage(data, [data])
  return promise.finally(() => {
    clearTimeout(timer)
    worker.terminate()
  })
}

/** The same in the worker. */
export function answerWith<Result>(read: (data: ArrayBuffer) => Result | Promise<Result>): void {
  addEventListener('message', async ({ data }: MessageEvent<ArrayBuffer>) => {
    let answer: Answer<Result>
    try {
      answer = { result: await read(data) }
    } catch (error) {
      answer = { reason: error instanceof UnreadableFileError ? error.message : 'It could not be read.' }
    }
    postMessage(answer)
  })
}
