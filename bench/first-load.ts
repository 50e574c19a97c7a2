import { firstLoad as measureFirstLoad } from '../apps/loomboard/scripts/first-load.ts'
import { atMost, type Benchmark, noted } from './benchmark.ts'

export const firstLoad: Benchmark = {
  name: 'first-load',
  async run() {
    const { chat, conversation } = measureFirstLoad()
    return [
      atMost('first load of the chat route, JS + CSS, gzip', chat / 1024, 170, 'KB'),
      noted('the same with what a stored conversation needs', conversation / 1024, 'KB'),
    ]
  },
}
