import { setTimeout as sleep } from 'node:timers/promises'
import { type Operator, request, type Told } from '../operator.ts'
import type { Random } from '../random.ts'

/** What people do; each under an id of its own, to be seen in everything it leaves behind. */
export type Errand = (operator: Operator, id: string, random: Random) => Promise<void>

const count: Errand = async (operator, id) => {
  const told = await operator.start(request('worker', `count-${id}`, id))
  await operator.until('a one-shot run ends', () => told.isOver)
}

const spawn: Errand = async (operator, id) => {
  const told = await operator.start(request('parent', `spawn-${id}`, id))
  await operator.until('a run with children ends', () => told.isOver)
}

const ask: Errand = async (operator, id) => {
  const told = await operator.start(request('asker', `ask-${id}`, id))
  await operator.until('a question is put', () => questionOf(told) !== undefined || told.isOver)
  const question = questionOf(told)
  if (question !== undefined) {
    const answer = () => operator.client.resolveInterrupt(told.runId, question, { answer: 'yes' })
    await operator.insist('an answer', answer, ['interrupt_settled'])
  }
  await operator.until('a run that asked ends', () => told.isOver)
}

const converse: Errand = async (operator, id, random) => {
  const told = await operator.start({ ...request('worker', `talk-${id}`, id), interactive: true })
  const inputs: string[] = []
  const say = async (text: string) => inputs.push(await operator.say(told, text))
  for (let turn = 1; turn <= 3; turn++) {
    if (random.next() < 0.5) await rested(operator, told, inputs)
    await say(`${random.pick(['count', 'talk', 'hear'])}-${id}-${turn}`)
    if (random.next() < 0.4) await say(`talk-${id}-${turn}-again`)
    if (random.next() < 0.3) {
      await sleep(random.between(0, 120))
      await operator.insist('a stop', () => operator.client.cancelTurn(told.runId), ['not_mid_turn'])
    }
  }
  if (random.next() < 0.8) await rested(operator, told, inputs)
  await operator.insist('an end', () => operator.client.cancelAgent(told.agentId))
  await operator.until('a conversation ends', () => told.isOver)
}

export const errands: readonly [Errand, ...Errand[]] = [count, spawn, ask, converse, converse]

/** Everything that was said is heard, and the run waits for more. */
function rested(operator: Operator, told: Told, inputs: readonly string[]): Promise<void> {
  return operator.until(`${told.runId} hears ${inputs.length} inputs and parks`, () => {
    const heard = new Set(told.events.map((event) => event.user_input?.input_id))
    return told.isOver || (told.events.at(-1)?.type === 'awaiting_input' && inputs.every((input) => heard.has(input)))
  })
}

function questionOf(told: Told): string | undefined {
  const pending = told.events.find(({ type }) => type === 'interruption_pending')
  return pending?.interruption?.interrupt_id
}
