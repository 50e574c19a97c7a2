import { expect, it } from 'vitest'
import { refuseTooManyValues } from './json-size.ts'

const many = (item: string) => `[${Array<string>(200_002).fill(item).join(',')}]`

it('refuses very many values, of whatever kind', () => {
  for (const item of ['1', '{}', '""', 'null', '[]'])
    expect(() => refuseTooManyValues(many(item))).toThrow('more than 200000 values')
})

it('takes a few values as long as they like, whatever stands in them', () => {
  const text = 'a, {b}, [c] and "d"\\ '.repeat(50_000)
  refuseTooManyValues(JSON.stringify({ text, twice: [text] }))
  refuseTooManyValues(`"${'\\\\'.repeat(200_000)}", "${',[{'.repeat(100_000)}"`)
  refuseTooManyValues(`{"unfinished": "${','.repeat(300_000)}`)
})
