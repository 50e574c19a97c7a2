import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Where an answer breaks off: after so many frames, or so many bytes, of its body. */
export interface Cut {
  after: number
  unit: 'frames' | 'bytes'
}

export interface CuttingProxy {
  url: string
  /** Connections so far. */
  connections(): number
  close(): Promise<void>
}

/** Passes everything on, until the answer of a connection has come as far as its cut. */
export async function startCuttingProxy(
  target: string,
  cutOf: (connection: number) => Cut | undefined,
): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((client) => {
    const connection = connections++
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    const cutter = new Cutter(cutOf(connection))
    upstream.on('data', (bytes: Buffer) => {
      const { passed, isCut } = cutter.pass(bytes)
      if (!isCut) return void client.write(passed)
      upstream.destroy()
      // One in two ends in good order, as a proxy that is restarted does; the other as a lost network does.
      client.write(passed, () => (connection % 2 === 0 ? client.end() : client.resetAndDestroy()))
    })
    upstream.once('end', () => client.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

class Cutter {
  readonly #cut: Cut | undefined
  #inHead = true
  #last4 = ''
  #count = 0

  constructor(cut: Cut | undefined) {
    this.#cut = cut
  }

  pass(bytes: Buffer): { passed: Buffer; isCut: boolean } {
    const cut = this.#cut
    if (!cut) return { passed: bytes, isCut: false }
    for (const [at, byte] of bytes.entries()) {
      if (!this.#inHead && this.#count >= cut.after) return { passed: bytes.subarray(0, at), isCut: true }
      this.#last4 = (this.#last4 + String.fromCharCode(byte)).slice(-4)
      if (this.#inHead) this.#inHead = this.#last4 !== '\r\n\r\n'
      else if (cut.unit === 'bytes' || this.#last4.endsWith('\n\n')) this.#count++
    }
    return { passed: bytes, isCut: !this.#inHead && this.#count >= cut.after }
  }
}
