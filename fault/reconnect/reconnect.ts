import type { AgentEvent } from '../../packages/client/src/index.ts'
import { eagerClient } from '../eager-client.ts'
import type { Outcome, Violation } from '../fault.ts'
import { Operator } from '../operator.ts'
import { type Cut, startCuttingProxy } from './cutting-proxy.ts'

/** Reads a run that has ended while its stream is cut, and compares with an undisturbed reading. */
export async function replayUnderCut(url: string, runId: string, undisturbed: string, cutOf: CutOf): Promise<Reading> {
  const proxy = await startCuttingProxy(url, cutOf)
  try {
    const complaint = difference(undisturbed, await readRun(proxy.url, runId))
    return { complaint, connections: proxy.connections() }
  } finally {
    await proxy.close()
  }
}

/** Starts a run and follows it live while its stream is cut, and compares with what its log says afterwards. */
export async function followUnderCut(url: string, name: string, cutOf: CutOf): Promise<Reading> {
  const proxy = await startCuttingProxy(url, cutOf)
  try {
    const operator = new Operator(proxy.url)
    const told = await operator.start({ ...tell(name) })
    await operator.until('the run ends', () => told.isOver)
    const whole = (await eventsOf(url, told.runId)).filter(
      ({ type, user_input }) => type !== 'steer' || user_input?.input_id,
    )
    return { complaint: difference(textOf(whole), textOf(told.events)), connections: proxy.connections() }
  } finally {
    await proxy.close()
  }
}

/** A run that has ended, and what an undisturbed reader of it sees. */
export async function aFinishedRun(url: string): Promise<{ runId: string; undisturbed: string; frames: number }> {
  const operator = new Operator(url)
  const told = await operator.start(tell('first'))
  await operator.until('the run ends', () => told.isOver)
  const events = await eventsOf(url, told.runId)
  return { runId: told.runId, undisturbed: textOf(events), frames: events.length + 1 }
}

export type CutOf = (connection: number) => Cut | undefined

/** Only the first connection is cut. */
export function once(cut: Cut): CutOf {
  return (connection) => (connection === 0 ? cut : undefined)
}

export interface Reading {
  /** What is not as an undisturbed reader sees it. */
  complaint: string | undefined
  connections: number
}

/** Reads under every cut, some at a time. */
export async function readAll(
  what: string,
  cuts: readonly { name: string; read(): Promise<Reading> }[],
  atOnce: number,
): Promise<Outcome> {
  const violations: Violation[] = []
  let reconnections = 0
  const queue = [...cuts]
  const work = async () => {
    for (let cut = queue.shift(); cut; cut = queue.shift()) {
      const { complaint, connections } = await cut.read().catch((error: unknown) => ({
        complaint: `it failed: ${error instanceof Error ? error.stack : error}`,
        connections: 1,
      }))
      reconnections += connections - 1
      if (complaint !== undefined) violations.push({ case: cut.name, what: complaint })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { what, tried: `${cuts.length} cuts, ${reconnections} reconnections`, violations }
}

async function readRun(url: string, runId: string): Promise<string> {
  return textOf(await eventsOf(url, runId))
}

async function eventsOf(url: string, runId: string): Promise<AgentEvent[]> {
  const events: AgentEvent[] = []
  for await (const event of eagerClient(url).streamRunByID(runId)) {
    if (event.seq !== undefined) events.push(event)
  }
  return events
}

function textOf(events: readonly AgentEvent[]): string {
  return events.map((event) => JSON.stringify(event)).join('\n')
}

function difference(undisturbed: string, read: string): string | undefined {
  if (undisturbed === read) return undefined
  const [wanted, got] = [undisturbed.split('\n'), read.split('\n')]
  const at = wanted.findIndex((line, index) => line !== got[index])
  return `event ${at} of ${wanted.length} is ${got[at]} and should be ${wanted[at]}; ${got.length} were read`
}

function tell(name: string) {
  return {
    agent: 'teller',
    idempotencyKey: `tell-${name.replaceAll(' ', '-')}`,
    segments: [{ role: 'user' as const, content: [{ type: 'trusted-text' as const, text: `tell ${name}` }] }],
  }
}
