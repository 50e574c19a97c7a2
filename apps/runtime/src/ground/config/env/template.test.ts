import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { modelServices } from '../../../models/providers/registry.ts'
import { readEnv } from './env.ts'
import { allVariables, envTemplate } from './template.ts'

it('names every variable, changes nothing as it is, and means the same once it counts', () => {
  const template = envTemplate(modelServices)
  expect(parseEnv(template)).toEqual({})
  const all = parseEnv(template.replace(/^#(\w+=)/gm, '$1'))
  const names = allVariables(modelServices).flatMap(([, settings]) => Object.keys(settings))
  expect(Object.keys(all).sort()).toEqual(names.sort())
  expect(readEnv(all, modelServices)).toEqual(readEnv({}, modelServices))
})
