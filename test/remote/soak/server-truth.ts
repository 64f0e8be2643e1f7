import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, stat, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../../remote/contract.ts';
import { logEvidence } from '../../../remote/practice/host/log-evidence.ts';
import type { PracticeServerSpec } from '../../../remote/practice/practice-servers.ts';
import { webConfigText } from '../../../remote/practice/web-config-text.ts';
import { practiceGroups } from './practice-groups.ts';
import type { SoakServer } from './practice-orders.ts';

/** Web.config as somebody wrote it. */
interface Version {
  readonly bytes: string;
  readonly sha256: string;
  readonly size: number;
  readonly writtenAt: string;
}

/** From which version of the file on an answer may come, and not before when. */
export interface Beginning {
  readonly version: number;
  readonly at: number;
}

/** What is on a server's disk, with somebody who writes to it, and whether an answer says so. */
export class ServerTruth {
  readonly #server: SoakServer;
  readonly #spec: PracticeServerSpec;
  readonly #log: ReturnType<typeof logEvidence> | undefined;
  /** By number; those that no answer may come from any more are forgotten. */
  readonly #versions = new Map<number, Version>();
  readonly #firstLimit: number;
  #newest = 0;
  #current = 0;

  constructor(server: SoakServer) {
    const specs = practiceGroups.flatMap((group) => group.specs);
    const index = specs.findIndex(({ name }) => name === server.name);
    const spec = specs[index];
    if (spec === undefined) throw new Error(`no practice server is ${server.name}`);
    this.#firstLimit = index * 1_000_000;
    this.#server = server;
    this.#spec = spec;
    this.#log = spec.limits && logEvidence(readFileSync(server.log, 'utf8'));
  }

  /** Somebody puts another Web.config in the place of this one: a limit that no server had before. */
  async change(): Promise<void> {
    const { limits } = this.#spec;
    if (limits === undefined) return;
    this.#newest += 1;
    const number = this.#newest;
    const text = webConfigText({ ...limits, maxCachedUpdates: this.#firstLimit + number });
    const bytes = Buffer.from(text);
    const temporary = `${this.#server.webConfig}.new`;
    await writeFile(temporary, bytes);
    const { mtimeNs } = await stat(temporary, { bigint: true });
    this.#versions.set(number, {
      bytes: bytes.toString('base64'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      writtenAt: new Date(Number(mtimeNs / 1_000_000n)).toISOString(),
    });
    await rename(temporary, this.#server.webConfig);
    this.#current = number;
  }

  /** Before a check. None may be under way: what only earlier ones could see is forgotten. */
  begin(): Beginning {
    for (const number of this.#versions.keys()) if (number < this.#current) this.#versions.delete(number);
    return { version: this.#current, at: Date.now() };
  }

  /** What is wrong in an answer to a check that began then; undefined when nothing is. */
  wrongIn(report: Report, { at, version }: Beginning, brief: boolean): string | undefined {
    const readAt = Date.parse(report.readAt);
    if (!(readAt >= at && readAt <= Date.now()))
      return `it was read at ${report.readAt}, not within the check`;
    const { name, counters } = this.#spec;
    const isWsus = this.#log !== undefined;
    const expected = [
      [report.computer.ok && report.computer.name, name.toUpperCase()],
      [report.wsus.ok && report.wsus.installed, isWsus],
      [codeOrContent(report.counters), brief ? 'not-asked' : isWsus ? counters : 'not-wsus'],
      [
        codeOrContent(report.log),
        isWsus ? { ...this.#log, path: report.log.ok && report.log.path } : 'not-wsus',
      ],
    ] as const;
    const differing = expected.find(([said, is]) => !isDeepStrictEqual(said, is));
    if (differing !== undefined)
      return `it says ${JSON.stringify(differing[0])}, not ${JSON.stringify(differing[1])}`;
    return this.#wrongInFile(report.file, version);
  }

  #wrongInFile(file: Report['file'], from: number): string | undefined {
    if (!file.ok)
      return this.#log === undefined && file.code === 'not-wsus' ? undefined : `no file: ${file.code}`;
    const known = [...this.#versions].filter(([number]) => number >= from).map(([, version]) => version);
    const { bytes, sha256, size } = file;
    if (!known.some((one) => isDeepStrictEqual([one.bytes, one.sha256, one.size], [bytes, sha256, size])))
      return `the file is none of the ${known.length} that it was since version ${from}`;
    // The time is read after the bytes, and somebody may have written between.
    return known.some(({ writtenAt }) => writtenAt === file.lastWriteAt) ? undefined : 'the time of the file';
  }
}

function codeOrContent(part: Report['log' | 'counters']): unknown {
  if (!part.ok) return part.code;
  const { ok: _, ...content } = part;
  return content;
}
