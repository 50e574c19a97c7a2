import { parentPort, workerData } from 'node:worker_threads'
import { trial } from './trial.ts'

const { twins, range } = workerData as { twins: Parameters<typeof trial>[0]; range: Parameters<typeof trial>[1] }
parentPort?.postMessage(trial(twins, range))
