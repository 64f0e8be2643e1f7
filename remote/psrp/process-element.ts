import { isGuid } from './guid.ts';

/** What goes to a PowerShell process in its server mode, and what comes back, one XML element a line. */
export interface ProcessElement {
  readonly kind:
    | 'Data'
    | 'DataAck'
    | 'Command'
    | 'CommandAck'
    | 'Signal'
    | 'SignalAck'
    | 'Close'
    | 'CloseAck';
  /** The pipeline, or the empty GUID for the pool. Lower case. */
  readonly id: string;
  /** PSRP fragments; empty for everything but Data. */
  readonly data: Buffer;
}

const form =
  /^<(Data|DataAck|Command|CommandAck|Signal|SignalAck|Close|CloseAck)(?: Stream='Default')? PSGuid='([0-9a-fA-F-]{36})'(?: \/>|>([0-9A-Za-z+/=]*)<\/Data>)\s*$/;

/** The line, with its end. The stream is always Default: pool and pipelines send and take nothing else here. */
export function encodeProcessElement({ kind, id, data }: ProcessElement): string {
  return kind === 'Data'
    ? `<Data Stream='Default' PSGuid='${id}'>${data.toString('base64')}</Data>\n`
    : `<${kind} PSGuid='${id}' />\n`;
}

/** The element of a line, or undefined: then the process speaks of its own end, and nothing more can be believed. */
export function parseProcessElement(line: string): ProcessElement | undefined {
  const match = form.exec(line);
  const [, kind, id, data] = match ?? [];
  if (kind === undefined || id === undefined || !isGuid(id) || (kind === 'Data') !== (data !== undefined))
    return undefined;
  return {
    kind: kind as ProcessElement['kind'],
    id: id.toLowerCase(),
    data: Buffer.from(data ?? '', 'base64'),
  };
}
