import { counted, countText } from '../count-text.ts';
import type { LogTime, NamedServer, SeenView } from '../evidence-view.ts';
import { outside } from '../outside-text.ts';
import { own } from '../own-text.ts';
import { timeText } from '../time-text.ts';
import type { View } from '../view.ts';
import type { Element } from './element.ts';
import { factRow, factText, hostValue } from './fact-row.ts';
import type { Part } from './text-line.ts';
import { timeline } from './timeline.ts';

/** An instant in the reader's zone; a time of unknown zone as the log prints it. */
export function logTime(time: LogTime, view: View): Part {
  return 'at' in time ? timeText(time.at, view) : outside(time.asLogged);
}

const mostServers = 4;

function serverRow(server: NamedServer): Element {
  return factRow(
    own`Server`,
    hostValue(server.host ?? server.name, server.inInventory ? undefined : own`not in my inventory`),
  );
}

function howOften(seen: SeenView, view: View): readonly Part[] {
  const { first, last } = seen;
  const times = seen.count === 1 ? own`once` : own`${countText(seen.count)} times`;
  if (first === undefined) return [times];
  const start = logTime(first, view);
  const end = last === undefined ? undefined : logTime(last, view);
  const zone = 'asLogged' in first ? [own`, by the log’s own clock`] : [];
  if (seen.count === 1 || end === undefined) return [times, own`, at `, start, ...zone];
  return [times, own` since `, start, own`, last `, end, ...zone];
}

/** Servers, clients, how often and since when, and the faults of the last hours. */
export function seenRows(seen: SeenView, view: View): readonly Element[] {
  const shown = seen.servers.length > mostServers ? seen.servers.slice(0, mostServers - 1) : seen.servers;
  const more = seen.servers.length - shown.length;
  return [
    ...shown.map(serverRow),
    ...(more > 0
      ? [factRow(own``, [factText([own`and ${counted(more, own`other server`, own`other servers`)}`])])]
      : []),
    ...(seen.clients > 0
      ? [
          factRow(own`Clients`, [
            factText([seen.clients === 1 ? own`1` : own`${countText(seen.clients)} different ones`]),
          ]),
        ]
      : []),
    ...(seen.count > 0 ? [factRow(own`Seen`, [factText(howOften(seen, view))])] : []),
    ...timeline(seen.perHour ?? [], view),
  ];
}
