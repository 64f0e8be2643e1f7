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

function serverRows({ servers, moreServers }: SeenView): readonly Element[] {
  const shown = servers.length > mostServers ? servers.slice(0, mostServers - 1) : servers;
  const more = servers.length - shown.length;
  const least = moreServers ? own`at least ` : own``;
  return [
    ...shown.map(serverRow),
    ...(more > 0
      ? [
          factRow(undefined, [
            factText([own`and ${least}${counted(more, own`other server`, own`other servers`)}`]),
          ]),
        ]
      : []),
  ];
}

function clientRow({ clients, moreClients }: SeenView): readonly Element[] {
  if (clients === 0) return [];
  const least = moreClients ? own`at least ` : own``;
  return [
    factRow(own`Clients`, [
      factText([clients === 1 ? own`1` : own`${least}${countText(clients)} different ones`]),
    ]),
  ];
}

/** What the text tells of the time after the last fault. */
function afterRows({ recovered, restarted, worksOn = [] }: SeenView, view: View): readonly Element[] {
  const shown = worksOn.slice(0, mostServers);
  const more = worksOn.length - shown.length;
  return [
    ...(recovered === undefined
      ? []
      : [factRow(own`Good scan`, [factText([logTime(recovered, view), own`, none failed since`])])]),
    ...(restarted === undefined
      ? []
      : [factRow(own`Restarted`, [factText([logTime(restarted, view), own`, no fault since`])])]),
    ...shown.map((host) => factRow(own`Works on`, hostValue(host))),
    ...(more > 0
      ? [factRow(undefined, [factText([own`and ${counted(more, own`other server`, own`other servers`)}`])])]
      : []),
  ];
}

/** Servers, clients, how often and since when, the faults of the last hours, and what came after. */
export function seenRows(seen: SeenView, view: View): readonly Element[] {
  const { count, first, recovered, restarted } = seen;
  // Once, at a time that nobody knows, is what the line above shows already.
  const isTold = count > 1 || (count === 1 && first !== undefined);
  const stopped = recovered !== undefined || restarted !== undefined;
  return [
    ...serverRows(seen),
    ...clientRow(seen),
    ...(isTold ? [factRow(own`Seen`, [factText(howOften(seen, view))])] : []),
    ...afterRows(seen, view),
    ...timeline(seen.perHour ?? [], view, stopped),
  ];
}
