import { connect, createServer, type Server, type Socket } from 'node:net'
import pg from 'pg'

/** What becomes of the next commit that somebody sends, or of whatever anybody sends. */
export type Cut = 'commit-lost' | 'commit-unheard' | undefined

/** Between a process and its server; cuts connections where it is told to. */
export class CuttingProxy {
  cut: Cut
  /** Nobody gets through. */
  isShut = false
  readonly #server: Server
  readonly #open = new Set<Socket>()

  private constructor(server: Server) {
    this.#server = server
  }

  static async before(url: string): Promise<{ proxy: CuttingProxy; url: string }> {
    const { host, port, database, user, password } = new pg.Client(url)
    const server = createServer()
    const proxy = new CuttingProxy(server)
    server.on('connection', (client) => proxy.#join(client, host, port))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = (server.address() as { port: number }).port
    return { proxy, url: `postgres://${user}${password ? `:${password}` : ''}@127.0.0.1:${at}/${database}` }
  }

  /** Every connection ends, in the middle of whatever it is in. */
  cutAll() {
    for (const socket of this.#open) socket.destroy()
  }

  close() {
    this.#server.close()
    this.cutAll()
  }

  #join(client: Socket, host: string, port: number) {
    if (this.isShut) return void client.destroy()
    const upstream = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const socket of [client, upstream]) {
      this.#open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let isDeaf = false
    client.on('data', (bytes) => {
      const cut = bytes.includes('commit\0') ? this.cut : undefined
      if (cut) this.cut = undefined
      if (cut === 'commit-lost') return client.destroy()
      isDeaf = cut === 'commit-unheard'
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (isDeaf) client.destroy()
      else client.write(bytes)
    })
  }
}
