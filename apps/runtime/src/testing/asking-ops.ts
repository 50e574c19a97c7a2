import type { TestRuntime } from './test-runtime.ts'

interface Asked {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
  body: any
}

/** Asks an op over HTTP, by the path of its set. */
export async function askOp({ url }: Pick<TestRuntime, 'url'>, path: string, input: object): Promise<Asked> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: isJson ? JSON.parse(text) : { error: text } }
}

/** What the op answers; throws what it is refused with. */
export async function opOf(runtime: Pick<TestRuntime, 'url'>, path: string, input: object): Promise<Asked['body']> {
  const { status, body } = await askOp(runtime, path, input)
  if (status !== 200) throw new Error(body.error)
  return body
}
