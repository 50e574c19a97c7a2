import { writeFileSync } from 'node:fs'
import { outputs } from './outputs.ts'

const root = new URL('../../../', import.meta.url)

for (const [path, text] of Object.entries(outputs())) {
  writeFileSync(new URL(path, root), text)
  console.log(`wrote ${path}`)
}
