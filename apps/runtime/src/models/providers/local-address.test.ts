import { expect, it } from 'vitest'
import { isLocalAddress } from './local-address.ts'

it.each([
  ['http://127.0.0.1:11434', true],
  ['http://localhost:1234/v1', true],
  ['http://[::1]:8080', true],
  ['http://192.168.1.20:8000', true],
  ['http://172.17.0.1:8000', true],
  ['http://100.101.102.103:8000', true],
  ['http://ollama:11434', true],
  ['http://nas.local:11434', true],
  ['http://host.docker.internal:11434', true],
  ['https://api.openai.com', false],
  ['https://172.32.0.1', false],
  ['https://local.example.org', false],
  ['nonsense', false],
])('%s is a local address: %s', (address, isLocal) => {
  expect(isLocalAddress(address)).toBe(isLocal)
})
