import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chatPerson } from '../kit/chat-person.ts';
import { startFakeConnector } from '../kit/fake-connector.ts';
import { pieces, startFakeFileHost } from '../kit/fake-file-host.ts';
import { generateLog } from './generated-log.ts';
import { timed } from './statistics.ts';
import { megabytes, milliseconds, ratio, table } from './table.ts';
import { startWsusBot } from './wsus-bot.ts';

const inAll = 200 * 1024 ** 2;
const matches = [0, 10, 100_000] as const;

/**
 * A log of 200 MB sent to the bot as a file: from the POST of the message to the card with the answer. The file host serves
 * it over TLS from memory. The peers: curl, which fetches the same file from there and drops it, and grep, which searches it
 * on the disk.
 */
export const benchChatFile = async (bytes = inAll): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-bench-file-'));
  const host = await startFakeFileHost();
  const trusted = join(folder, 'host.pem');
  writeFileSync(trusted, host.certificate);
  const connector = await startFakeConnector();
  const bot = await startWsusBot({ NODE_EXTRA_CA_CERTS: trusted }, { sweepEvery: 5_000 });
  const rows: string[][] = [];
  try {
    // The first one of a process has code to load and to compile.
    host.give('warm-up.log', pieces(['80244007\n']));
    const person = chatPerson({ endpoint: bot.endpoint, connector, conversationId: 'warm-up' });
    await answered(person, 'warm-up.log');
    for (const count of matches) rows.push(await measure(count));
  } finally {
    await bot.stop();
    await connector.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return table(
    [
      '200 MB, matching lines',
      'file to answer',
      'curl',
      'ratio',
      'work of the bot',
      'grep on the disk',
      'memory before',
      'highest',
    ],
    rows,
  );

  async function answered(person: ReturnType<typeof chatPerson>, path: string): Promise<void> {
    await person.sendFile('generated.log', host.localUrl(path));
    await connector.until(
      ({ conversationId, activity }) =>
        conversationId === person.conversationId && !String(activity.summary).startsWith('Reading'),
      `the answer to ${path}`,
    );
  }

  async function measure(count: number): Promise<string[]> {
    const path = `${count}.log`;
    const chunks = [...generateLog({ bytes, matches: count })];
    const file = join(folder, path);
    writeFileSync(file, Buffer.concat(chunks));
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    host.give(path, pieces(chunks, size));
    const run = promisify(execFile);
    const curl = await timed(() =>
      run('curl', ['-sf', '--cacert', trusted, '-o', '/dev/null', host.localUrl(path)]),
    );
    // grep says 1 where nothing matches.
    const grep = await timed(() =>
      run('grep', ['-c', '-F', 'InstalledNonLeafUpdateIDs', file], { env: { LC_ALL: 'C' } }).catch(
        () => undefined,
      ),
    );
    const person = chatPerson({ endpoint: bot.endpoint, connector, conversationId: path });
    writeFileSync(`/proc/${bot.pid}/clear_refs`, '5');
    const before = memoryOf(bot.pid, 'VmRSS');
    const busy = workOf(bot.pid);
    const took = await timed(() => answered(person, path));
    const work = workOf(bot.pid) - busy;
    return [
      count.toLocaleString('en'),
      milliseconds(took),
      milliseconds(curl),
      ratio(took, curl),
      milliseconds(work),
      milliseconds(grep),
      megabytes(before),
      megabytes(memoryOf(bot.pid, 'VmHWM')),
    ];
  }
};

/** Processor time of a process so far, milliseconds. Linux counts it in hundredths of a second. */
const workOf = (pid: number): number => {
  // After the name of the program, which may hold blanks and brackets.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
};

/** Resident set now (VmRSS) or at its highest since it was last reset (VmHWM), bytes. Linux. */
const memoryOf = (pid: number, field: 'VmRSS' | 'VmHWM'): number => {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) * 1024;
};
