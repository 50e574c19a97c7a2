import { abilities } from './demo/abilities.ts'
import { ask } from './demo/ask.ts'
import { code } from './demo/code.ts'
import { count } from './demo/count.ts'
import { fail } from './demo/fail.ts'
import { fallback } from './demo/fallback.ts'
import { forget } from './demo/forget.ts'
import { hello } from './demo/hello.ts'
import { helpers } from './demo/helpers.ts'
import { long } from './demo/long.ts'
import { models } from './demo/models.ts'
import { recall } from './demo/recall.ts'
import { remember } from './demo/remember.ts'
import type { Scene } from './demo/scene.ts'
import { story } from './demo/story.ts'
import { summary } from './demo/summary.ts'
import { surroundings } from './demo/surroundings.ts'
import { thanks } from './demo/thanks.ts'
import { think } from './demo/think.ts'
import { momentOf } from './moment.ts'
import type { Pace, ScriptedModel } from './turn.ts'

/** The first that fits is played, so what is said in few words stands before what is said in passing. */
const scenes: Scene[] = [
  summary,
  remember,
  recall,
  forget,
  ask,
  helpers,
  fail,
  count,
  models,
  abilities,
  surroundings,
  story,
  long,
  code,
  think,
  hello,
  thanks,
  fallback,
]

/** About as fast as a quick model. */
const PACE: Pace = { chunk_chars: 22, delay_ms: 32 }

/** The offline agent: a script that says so, with real tool calls and real results. */
export const demo: ScriptedModel = (request) => {
  const moment = momentOf(request)
  const { turns } = scenes.find(({ heard }) => heard.test(moment.input)) ?? fallback
  const turn = turns[Math.min(moment.turn, turns.length - 1)]!
  return { pace: PACE, ...turn(moment) }
}
