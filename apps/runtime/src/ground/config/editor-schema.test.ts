import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from 'typebox'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { createCheck } from '../validation.ts'
import { editorSchema } from './editor-schema.ts'

const fixtures = join(import.meta.dirname, '../../../../../fixtures/configurations')
const check = createCheck(editorSchema() as unknown as TSchema)

it.each(readdirSync(fixtures).filter((name) => name.endsWith('.yaml')))('takes %s as it is', (name) => {
  expect(check(parse(readFileSync(join(fixtures, name), 'utf8')))).toBeUndefined()
})

it('knows what a key means, takes variables for numbers, and marks what has no effect', () => {
  const { properties } = editorSchema() as { properties: Record<string, Record<string, unknown>> }
  expect(properties.default_agent).toMatchObject({ description: 'The agent that new chats start with.' })
  expect(properties.hooks).toMatchObject({ deprecated: true })
  const agent = (fields: object) => check({ agents: { a: fields } })
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file says it
  expect(agent({ max_tokens: '${LOOMCYCLE_TOKENS}', tier: 'low' })).toBeUndefined()
  expect(agent({ max_tokens: 'many' })).toMatchObject({ path: ['agents', 'a', 'max_tokens'] })
  expect(agent({ max_token: 1 })).toMatchObject({ path: ['agents', 'a', 'max_token'] })
})
