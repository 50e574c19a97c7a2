import { EventStream } from './event-stream.ts'

export interface Conversation {
  runId: string
  /** Resolves once the run has waited for input so many times. */
  parked(times: number): Promise<void>
  leave(): void
}

/** Starts an interactive run, reads its stream, and resolves when it has parked for the first time. */
export async function openConversation(url: string, agent: string): Promise<Conversation> {
  const stream = new EventStream(`${url}/v1/runs`, { agent, prompt: 'Hi', interactive: true })
  const runId = await stream.runId()
  const parked = async (times: number) => void (await stream.nth('awaiting_input', times))
  await parked(1)
  return { runId, parked, leave: () => stream.leave() }
}
