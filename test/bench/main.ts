import { benchChatFile } from './bench-chat-file.ts';
import { benchLogs } from './bench-logs.ts';
import { benchMainJob } from './bench-main-job.ts';
import { benchManyServers } from './bench-many-servers.ts';
import { benchPowershell } from './bench-powershell.ts';
import { benchRequests } from './bench-requests.ts';
import { benchStart } from './bench-start.ts';
import { benchTurns } from './bench-turns.ts';
import { benchWinrmRequests } from './bench-winrm-requests.ts';
import { machine } from './machine.ts';

/**
 * Prints the figures of docs/performance.md as Markdown. Loopback only, bounded in count. Without a word it prints all parts; with one, those
 * whose title holds it ("npm run bench -- gigabyte"). The logs take some minutes and 1 GB of temporary files, the others half a minute.
 */
const parts = [
  ['HTTP requests of a call', benchRequests],
  ['Requests beside python3-winrm', benchWinrmRequests],
  ['Five hundred servers', benchManyServers],
  ['A real PowerShell behind the server', benchPowershell],
  ['Start and memory', benchStart],
  ['A chat turn', benchTurns],
  ['The main job', benchMainJob],
  ['A file in the chat', benchChatFile],
  ['A gigabyte of log', benchLogs],
] as const;

process.stdout.write(`${machine()}\n`);
const wanted = process.argv[2] ?? '';
for (const [title, bench] of parts) {
  if (title.toLowerCase().includes(wanted.toLowerCase()))
    process.stdout.write(`\n## ${title}\n\n${await bench()}\n`);
}
