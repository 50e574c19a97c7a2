import { ready } from '../budget/timed-worker.ts'
import type { ParseRequest } from './parse-apart.ts'
import { parseWithin } from './parse-within.ts'

addEventListener('message', ({ data }: MessageEvent<ParseRequest>) => postMessage(parseWithin(data.text, data.most)))
postMessage(ready)
