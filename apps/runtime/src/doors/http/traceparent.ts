/** The trace id of a W3C `traceparent`; undefined where there is none, or none that can be understood: then a trace begins here. */
export function traceIdOf(header: string | string[] | undefined): string | undefined {
  const [, version, traceId] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/.exec(String(header)) ?? []
  return version === 'ff' || /^0+$/.test(traceId ?? '0') ? undefined : traceId
}
