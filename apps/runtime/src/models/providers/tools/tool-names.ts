import type { Message, ToolSpec } from '../provider.ts'

/** Names as the services accept them, and the way back. Names that fit already are left as they are. */
export interface ToolNames {
  toWire(name: string): string
  fromWire(name: string): string
}

const FITS = /^[a-zA-Z0-9_-]{1,64}$/

export function createToolNames(tools: readonly ToolSpec[], messages: readonly Message[]): ToolNames {
  const names = new Set(tools.map((tool) => tool.name))
  for (const { content } of messages) {
    for (const block of content) if (block.type === 'tool_use') names.add(block.name)
  }
  const toWire = new Map<string, string>()
  const fromWire = new Map<string, string>()
  for (const name of names) if (FITS.test(name)) fromWire.set(name, name)
  for (const name of names) {
    if (FITS.test(name)) continue
    let wire = alias(name)
    while (fromWire.has(wire)) wire = alias(`${name}${wire}`)
    fromWire.set(wire, name)
    toWire.set(name, wire)
  }
  return { toWire: (name) => toWire.get(name) ?? name, fromWire: (name) => fromWire.get(name) ?? name }
}

/** Depends on the name alone, so that a session's requests keep the same beginning and stay cached. */
function alias(name: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0
  return `${name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 55)}_${hash.toString(16).padStart(8, '0')}`
}
