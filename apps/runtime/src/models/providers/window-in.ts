import { isObject } from './tools/tool-input.ts'

/** Where services say how many tokens a model takes; what it was loaded with before what it could take. */
const members = [
  'loaded_context_length', // LM Studio
  'max_model_len', // vLLM
  'context_length', // OpenRouter, Together, a model that Ollama has loaded
  'context_window', // Groq
  'max_context_length', // Mistral, LM Studio
  'max_input_tokens', // Anthropic
  'inputTokenLimit', // Gemini
] as const

/** What a service says of a model, in whichever member. */
export function windowIn(model: unknown): number | undefined {
  if (!isObject(model)) return undefined
  const { meta, top_provider: top } = model
  const said = [
    // OpenRouter sends a request to a place that takes less than the model.
    ...(isObject(top) ? [top.context_length] : []),
    ...members.map((member) => model[member]),
    // llama.cpp; trained for is more than it was started with, where it says both.
    ...(isObject(meta) ? [meta.n_ctx, meta.n_ctx_train] : []),
  ]
  return said.find((value): value is number => Number.isInteger(value) && (value as number) > 0)
}

/** Of the model of this name among those that a service lists. */
export function listedWindow(answer: unknown, model: string): number | undefined {
  const models = isObject(answer) ? (answer.data ?? answer.models) : undefined
  if (!Array.isArray(models)) return undefined
  return windowIn(
    models.find((one) => isObject(one) && (one.id === model || one.name === model || one.model === model)),
  )
}
