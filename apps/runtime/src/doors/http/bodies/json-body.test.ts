import { mostJsonLevels } from '@loomcycle/proto'
import { expect, it } from 'vitest'
import { parseJsonObject } from './json-body.ts'

const many = (item: string) => `{"of": [${Array<string>(200_002).fill(item).join(',')}]}`

it('refuses very many values, of whatever kind', async () => {
  for (const item of ['1', '{}', '""', 'null', '[]'])
    await expect(parseJsonObject(many(item))).rejects.toThrow('more than 200000 values')
})

it('takes a few values as long as they like, whatever stands in them', async () => {
  const text = 'a, {b}, [c] and "d"\\ '.repeat(50_000)
  expect(await parseJsonObject(JSON.stringify({ text, twice: [text] }))).toEqual({ text, twice: [text] })
  const odd = `{"slashes": "${'\\\\'.repeat(200_000)}", "open": "${',[{'.repeat(100_000)}"}`
  expect(await parseJsonObject(odd)).toEqual(JSON.parse(odd))
  await expect(parseJsonObject(`{"unfinished": "${','.repeat(300_000)}`)).rejects.toThrow('bad json')
})

it('is as strict with a large body as with a small one', async () => {
  for (const padding of [0, 300_000]) {
    const body = (json: string) => `{"padding": "${'x'.repeat(padding)}", "is": ${json}}`
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(await parseJsonObject(body(deep(mostJsonLevels - 1)))).toHaveProperty('is')
    await expect(parseJsonObject(body(deep(mostJsonLevels)))).rejects.toMatchObject({ code: 'invalid_json' })
    expect(await parseJsonObject(body('"\\ud800"'))).toMatchObject({ is: '\ufffd' })
    await expect(parseJsonObject(`[${body('1')}]`)).rejects.toThrow('must be an object')
  }
})
