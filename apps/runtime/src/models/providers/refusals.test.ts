import { describe, expect, it } from 'vitest'
import { readRefusal } from './refusals.ts'

/** Who says it, what they say, and which numbers are in it: window, then what was asked. */
const tooLong: [string, string, number?, number?][] = [
  [
    'Anthropic',
    'anthropic 400: prompt is too long: 210018 tokens > 200000 maximum (invalid_request_error)',
    200000,
    210018,
  ],
  [
    'Anthropic',
    'anthropic 400: input length and `max_tokens` exceed context limit: 198000 + 8192 > 200000, decrease input length or `max_tokens` and try again',
    200000,
    198000,
  ],
  ['Bedrock', 'openai 400: Input too long for requested model'],
  ['a gateway', 'anthropic 413: Request size exceeds model context window (invalid_request_error)'],
  [
    'OpenAI',
    "openai 400: This model's maximum context length is 128000 tokens. However, your messages resulted in 150123 tokens. Please reduce the length of the messages. (context_length_exceeded)",
    128000,
    150123,
  ],
  [
    'OpenAI',
    'openai 400: Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300001 tokens. Please reduce the length of the messages.',
    272000,
    300001,
  ],
  [
    'OpenAI',
    'openai 400: Your input exceeds the context window of this model. Please adjust your input and try again.',
  ],
  [
    'OpenAI',
    "openai 400: Invalid 'messages[1].content': string too long. Expected a string with maximum length 10485760, but got a string with length 20000000 instead. (string_above_max_length)",
  ],
  [
    'OpenAI',
    'openai 429: Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 61234. The input or output tokens must be reduced in order to run successfully.',
    30000,
    61234,
  ],
  [
    'vLLM',
    "openai 400: This model's maximum context length is 8192 tokens. However, you requested 9001 tokens (8001 in the messages, 1000 in the completion). Please reduce the length of the messages or completion.",
    8192,
    9001,
  ],
  [
    'vLLM',
    "openai 400: This model's maximum context length is 8192 tokens. However, your request has 9001 input tokens. Please reduce the length of the input messages.",
    8192,
    9001,
  ],
  [
    'vLLM',
    'openai 400: The decoder prompt (length 9001) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller than the number of text tokens.',
    8192,
    9001,
  ],
  [
    'DeepSeek',
    "deepseek 400: This model's maximum context length is 131072 tokens. However, you requested 140000 tokens (139000 in the messages, 1000 in the completion). Please reduce the length of the messages or completion. (invalid_request_error)",
    131072,
    140000,
  ],
  [
    'OpenRouter',
    'openai 400: This endpoint\'s maximum context length is 131072 tokens. However, you requested about 150000 tokens (149000 of text input, 1000 in the output). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.',
    131072,
    150000,
  ],
  [
    'Gemini',
    'openai 400: The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).',
    1048576,
    1100000,
  ],
  [
    'llama.cpp',
    'openai 400: request (9001 tokens) exceeds the available context size (8192 tokens), try increasing it',
    8192,
    9001,
  ],
  [
    'llama.cpp',
    'openai 400: the request exceeds the available context size, try increasing it (exceed_context_size_error) n_prompt_tokens=9001 n_ctx=8192',
    8192,
    9001,
  ],
  [
    'llama.cpp',
    'openai 500: the request exceeds the available context size. try increasing the context size or enable context shift',
  ],
  ['llama.cpp', 'openai 500: Context size has been exceeded. (server_error)'],
  ['llama.cpp', 'openai 400: request (53192 tokens) exceeds context size (50176 tokens)', 50176, 53192],
  [
    'vLLM',
    "openai 400: 'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 8192 tokens and your request has 4462 input tokens (4096 > 8192 - 4462).",
    8192,
    4462,
  ],
  [
    'LM Studio',
    'openai: Trying to keep the first 5001 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input',
    4096,
    5001,
  ],
  [
    'LM Studio',
    'openai: The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input.',
  ],
  ['Ollama', 'ollama 400: prompt too long; exceeded max context length by 812 tokens'],
  ['Ollama', 'ollama 500: the input length exceeds the context length'],
  [
    'Mistral',
    'openai 400: Prompt contains 40001 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    32768,
    40001,
  ],
  [
    'xAI',
    "openai 400: This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    131072,
    537812,
  ],
  [
    'TGI',
    'openai 422: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 8000 `inputs` tokens and 1000 `max_new_tokens`',
    8193,
    8000,
  ],
]

const pictures: [string, string, boolean][] = [
  ['Anthropic', 'anthropic 400: Could not process image (invalid_request_error)', false],
  [
    'Anthropic',
    'anthropic 400: messages.0.content.1.image.source.base64: Image does not match the provided media type image/jpeg',
    false,
  ],
  [
    'Anthropic',
    'anthropic 400: messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes',
    false,
  ],
  ['Anthropic', 'anthropic 400: At least one of the image dimensions exceed max allowed size: 8000 pixels', false],
  [
    'OpenAI',
    'openai 400: You uploaded an unsupported image. Please make sure your image is valid. (invalid_image_format)',
    false,
  ],
  [
    'OpenAI',
    'openai 400: The image data you provided does not represent a valid image. Please check your input and try again.',
    false,
  ],
  ['OpenAI', 'openai 400: Invalid content type. image_url is only supported by certain models.', true],
  [
    'Gemini',
    'openai 400: Unable to process input image. Please retry or report in https://developers.generativeai.google',
    false,
  ],
  ['Gemini', 'openai 400: Provided image is not valid.', false],
  ['vLLM', 'openai 400: cannot identify image file <_io.BytesIO object at 0x7f>', false],
  ['vLLM', 'openai 400: At most 0 image(s) may be provided in one request.', true],
  ['vLLM', 'openai 400: qwen2.5-7b is not a multimodal model', true],
  [
    'llama.cpp',
    'openai 500: image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
    true,
  ],
  ['llama.cpp', 'openai 400: Failed to load image or audio file', false],
  ['LM Studio', "openai 400: Invalid 'content': 'url' field must be a base64 encoded image.", false],
  ['LM Studio', 'openai 400: Model does not support images. Please use a model that does.', true],
  ['Ollama', 'ollama 500: Failed to create new sequence: failed to process inputs: image: unknown format', false],
  ['Ollama', 'ollama 400: invalid image input', false],
  ['Ollama', 'ollama 500: this model is missing data required for image input', true],
  ['OpenRouter', 'openai 404: No endpoints found that support image input', true],
  [
    'DeepSeek',
    'deepseek 400: Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text`',
    true,
  ],
]

const tooManyPictures: [string, string, number?][] = [
  ['vLLM', 'openai 400: At most 1 image(s) may be provided in one request. (BadRequestError)', 1],
  [
    'vLLM',
    'openai 400: You set image=2 (or defaulted to 1) in `--limit-mm-per-prompt`, but passed 3 image items in the same prompt.',
    2,
  ],
  ['Anthropic', 'anthropic 400: messages.0.content: Too many images and documents: 101 + 0 > 100', 100],
  ['Anthropic', 'anthropic 400: Too much media: 0 document pages + 107 images > 100', 100],
  ['Groq', 'openai 400: Too many images provided. This model supports up to 5 images', 5],
  ['Mistral', 'openai 400: Total number of images in request exceeds the maximum of 8', 8],
  ['others', 'openai 400: Max images exceeded'],
]

describe('what services say', () => {
  it.each(tooLong)('%s finds a request too long: %s', (_, message, window, asked) => {
    expect(readRefusal(message)).toEqual({ cause: 'too_long', ...(window && { window }), ...(asked && { asked }) })
  })

  it.each(pictures)('%s cannot read a picture: %s', (_, message, all) => {
    expect(readRefusal(message)).toEqual({ cause: 'unreadable_picture', all })
  })

  it.each(tooManyPictures)('%s finds the pictures too many: %s', (_, message, most) => {
    expect(readRefusal(message)).toEqual({ cause: 'too_many_pictures', ...(most && { most }) })
  })

  it.each([
    'openai 413: 413 Request Entity Too Large nginx/1.25.3',
    'openai 413: Failed to buffer the request body: length limit exceeded',
    'openai 413: Payload Too Large',
    'anthropic 413: Request exceeds the maximum size (request_too_large)',
  ])('what stands before a service finds a request too large: %s', (message) => {
    expect(readRefusal(message)).toEqual({ cause: 'too_long', inBytes: true })
  })

  it.each([
    'anthropic 400: messages.1.content.0: Invalid `signature` in `thinking` block (invalid_request_error)',
    'anthropic 400: messages.3.content.13: Invalid signature in thinking block. The block is bound to a different conversation.',
    'anthropic 400: messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `text`. When `thinking` is enabled, …',
    'anthropic 400: messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
    'openai 400: The encrypted content gAAA…Zw== could not be verified. (invalid_encrypted_content)',
    "openai 400: Item 'rs_1' of type 'reasoning' was provided without its required following item.",
  ])('takes no thinking back: %s', (message) => {
    expect(readRefusal(message)).toEqual({ cause: 'refused_thinking' })
  })

  it.each([
    'ollama 400: registry.ollama.ai/library/gemma3:4b does not support tools (api_error)',
    'openai 404: No endpoints found that support tool use. To learn more about provider routing, visit: …',
    'openai 400: "auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    'openai 500: tools param requires --jinja flag (server_error)',
    "openai 400: Unsupported parameter: 'tools' is not supported with this model. (unsupported_parameter)",
    'openai 400: `tool calling` is not supported with this model',
    'deepseek 400: deepseek-reasoner does not support Function Calling',
    'gemini 400: Function calling is not enabled for models/gemma-3-27b-it (INVALID_ARGUMENT)',
  ])('takes no tools: %s', (message) => {
    expect(readRefusal(message)).toEqual({ cause: 'refused_tools' })
  })

  it.each([
    "openai 400: The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. (content_filter)",
    'openai 400: Invalid prompt: your prompt was flagged as potentially violating our usage policy. (invalid_prompt)',
    'anthropic 400: Output blocked by content filtering policy (invalid_request_error)',
    'gemini: the prompt was blocked: PROHIBITED_CONTENT',
    'deepseek 400: Content Exists Risk (invalid_request_error)',
    'openai 400: Input data may contain inappropriate content. (data_inspection_failed)',
    'openai 400: The request was rejected because it was considered high risk (content_filter)',
    'openai 403: Content violates usage guidelines.',
  ])('finds fault with what was said: %s', (message) => {
    expect(readRefusal(message)).toEqual({ cause: 'refused_words' })
  })

  it.each([
    'anthropic 400: max_tokens: 300000 > 64000, which is the maximum allowed number of output tokens',
    'openai 401: Incorrect API key provided',
    'openai 400: Invalid schema for function Document (invalid_function_parameters)',
    'openai 429: Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.',
    'ollama 404: model "llama3" not found, try pulling it first',
    'deepseek 402: Insufficient Balance',
  ])('nothing of the kind is in: %s', (message) => {
    expect(readRefusal(message)).toBeUndefined()
  })
})
