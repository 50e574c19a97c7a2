import { app } from './app.ts'
import { engine } from './engine.ts'
import { ground } from './ground.ts'
import type { Mutation } from './mutation.ts'
import { sdk } from './sdk.ts'

/** All that `pnpm mutate` tries. */
export const mutations: readonly Mutation[] = [...engine, ...ground, ...sdk, ...app]
