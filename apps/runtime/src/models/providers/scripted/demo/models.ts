import type { Scene } from './scene.ts'
import { addModel } from './texts.ts'

export const models: Scene = {
  heard:
    /\b(?:add|use|connect|set up|get|switch|change|real|which|what) (?:\w+ ){0,2}(?:models?|llms?|provider)\b|\bapi[ _-]?key|\b(?:anthropic|openai|ollama|claude|gpt|deepseek)\b|\bare you (?:an? )?(?:real|ai|llm|model|bot|human)\b/i,
  turns: [
    () => ({
      thinking: 'A question about models. I am not one, so I say that first and then how to get one.',
      text: `I am not a model; I play from a script. Adding one takes a minute.

${addModel}

New conversations then begin with the agent **assistant**, which answers with that model. I stay around as **demo**.

- An Ollama that runs on this machine and has a model is found without any setting.
- Any service that speaks OpenAI’s protocol works: set \`OPENAI_BASE_URL\` to its address.
- Keys stay in the environment of the server. They are never stored, never sent to this page, and struck out of anything an agent writes.`,
    }),
  ],
}
