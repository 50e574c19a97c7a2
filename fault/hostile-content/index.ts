import type { Browser } from '@playwright/test'
import { launchBrowser } from '../../bench/app/measured-page.ts'
import { hostileTexts } from '../../e2e/fixtures/hostile-texts.ts'
import { type RuntimeProcess, startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault, Outcome, Violation } from '../fault.ts'
import { documentOf, hostileChunk } from './hostile-document.ts'
import { type Opening, openChunk, openStored, stillHere, stream } from './hostile-page.ts'

/** The machine has other things to do, too: what is slow once is looked at again. */
const usualOpenings = 3
const longestTask = 100
/** An answer, stored or streamed, that does no harm. */
const harmless = 'a harmless answer'
const texts: Record<string, string> = { [harmless]: 'That is **all** there is to say.', ...hostileTexts }

/** Answers and documents that break or freeze what draws them: the page opens, answers, and shows the rest. */
export const hostileContent: Fault = {
  name: 'hostile-content',
  async run({ only, count = usualOpenings }) {
    const names = Object.keys(texts).filter((name) => name === harmless || only === undefined || name === only)
    const runtime = await startRuntime({
      config: {
        default_agent: 'hostile',
        agents: { hostile: { provider: 'scripted', model: 'hostile', system_prompt: '', unbounded_iterations: true } },
      },
      scripts: {
        hostile: {
          scenes: [
            ...names.map((name) => ({
              match: `^${name}$`,
              turns: [{ text: texts[name]!, pace: { chunk_chars: Math.ceil(texts[name]!.length / 200), delay_ms: 4 } }],
            })),
            { turns: [{ text: stillHere }] },
          ],
        },
      },
    })
    const browser = await launchBrowser()
    try {
      let usual = { streamed: 0, opened: 0, chunk: 0 }
      const outcomes: Outcome[] = []
      for (const name of names) {
        const tries = await tryAll(browser, runtime, name, count, usual)
        const { streamed, opened, chunk, refused } = tries
        if (name === harmless)
          usual = { streamed: streamed.longestTask, opened: opened.longestTask, chunk: chunk.longestTask }
        const tried = `streamed ${ms(streamed)}, opened ${ms(opened)}, as a chunk ${ms(chunk)}`
        console.log(`  ${name}: ${tried}`)
        outcomes.push({
          what: name,
          tried,
          violations: [
            ...violations(`streaming ${name}`, streamed, usual.streamed),
            ...violations(`opening ${name}`, opened, usual.opened),
            ...violations(`a chunk of ${name}`, chunk, usual.chunk),
            ...refused,
          ],
        })
      }
      return outcomes
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}

async function tryAll(
  browser: Browser,
  { url }: RuntimeProcess,
  name: string,
  count: number,
  usual: { streamed: number; opened: number; chunk: number },
) {
  const streamed = await best(count, usual.streamed, () => stream(browser, url, name))
  const opened = await best(count, usual.opened, () => openStored(browser, url, streamed.path))
  const { documentId, violations: refused } = await documentOf(url, name, texts[name]!)
  const chunk = await best(count, usual.chunk, () => openChunk(browser, url, documentId, hostileChunk))
  return { streamed, opened, chunk, refused }
}

/** The best of so many; one is enough where nothing is wrong with it. */
async function best(count: number, usual: number, open: () => Promise<Opening>): Promise<Opening> {
  let found: Opening | undefined
  for (let n = 0; n < count; n++) {
    const opening = await open()
    if (!found || opening.longestTask < found.longestTask) found = opening
    if (found.longestTask <= allowed(usual) && found.complaints.length === 0) break
  }
  return found!
}

/** What an empty conversation takes of the page is not the text's fault. */
function allowed(usual: number): number {
  return longestTask + Math.max(0, usual - longestTask / 2)
}

function violations(where: string, { longestTask: longest, complaints }: Opening, usual: number): Violation[] {
  const found = complaints.map((what) => ({ case: where, what }))
  if (Number.isFinite(longest) && longest > allowed(usual))
    found.push({ case: where, what: `the page stood still for ${Math.round(longest)} ms` })
  return found
}

const ms = ({ longestTask: longest }: Opening) => (Number.isFinite(longest) ? `${Math.round(longest)} ms` : 'never')
