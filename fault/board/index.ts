import type { Fault, Outcome } from '../fault.ts'
import { cards } from './cards.ts'
import { texts } from './texts.ts'

const usualMinutes = 10

const cases: Record<string, (what: string, seed: number, minutes: number) => Promise<Outcome>> = {
  'texts of two people and an agent': texts,
  'cards of two people and an agent': cards,
}

/** People in their browsers and an agent on the same document, for minutes, half of them each. */
export const board: Fault = {
  name: 'board',
  async run({ seed, only, count: minutes = usualMinutes }) {
    const asked = Object.entries(cases).filter(([what]) => only === undefined || what.startsWith(only))
    const outcomes: Outcome[] = []
    for (const [what, play] of asked) outcomes.push(await play(what, seed, minutes / asked.length))
    return outcomes
  },
}
