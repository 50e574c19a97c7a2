import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generated } from './generated.ts'
import { root } from './paths.ts'

for (const [path, text] of Object.entries(generated())) {
  writeFileSync(join(root, path), text)
  console.log(`wrote ${path}`)
}
