import { utcTime } from '../records/log-time.ts';
import type { LogTime } from './fault.ts';

/** One line of an IIS log about a web service of WSUS that was not answered well. Outside text. */
export interface WebRequest {
  readonly time: LogTime | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly subStatus: number | null;
  readonly client: string | null;
  readonly host: string | null;
}

const directive = /^#Fields:[ \t]/;
const servicePath = /^\/[^?\s]{0,80}(?:WebService|ApiRemoting30|SelfUpdate)\//i;
const verb = /^(?:GET|POST|HEAD|OPTIONS|PROPFIND|DEBUG|PUT)$/;
const number = /^\d{1,10}$/;
const mostColumns = 64;
const lowestFailure = 400;

/** The places of the columns: as the log declares them, or as IIS and HTTP.sys write them unless told otherwise. */
type Columns = ReadonlyMap<string, number>;

function declared(line: string): Columns {
  const names = line
    .trim()
    .split(/[ \t]+/, mostColumns)
    .slice(1);
  return new Map(names.map((name, index) => [name.toLowerCase(), index]));
}

function usual(parts: readonly string[]): Columns {
  const at = parts.findIndex((part) => verb.test(part));
  const columns = new Map([
    ['date', 0],
    ['time', 1],
    ['cs-method', at],
    ['cs-uri-stem', at + 1],
  ]);
  if (/^HTTP\//i.test(parts[at - 1] ?? '')) {
    const status = parts.findIndex((part, index) => index > at + 1 && /^\d{3}$/.test(part));
    return new Map([...columns, ['c-ip', 2], ['sc-status', status]]);
  }
  let status = parts.length;
  while (number.test(parts[status - 1] ?? '')) status -= 1;
  return new Map([...columns, ['c-ip', at + 5], ['sc-status', status], ['sc-substatus', status + 1]]);
}

/** Reads the failed requests of one log; keeps what its `#Fields:` line says. */
export class RequestReader {
  private columns: Columns | undefined;

  /** @returns undefined for a request to something else, or one that was answered well. */
  read(line: string): WebRequest | undefined {
    if (line.startsWith('#')) {
      if (directive.test(line)) this.columns = declared(line);
      return undefined;
    }
    const parts = line.trim().split(/[ \t]+/, mostColumns);
    const fits = verb.test(parts[this.columns?.get('cs-method') ?? -1] ?? '');
    const columns = fits && this.columns !== undefined ? this.columns : usual(parts);
    const at = (name: string): string | undefined => {
      const value = parts[columns.get(name) ?? -1];
      return value === '-' ? undefined : value;
    };
    const method = at('cs-method');
    const path = (at('cs-uri-stem') ?? at('cs-uri'))?.split('?', 1)[0];
    const status = Number(at('sc-status'));
    if (method === undefined || path === undefined || !verb.test(method) || !servicePath.test(path)) {
      return undefined;
    }
    if (!(status >= lowestFailure && status <= 599)) return undefined;
    const subStatus = at('sc-substatus');
    return {
      time: utcTime(at('date') ?? '', at('time') ?? ''),
      method,
      path,
      status,
      subStatus: subStatus !== undefined && number.test(subStatus) ? Number(subStatus) : null,
      client: at('c-ip') ?? null,
      host: at('cs-host')?.toLowerCase().replace(/:\d+$/, '') ?? null,
    };
  }
}
