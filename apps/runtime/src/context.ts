import { hostname } from 'node:os'
import { join } from 'node:path'
import { CardStarts } from './areas/cards/card-starts.ts'
import { type Channels, createChannels } from './areas/channels/context.ts'
import { runtimeNews } from './areas/channels/runtime-news.ts'
import type { DefinitionDeps } from './areas/definitions/deps.ts'
import { skillTool } from './areas/definitions/skills/skill-tool.ts'
import { createDocuments } from './areas/documents/create-documents.ts'
import type { DocumentDeps } from './areas/documents/deps.ts'
import type { GatewayDeps } from './areas/gateway/deps.ts'
import { summariser } from './areas/history/summarise.ts'
import { cancelQuestions as cancelRunQuestions } from './areas/interrupts/cancel-questions.ts'
import type { InterruptContext } from './areas/interrupts/context.ts'
import { createExpiry } from './areas/interrupts/expiry.ts'
import { createMemory, type Memory } from './areas/memory/create-memory.ts'
import { NoticeOllama } from './areas/operations/notice-ollama.ts'
import { createReload, type Reload } from './areas/operations/reload.ts'
import type { TeamContext } from './areas/teams/context.ts'
import { TeamRuns } from './areas/teams/team-runs.ts'
import { createVolumes, type Volumes } from './areas/volumes/create-volumes.ts'
import { listVolumes } from './areas/volumes/store.ts'
import { startBackgroundJobs } from './background-jobs.ts'
import { configuredAgents } from './engine/agents/configured.ts'
import { Definitions } from './engine/agents/definitions.ts'
import { storedAgents } from './engine/agents/stored.ts'
import { treeLimits } from './engine/agents/tree-limits.ts'
import type { LogEvent } from './engine/log/log-event.ts'
import { Publisher } from './engine/log/publisher.ts'
import { SessionLog } from './engine/log/session-log.ts'
import type { Fence } from './engine/log/store.ts'
import type { GiveUpDependencies } from './engine/loop/give-up-calls.ts'
import type { LoopDependencies, WorkingRun } from './engine/loop/working-run.ts'
import type { RunRecord } from './engine/rows/run-record.ts'
import { type HistoryRange, loadRun } from './engine/runs/load-run.ts'
import { configuredSkills, Skills } from './engine/skills/skills.ts'
import type { SpawnContext } from './engine/spawns/context.ts'
import { settleAllCalls, settleCall } from './engine/spawns/settle-call.ts'
import { Ledger } from './engine/usage/ledger.ts'
import { TokenLimits } from './engine/usage/token-limits.ts'
import { createDeadlines } from './engine/work/deadlines.ts'
import { Engine } from './engine/work/engine.ts'
import { RunStates } from './engine/work/run-states.ts'
import { SharedPlaces } from './engine/work/shared-places.ts'
import { Slots } from './engine/work/slots.ts'
import type { Alarm } from './ground/alarm/alarm.ts'
import { Bus } from './ground/bus.ts'
import { type Clock, systemClock } from './ground/clock.ts'
import type { Config, ProviderSettings } from './ground/config/config.ts'
import { createRedactor } from './ground/config/redaction/redactor.ts'
import type { Database } from './ground/db/database.ts'
import type { Guard } from './ground/db/health/store-watch.ts'
import { openStore } from './ground/db/open-store.ts'
import { Drafts } from './ground/files/drafts.ts'
import type { Authenticate } from './ground/identity/authenticate.ts'
import { createIdentity, type Identity } from './ground/identity/create-identity.ts'
import { ChannelQuotas } from './ground/quotas/channel-quotas.ts'
import { DocumentQuotas } from './ground/quotas/document-quotas.ts'
import { SessionQuotas } from './ground/quotas/session-quotas.ts'
import { Chores } from './ground/replicas/chores.ts'
import { Presence } from './ground/replicas/presence.ts'
import { type ReplicaTime, realReplicaTime } from './ground/replicas/replica-time.ts'
import { createUserSql } from './ground/sql-sandbox/create-user-sql.ts'
import type { UserSql } from './ground/sql-sandbox/user-sql.ts'
import { report, silence, type Telemetry } from './ground/telemetry/telemetry.ts'
import { type AskModel, modelAsker } from './models/calls/ask-model.ts'
import { CallQueue } from './models/calls/call-queue.ts'
import { createCodeJs } from './models/providers/code-js/index.ts'
import type { HttpDeps } from './models/providers/http.ts'
import { createMocks } from './models/providers/mock/index.ts'
import { ProviderNews } from './models/providers/news.ts'
import type { Provider } from './models/providers/provider.ts'
import { createProviders } from './models/providers/registry.ts'
import { USUAL_ATTEMPTS } from './models/providers/retries.ts'
import { demo } from './models/providers/scripted/demo.ts'
import { scriptedModel } from './models/providers/scripted/from-script.ts'
import { createScriptedProvider } from './models/providers/scripted/index.ts'
import { launchModels } from './models/providers/scripted/launch/index.ts'
import { manager } from './models/providers/scripted/manager/index.ts'
import { Availability } from './models/routing/availability.ts'
import { Catalogue } from './models/routing/catalogue.ts'
import { lackOfTier } from './models/routing/lack-of-tier.ts'
import { Listings } from './models/routing/listings.ts'
import { Probes } from './models/routing/probes.ts'
import { modelResolver, type ResolveModel, usualProvider } from './models/routing/resolve.ts'
import { routeAsBegun } from './models/routing/route.ts'
import type { RoutingDeps } from './models/routing/views.ts'
import { Windows } from './models/routing/windows.ts'
import { fileTools } from './tools/files/index.ts'
import { Searches } from './tools/files/search/searches.ts'
import type { OpTable } from './tools/op-set.ts'
import { missingTools, toolsFor } from './tools/policy.ts'
import { shellTools } from './tools/shell/index.ts'
import { Processes } from './tools/shell/processes.ts'
import type { Tool } from './tools/tool.ts'
import { createOpTable, createTools } from './tools-of-areas.ts'

export interface AppContext {
  version: string
  config: Config
  clock: Clock
  telemetry: Telemetry
  db: Database
  publisher: Publisher
  engine: Engine
  slots: Slots
  states: RunStates
  bus: Bus
  /** Name of this process in the leases of runs; another one after it was away. */
  owner(): string
  /** That it is there, for others on the same store; undefined where it is alone. */
  presence: Presence | undefined
  /** What one of all processes on the store does. */
  chores: Chores
  authenticate: Authenticate
  identity: Identity
  definitions: Definitions
  /** For the verbs that define agents and skills. */
  defining: DefinitionDeps
  skills: Skills
  resolveModel: ResolveModel
  /** How models are chosen, and how they are doing. */
  routing: RoutingDeps
  /** How a model is asked. */
  askModel: AskModel
  callQueue: CallQueue
  /** What models there are. */
  catalogue: Catalogue
  /** Models for programs, without agents. */
  gateway: GatewayDeps
  interrupts: InterruptContext
  /** Ends questions whose time is over. */
  expiry: Alarm
  /** Ends runs that take longer than they may. */
  deadlines: Alarm
  /** Reads a run's rows into memory; for whoever has it alone. */
  loadRun(record: RunRecord, from?: HistoryRange | readonly LogEvent[]): Promise<WorkingRun>
  channels: Channels
  sessionQuotas: SessionQuotas
  /** Has model calls counted; for whoever makes one. */
  ledger: Ledger
  /** Says whether somebody may still have a model called. */
  tokenLimits: TokenLimits
  /** Every op there is, for whatever door. */
  ops: OpTable
  documents: DocumentDeps
  cardStarts: CardStarts
  memory: Memory
  volumes: Volumes
  /** For SQL that users and agents wrote. */
  sql: UserSql
  /** What will not work as configured; one sentence each. */
  warnings: string[]
  /** Reads the configuration again. */
  reload: Reload
  /** For whoever is about to write to a session; one at a time. */
  openLog(of: { tenantId: string; sessionId: string }, fence?: Fence): Promise<SessionLog>
  close(): Promise<void>
}

export interface ContextOptions {
  config: Config
  /** Reads it again; it stays as it is unless given. */
  readConfig?: () => Promise<Config>
  version: string
  clock?: Clock
  /** Hears nothing unless given. */
  telemetry?: Telemetry
  /** In place of the configured ones. */
  providers?: ReadonlyMap<string, Provider>
  /** Already open, in place of the one in the data directory. */
  database?: Database
  /** Of the data directory, besides the database's own. */
  guards?: readonly Guard[]
  extraTools?: readonly Tool[]
  /** Tells, and hears from, others who use the same store. */
  bus?: Bus
  /** Name of this process in leases, where it does not make it known to others that it is there. */
  owner?: string
  /** Others use the same store; unless given where that is a Postgres. */
  presence?: { id?: string; time?: ReplicaTime }
  /** Takes the structured lines of the log; to the standard output unless given. */
  logLine?: (line: string) => void
}

/** Only one process uses an embedded database, so whoever opens it owns every lease in it. */
const onlyOwner = 'local'

/** What is there of something that is limited counts for so long where others take of it as well. */
const sharedQuotaFreshMs = 5_000

/** Makes everything and connects it; the only place that does. */
export async function createContext({
  config,
  readConfig = async () => config,
  version,
  clock: machineClock = systemClock,
  telemetry = silence,
  providers,
  database,
  guards = [],
  extraTools = [],
  bus = new Bus(),
  owner: onlyName = onlyOwner,
  presence: shared = config.storage.backend === 'postgres' ? {} : undefined,
  logLine = console.log,
}: ContextOptions): Promise<AppContext> {
  const db = database ?? (await openStore(config, { guards, telemetry }))
  if (db.hints) {
    bus.relay((topic) => db.hints?.send(topic))
    await db.hints.start({ onHint: (topic) => bus.hint(topic), onMissed: () => bus.hintAll() })
  }
  const presence =
    shared &&
    new Presence({
      ...{ db, clock: machineClock, version, telemetry },
      time: shared.time ?? realReplicaTime,
      id: shared.id ?? config.replicaId,
      hostname: hostname(),
      running: () => engine.workingCount,
    })
  await presence?.measure()
  const clock: Clock = presence?.clock ?? machineClock
  const owner = () => presence?.instance ?? onlyName
  const identity = await createIdentity({
    db,
    clock,
    bus,
    isShared: presence !== undefined,
    config,
    telemetry,
    logLine,
  })
  const measured = { db, clock, freshMs: presence && sharedQuotaFreshMs }
  const publisher = new Publisher(bus)
  const redact = createRedactor(config.secrets)
  const slots = new Slots(clock, config.concurrency, presence && new SharedPlaces(db, presence))
  const states = new RunStates(bus, db)
  const sql = createUserSql({ clock, home: db.home, config })
  const memory = await createMemory({ db, bus, clock, config, sql, telemetry, redact: redact.text })
  const channels = await createChannels({
    db,
    bus,
    clock,
    quotas: new ChannelQuotas(measured, config.limits.channels),
    limits: config.limits,
    configured: config.channels,
    telemetry,
    redact: redact.text,
    wakeRun: (runId) => engine.wake(runId),
  })
  const cancelQuestions: GiveUpDependencies['cancelQuestions'] = (runId, at) =>
    cancelRunQuestions({ db, channels }, runId, at)
  const providerNews = new ProviderNews((message) => {
    const reason = message.reason === undefined ? {} : { reason: redact.text(message.reason) }
    const value = { ...message, ...reason, at: new Date(clock.now()).toISOString() }
    const { statements, announce } = runtimeNews(channels, '_system/provider-events', value)
    db.write(statements, announce).catch((error: unknown) => report(telemetry, 'provider events', error))
  })
  const code = config.codeAgents && createCodeJs(config.codeAgents, clock)
  const available = new Map([
    ...(providers ?? allProviders(config, clock)),
    ...(code ? [[code.id, code] as const] : []),
  ])
  const availability = new Availability(clock, (id) => available.has(id))
  const listings = new Listings(clock, (id, listing) => availability.listed(id, listing))
  const intervalMs = config.timings.resolveProbeInterval
  const probes = new Probes({ clock, telemetry, providers: available, listings, intervalMs })
  const soughtOllama = () => noticeOllama.sought
  const routing: RoutingDeps = { config, providers: available, listings, availability, probes, clock, soughtOllama }
  const resolveModel = modelResolver(routing)
  const route = routeAsBegun(available, resolveModel)
  const callQueue = new CallQueue(clock, config.calls)
  const askModel = modelAsker({ availability, news: providerNews, queue: callQueue })
  const catalogue = new Catalogue({ config, providers: available, listings })
  const windows = new Windows({ clock, configured: config.windows, guess: config.limits.guessedWindow })
  const configured = configuredAgents(config)
  const definitions = new Definitions(db, { stored: storedAgents(db, config), configured })
  const skillSource = configuredSkills(config)
  const skills = new Skills(db, skillSource)
  const defining: DefinitionDeps = {
    db,
    clock,
    bus,
    limits: config.limits.definitions,
    agents: configured,
    skills: skillSource,
    volumes: config.volumes,
    surroundings: {
      definitions,
      toolNames: () => [...tools.keys()],
      hasProvider: (id) => available.has(id),
      usualProvider: () => usualProvider(config, available),
      modelsOf: (id) => catalogue.all(id),
      lackOfTier: (agent) => lackOfTier({ config, availability, catalogue }, agent),
      skillNames: (tenantId) => skills.names(tenantId),
      volumeNames: async (tenantId) => [
        ...config.volumes.map(({ name }) => name),
        ...(await listVolumes(db.read, tenantId, '')).map(({ name }) => name),
      ],
    },
    completePin: (pin, saidBy) => config.completePin(pin, saidBy),
    completeAgent: (agent, saidBy) => config.completeAgent(agent, saidBy),
    checkCode: code && ((source) => code.check(source)),
  }
  const tokenLimits = new TokenLimits({ db, clock, bus, isShared: presence !== undefined })
  await tokenLimits.read()
  const ledger = new Ledger({ db, clock, config, limits: tokenLimits })
  const loop: LoopDependencies = {
    ledger,
    tokenLimits,
    db,
    cancelQuestions,
    clock,
    config,
    redact,
    route,
    windows,
    availability,
    askModel,
    findProvider: (id) => available.get(id),
    telemetry,
    treeLimits: ({ record, agent }) =>
      treeLimits({ db, definitions, limits: config.limits.tree }, { id: record.id, rootId: record.rootRunId, agent }),
    endChildren: (runId) => engine.endChildren(runId),
    watchDeadline: (at) => deadlines.at(at),
  }
  const sessionQuotas = new SessionQuotas(measured, config.limits.sessions)
  const spawns: SpawnContext = {
    db,
    clock,
    definitions,
    skills,
    sessionQuotas,
    resolveModel,
    tokenLimits,
    limits: config.limits.tree,
    declaredVolumes: () => config.volumes,
    wake: (runId) => engine.wake(runId),
    isWorking: (runId) => engine.isWorking(runId),
  }
  const interrupts: InterruptContext = {
    db,
    clock,
    settings: config.interruption,
    channels,
    redact: redact.text,
    telemetry,
    wake: (runId) => engine.wake(runId),
    watch: (expiresAt) => expiry.at(expiresAt),
  }
  const expiry = createExpiry(interrupts, () => engine.isStopping)
  const retries = { clock, patienceMs: config.timings.providerPatience, attempts: USUAL_ATTEMPTS }
  const summarise = summariser({ db, definitions, route, askModel, redact: redact.text, retries, ledger, tokenLimits })
  const history = { db, clock, summarise }
  const documents = createDocuments({
    db,
    bus,
    clock,
    quotas: new DocumentQuotas(measured, config.limits.documents),
    channels,
    sql,
    telemetry,
    embedder: memory.embedding?.embedder,
    cardStarts: {
      begin: () => cardStarts.begin(),
      agentNames: (tenantId) => cardStarts.agentNames(tenantId),
    },
    teamRuns: { cardsChanged: (documentId) => teamRuns.cardsChanged(documentId) },
  })
  const cardStarts = new CardStarts({
    ...spawns,
    documents,
    telemetry,
    isClosed: () => engine.isStopping || engine.isPaused,
  })
  const volumes = createVolumes({
    ...{ db, clock, declared: () => config.volumes, telemetry },
    drafts: new Drafts(join(config.dataDir, 'drafts')),
  })
  const searches = new Searches()
  const processes = new Processes(join(config.dataDir, 'shells'))
  const teams: TeamContext = {
    ...spawns,
    documents,
    telemetry,
    isClosed: () => engine.isStopping || engine.isPaused,
    endRun: (runId, reason) => engine.end(runId, reason),
  }
  const teamRuns = new TeamRuns(teams)
  const ops = createOpTable({
    memory,
    introspection: {
      db,
      clock,
      channels: channels.ctx,
      limits: config.limits,
      listAgents: (tenantId) => definitions.list(tenantId),
      sqlQuotaBytes: config.sqlMemory.quotaBytes,
      interruption: config.interruption,
      help: config.help,
    },
    spawns,
    interrupts,
    channels: channels.ctx,
    evaluations: { db, clock },
    history,
    documents,
    defining: { ...defining, definitions, resolveModel },
    volumes: volumes.ctx,
    teams: { ctx: teams, runs: teamRuns },
  })
  const tools = createTools(ops, [
    ...fileTools(volumes.access, searches),
    skillTool(skills),
    ...shellTools(volumes.access, processes, config.shells),
    ...extraTools,
  ])
  const warningsOf = ({ agents }: Config) =>
    Object.values(agents).flatMap((agent) => missingTools(agent, [...tools.keys()]))
  const openLog: AppContext['openLog'] = ({ tenantId, sessionId }, fence) =>
    SessionLog.open({ db, clock, publisher, tenantId, sessionId, ...(fence ? { fence } : {}) })
  const logOf = (of: RunRecord) => openLog(of, { runId: of.id, epoch: of.leaseEpoch })
  const load: AppContext['loadRun'] = (record, from) =>
    loadRun(
      record,
      {
        loop,
        openLog: logOf,
        definitions,
        skills,
        toolsFor: (agent, narrowing) => toolsFor(agent, tools, narrowing),
      },
      from,
    )
  const engine: Engine = new Engine({
    db,
    cancelQuestions,
    clock,
    slots,
    states,
    bus,
    owner,
    presence,
    openLog: logOf,
    load,
    onEnded: async (run) => {
      const { parentRunId, parentToolUseId } = run
      if (parentRunId && parentToolUseId) await settleCall(spawns, parentRunId, parentToolUseId)
      await memory.runEnded(run)
      cardStarts.runEnded(run)
      volumes.clearUp.runEnded(run)
      await teamRuns.runEnded(run)
    },
    settleSpawns: async () => {
      await settleAllCalls(spawns)
      cardStarts.begin()
      teamRuns.recover()
    },
    disconnectGraceMs: config.timings.disconnectGrace,
    watchDeadline: (at) => deadlines.at(at),
    redact: redact.text,
    report: (error, runId, trace) => report(telemetry, `run ${runId}`, error, trace ? { trace } : {}),
  })
  const gateway: GatewayDeps = {
    ...{ config, clock, routing, resolveModel, askModel, slots, engine, ledger, tokenLimits, telemetry },
    embedder: memory.embedding?.embedder,
    redactor: createRedactor(config.secrets, { shapes: false }),
  }
  const reload = createReload({ config, readConfig, warningsOf, slots, callQueue, telemetry })
  const create = (settings: ProviderSettings) => createProviders(settings, providerDeps(config, clock))
  const noticeOllama = new NoticeOllama({ config, clock, telemetry, providers: available, create, reload })
  const deadlines = createDeadlines({ db, clock, telemetry, engine: () => engine })
  await presence?.join()
  const isAlone = (await presence?.isAlone()) ?? true
  const chores = new Chores(db, presence)
  const stopJobs = startBackgroundJobs({
    ...{ chores, isAlone },
    ...{ db, clock, memory, documents, volumes, processes, sessions: identity.sessions, telemetry },
    volumeSweepMs: config.timings.volumeSweep,
  })
  return {
    version,
    config,
    clock,
    telemetry,
    db,
    publisher,
    engine,
    slots,
    states,
    bus,
    owner,
    presence,
    chores,
    definitions,
    defining,
    skills,
    resolveModel,
    routing,
    askModel,
    callQueue,
    catalogue,
    gateway,
    interrupts,
    expiry,
    deadlines,
    loadRun: load,
    sql,
    channels,
    sessionQuotas,
    ledger,
    tokenLimits,
    ops,
    documents,
    cardStarts,
    memory,
    warnings: warningsOf(config),
    reload,
    volumes,
    openLog,
    authenticate: identity.authenticate,
    identity,
    async close() {
      await code?.close()
      await processes.close()
      await searches.close()
      await documents.leftovers.stop()
      await cardStarts.stop()
      await teamRuns.stop()
      documents.presence?.stop()
      await stopJobs()
      expiry.stop()
      deadlines.stop()
      probes.stop()
      noticeOllama.stop()
      channels.stop()
      await sql.close()
      await memory.close()
      await presence?.leave().catch((error: unknown) => report(telemetry, 'leaving the replicas', error))
      await db.close()
    },
  }
}

function allProviders(config: Config, clock: Clock): ReadonlyMap<string, Provider> {
  const providers = createProviders(config.providers, providerDeps(config, clock))
  for (const mock of config.mock ? createMocks(config.mock, { clock }) : []) providers.set(mock.id, mock)
  const scripts = Object.entries(config.scripts).map(([name, script]) => [name, scriptedModel(script)] as const)
  const own = { ...launchModels, 'doc-manager': manager, demo }
  const scripted = createScriptedProvider({ clock, models: { ...Object.fromEntries(scripts), ...own } })
  return providers.set(scripted.id, scripted)
}

function providerDeps({ timings }: Config, clock: Clock): HttpDeps {
  return {
    clock,
    headerTimeoutMs: timings.providerHeaderTimeout,
    idleTimeoutMs: timings.providerIdleTimeout,
    localTimeoutMs: timings.localModelTimeout,
  }
}
