import type { Script } from '../../../ground/config/script.ts'
import { momentOf } from './moment.ts'
import { filledTurn } from './template.ts'
import type { ScriptedModel, ScriptedTurn } from './turn.ts'

const NO_SCENE: ScriptedTurn = { text: 'This script has no scene for that.' }
const SCENE_OVER: ScriptedTurn = { text: 'The scene ends here.' }

/** Plays the first scene that matches what was said, one turn for every request. */
export function scriptedModel(script: Script): ScriptedModel {
  const scenes = script.scenes.map(({ match, turns }) => ({ pattern: new RegExp(match ?? '', 'i'), turns }))
  return (request) => {
    const moment = momentOf(request)
    const scene = scenes.find(({ pattern }) => pattern.test(moment.input))
    const turn = scene ? (scene.turns[moment.turn] ?? SCENE_OVER) : NO_SCENE
    return filledTurn({ ...turn, pace: turn.pace ?? script.pace }, moment)
  }
}
