import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generated } from './generated.ts'
import { root } from './paths.ts'

test.each(Object.entries(generated()))('%s is what `pnpm codegen` prints', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8'), 'run pnpm codegen').toBe(text)
})

test('every public method of the SDK is explained', () => {
  const methods = generated()['docs/sdk.md']!.split('\n## ')[1]!.split('\n### ').slice(2)
  expect(methods.filter((method) => method.trimEnd().endsWith('```'))).toEqual([])
})
