import { firstLoadBytes } from '../apps/loomboard/scripts/first-load.ts'
import { atMost, type Benchmark } from './benchmark.ts'

export const firstLoad: Benchmark = {
  name: 'first-load',
  async run() {
    return [atMost('first load of the chat route, JS + CSS, gzip', (await firstLoadBytes()) / 1024, 170, 'KB')]
  },
}
