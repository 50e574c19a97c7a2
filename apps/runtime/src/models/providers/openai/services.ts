import type { ModelService } from '../model-service.ts'
import { createOpenAi } from './index.ts'

export const openai: ModelService = {
  id: 'openai',
  keyVariable: 'OPENAI_API_KEY',
  baseUrlVariable: 'OPENAI_BASE_URL',
  // Servers that speak OpenAI's protocol often ask for no key.
  needs: 'either',
  create: (access, deps) => createOpenAi({ id: 'openai', keyVariable: openai.keyVariable, ...access }, deps),
}

export const deepseek: ModelService = {
  id: 'deepseek',
  keyVariable: 'DEEPSEEK_API_KEY',
  baseUrlVariable: 'DEEPSEEK_BASE_URL',
  needs: 'key',
  create: ({ apiKey, baseUrl = 'https://api.deepseek.com' }, deps) =>
    createOpenAi({ id: 'deepseek', service: 'deepseek', keyVariable: deepseek.keyVariable, apiKey, baseUrl }, deps),
}
