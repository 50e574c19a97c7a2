import { type ClientRequest, request } from 'node:http'

export interface Conversation {
  runId: string
  /** Resolves once the run has waited for input so many times. */
  parked(times: number): Promise<void>
  leave(): void
}

/** Starts an interactive run, reads its stream, and resolves when it has parked for the first time. */
export async function openConversation(url: string, agent: string): Promise<Conversation> {
  const { promise: started, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  let onText = () => {}
  const sent: ClientRequest = request(
    `${url}/v1/runs`,
    { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } },
    (response) => {
      response.setEncoding('utf8')
      response.on('error', () => {})
      response.on('data', (chunk: string) => {
        text += chunk
        const runId = /"run_id":"(r_\w+)"/.exec(text)?.[1]
        if (runId) resolve(runId)
        onText()
      })
    },
  )
  sent.on('error', reject)
  sent.end(JSON.stringify({ agent, prompt: 'Hi', interactive: true }))
  const runId = await started
  const parked = (times: number) =>
    new Promise<void>((done) => {
      onText = () => {
        if ((text.match(/^event: awaiting_input/gm)?.length ?? 0) >= times) done()
      }
      onText()
    })
  await parked(1)
  return { runId, parked, leave: () => sent.destroy() }
}
