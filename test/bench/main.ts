import { benchChatFile } from './bench-chat-file.ts';
import { benchMainJob } from './bench-main-job.ts';
import { benchRequests } from './bench-requests.ts';
import { benchStart } from './bench-start.ts';
import { benchTurns } from './bench-turns.ts';
import { machine } from './machine.ts';

/** Prints the figures of docs/performance.md as Markdown. Loopback only, bounded in count; takes about half a minute. */
const parts = [
  ['HTTP requests of a call', benchRequests],
  ['Start and memory', benchStart],
  ['A chat turn', benchTurns],
  ['The main job', benchMainJob],
  ['A file in the chat', benchChatFile],
] as const;

process.stdout.write(`${machine()}\n`);
for (const [title, bench] of parts) process.stdout.write(`\n## ${title}\n\n${await bench()}\n`);
