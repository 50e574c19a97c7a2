/** What a service means by not taking a request: what was wrong with it, where something can be done about that. */
export type Refusal =
  | {
      cause: 'too_long'
      /** Tokens that the model takes, where the service says so. */
      window?: number
      /** Tokens that it was sent, as it counts them. */
      asked?: number
      /** Too many bytes, of which pictures are most; nobody counted tokens. */
      inBytes?: true
    }
  | {
      cause: 'unreadable_picture'
      /** The model looks at no picture at all, so all of them are too many. */
      all: boolean
    }
  | {
      cause: 'too_many_pictures'
      /** So many it takes in one request, where it says so. */
      most?: number
    }
  /** What it is to be shown again of its thinking is not as it was, or is bound to something that was said otherwise. */
  | { cause: 'refused_thinking' }
  /** A filter of the service finds fault with what was said: it would with every later request, too. */
  | { cause: 'refused_words' }
  /** The model can call nothing, or is not set up to. */
  | { cause: 'refused_tools' }

/** Every service says it in words of its own, some in several; their numbers are in the groups `window` and `asked`. */
const tooLong: readonly RegExp[] = [
  // Anthropic
  /prompt is too long: (?<asked>\d+) tokens > (?<window>\d+) maximum/i,
  /exceed context limit: (?<asked>\d+) \+ \d+ > (?<window>\d+)/i,
  /(?:prompt|input) (?:is )?too long\b/i,
  // OpenAI, DeepSeek, vLLM, OpenRouter
  /maximum context length is (?<window>\d+) tokens[^(]{0,80}?(?:resulted in|requested about|requested|request has) (?<asked>\d+)/i,
  /maximum context length is (?<window>\d+) tokens/i,
  /configured limit of (?<window>\d+) tokens\. your messages resulted in (?<asked>\d+)/i,
  /exceeds? (?:the |model |the model's )?context window/i,
  /request too large for [^\n]{0,200}?limit (?<window>\d+), requested (?<asked>\d+)/i,
  /string_above_max_length|string too long\. expected a string with maximum length/i,
  /prompt \(length (?<asked>\d+)\) is longer than the maximum model length of (?<window>\d+)/i,
  /reduce the length of the (?:messages|input|prompt)/i,
  // Gemini
  /input token count \((?<asked>\d+)\) exceeds the maximum number of tokens allowed \((?<window>\d+)\)/i,
  /input token count[^\n]{0,40}exceeds the maximum/i,
  // llama.cpp
  /request \((?<asked>\d+) tokens\) exceeds (?:the available )?context size \((?<window>\d+) tokens\)/i,
  /exceeds the available context size|context size has been exceeded|exceed_context_size_error/i,
  // LM Studio
  /keep the first (?<asked>\d+) tokens[^\n]{0,80}context length of only (?<window>\d+) tokens/i,
  /context length of only (?<window>\d+) tokens/i,
  /tokens to keep from the initial prompt is greater than the context length/i,
  /reached context length of (?<window>\d+) tokens/i,
  // Ollama
  /exceeded max context length|input length exceeds (?:the |the maximum |maximum )?context length/i,
  // Others that speak OpenAI's protocol
  /maximum prompt length is (?<window>\d+) but the request contains (?<asked>\d+) tokens/i,
  /prompt contains (?<asked>\d+) tokens[^\n]{0,60}too large for model with (?<window>\d+) maximum context length/i,
  /token count of (?<asked>\d+) exceeds the limit of (?<window>\d+)/i,
  /must be <= (?<window>\d+)\. given: (?<asked>\d+) `inputs` tokens/i,
  /context_length_exceeded|model_context_window_exceeded/i,
]

/** Of a service, or of whatever stands before it: a proxy has words of its own, or none. */
const tooManyBytes: readonly RegExp[] = [/^\S+ 413: /, /request_too_large|request exceeds the maximum size/i]

const tooManyPictures: readonly RegExp[] = [
  // vLLM
  /at most (?<most>\d+) image/i,
  /you set image=(?<most>\d+)\b[^\n]{0,120}passed \d+ image/i,
  // Anthropic
  /too (?:many images and documents|much media)[^\n]{0,80}> (?<most>\d+)/i,
  // Others
  /too many images[^\n]{0,60}up to (?<most>\d+)/i,
  /(?:number of images|images in (?:the )?request)[^\n]{0,40}(?:exceeds?|limit|more than|maximum)[^\d\n]{0,30}(?<most>\d+)/i,
  /too many images|max(?:imum)? images exceeded/i,
]

const refusedThinking: readonly RegExp[] = [
  /invalid `?signature`? in `?thinking`? block/i,
  /expected `?thinking`? or `?redacted_thinking`?, but found/i,
  /`?thinking`? (?:or `?redacted_thinking`? )?blocks? [^\n]{0,80}cannot be modified/i,
  /thought signature is not valid/i,
  // OpenAI
  /invalid_encrypted_content|encrypted content [^\n]{0,200}could not be (?:verified|decrypted)/i,
  /of type 'reasoning' was provided without its required following item|without its required 'reasoning' item/i,
]

const refusedTools: readonly RegExp[] = [
  // Ollama, DeepSeek and others
  /(?:does not|doesn't|do not|don't) support (?:tools?|function)(?: use| call(?:s|ing)?)?\b/i,
  // OpenRouter
  /no endpoints found that support tool use/i,
  // vLLM, llama.cpp
  /tool choice requires --enable-auto-tool-choice/i,
  /tools param requires --jinja/i,
  // Gemini
  /function calling is not enabled for/i,
  // OpenAI, Groq
  /[`'"]?(?:tools|tool calling|function calling)[`'"]? (?:is|are) not supported (?:with|by|for|in) (?:this|the) model/i,
]

const refusedWords: readonly RegExp[] = [
  // Azure
  /filtered due to the prompt triggering|ResponsibleAIPolicyViolation/i,
  // OpenAI
  /prompt was flagged as potentially violating/i,
  // Anthropic
  /output blocked by content filtering policy/i,
  // DeepSeek
  /content exists risk/i,
  // Alibaba, Moonshot
  /data_?inspection_?failed|may contain inappropriate content|rejected because it was considered high risk/i,
  // xAI
  /content violates usage guidelines/i,
  // Gemini
  /the prompt was blocked: (?!OTHER|BLOCK_REASON_UNSPECIFIED)/,
]

const noPictures: readonly RegExp[] = [
  // OpenAI, OpenRouter, DeepSeek
  /image_url is only supported by certain models/i,
  /no endpoints found that support image input/i,
  /unknown variant `image_url`/i,
  // vLLM, llama.cpp, LM Studio, Ollama
  /at most 0 image/i,
  /is not a multimodal model/i,
  /image input is not supported/i,
  /(?:does not|doesn't) support (?:images?|vision|multimodal)/i,
  /missing data required for image input/i,
]

const unreadablePicture: readonly RegExp[] = [
  // Anthropic
  /could not process image/i,
  /image does not match the provided media type|image\.source\.[^\n]{0,200}(?:invalid|exceeds?|not match)/i,
  /image exceeds [\d.]+ ?mb maximum|image dimensions exceed/i,
  // OpenAI
  /invalid_image_format|unsupported image|does not represent a valid image|invalid base64 image_url|invalid_image_url|image_parse_error/i,
  // Gemini
  /unable to process input image|provided image is not valid/i,
  // vLLM, llama.cpp, LM Studio, Ollama
  /cannot identify image file|failed to (?:load|decode|open|process) (?:the )?image/i,
  /must be a base64 encoded image/i,
  /image: unknown format|invalid image (?:input|data|type)/i,
]

/** Undefined where a service says something that asking otherwise would not mend. */
export function readRefusal(message: string): Refusal | undefined {
  if (matches(noPictures, message)) return { cause: 'unreadable_picture', all: true }
  if (matches(unreadablePicture, message)) return { cause: 'unreadable_picture', all: false }
  const many = matches(tooManyPictures, message)
  if (many) {
    const most = count(many.groups?.most)
    return { cause: 'too_many_pictures', ...(most ? { most } : {}) }
  }
  if (matches(refusedThinking, message)) return { cause: 'refused_thinking' }
  if (matches(refusedTools, message)) return { cause: 'refused_tools' }
  if (matches(refusedWords, message)) return { cause: 'refused_words' }
  const found = matches(tooLong, message)
  if (!found) return matches(tooManyBytes, message) ? { cause: 'too_long', inBytes: true } : undefined
  const window = numberIn(message, 'n_ctx') ?? count(found.groups?.window)
  const asked = numberIn(message, 'n_prompt_tokens') ?? count(found.groups?.asked)
  return { cause: 'too_long', ...(window ? { window } : {}), ...(asked ? { asked } : {}) }
}

function matches(patterns: readonly RegExp[], message: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(message)
    if (found) return found
  }
  return undefined
}

/** llama.cpp says its numbers beside its words. */
function numberIn(message: string, name: string): number | undefined {
  return count(new RegExp(`\\b${name}[=: ]+(\\d+)`).exec(message)?.[1])
}

function count(digits: string | undefined): number | undefined {
  const value = Number(digits)
  return Number.isSafeInteger(value) && value > 0 ? value : undefined
}
