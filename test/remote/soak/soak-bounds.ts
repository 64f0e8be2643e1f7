import { practiceGroups } from './practice-groups.ts';
import type { SoakFigures } from './soak-figures.ts';

export interface SoakBounds {
  /** Bytes that may be more at the end than at a third, on the line through all rounds from there. */
  readonly growth: number;
}

/** The connection that is kept, that of a client beside it, and one to stop a reading. */
const socketsPerServer = 3;
const soakedServers = practiceGroups.flatMap(({ specs }) => specs).length;

/** What is not as it must be; empty when all is. */
export function broken(figures: SoakFigures, { growth }: SoakBounds): string[] {
  const { wrong, checks, answered, late, sockets, shells } = figures;
  const grown = growthOf(figures.memory);
  const holds: readonly (readonly [boolean, string])[] = [
    [sockets.most <= soakedServers * socketsPerServer, `${sockets.most} sockets at once`],
    [shells.leftByVanished > 0, 'clients that vanish leave no shell'],
    [shells.leftAfterAMinute === 0, `${shells.leftAfterAMinute} shells are left after their idle time`],
    ...shells.most.map(
      ({ quota, most }) => [most < quota, `${most} shells at a server that allows ${quota}`] as const,
    ),
    [grown <= growth, `${grown} bytes more at the end than at a third`],
    // A client that always says no says nothing wrong, either.
    [answered >= checks / 2, `${answered} of ${checks} were answered`],
    // Where a busy machine stands still, all that is under way is late.
    [late.length <= checks / 5, `${late.length} were late without a cause, such as ${late[0]}`],
  ];
  return [...wrong, ...holds.filter(([isHeld]) => !isHeld).map(([, what]) => what)];
}

/** From a third to the end, on the line of least squares. */
function growthOf(memory: readonly number[]): number {
  const from = memory.slice(Math.max(0, Math.ceil(memory.length / 3) - 1));
  const middle = (from.length - 1) / 2;
  const mean = from.reduce((sum, bytes) => sum + bytes, 0) / from.length;
  const slope =
    from.reduce((sum, bytes, at) => sum + (at - middle) * (bytes - mean), 0) /
    from.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return Math.round(slope * (from.length - 1));
}

/** The run in one line, for docs/performance.md. */
export function resultLine(figures: SoakFigures, seed: number): string {
  const { checks, answered, allRefused, wrong, requests, sockets, shells, memory } = figures;
  const count = (number: number) => number.toLocaleString('en-US');
  const time = figures.milliseconds / 60_000;
  const megabytes = (bytes: number | undefined) => ((bytes ?? 0) / 1e6).toFixed(1);
  return [
    `${count(checks)} checks in ${time.toFixed(time < 10 ? 1 : 0)} min (seed ${seed}): ${count(answered)} answered, `,
    `${count(allRefused)} refused with a code, ${wrong.length} wrong; ${(requests / checks).toFixed(1)} requests a check; `,
    `${count(sockets.opened)} connections, ${sockets.most} at once, ${sockets.left} left; most shells of a server `,
    `${shells.most.map(({ most, quota }) => `${most} of ${quota}`).join(', ')}, left ${shells.left}; `,
    `objects in memory ${megabytes(memory[Math.ceil(memory.length / 3) - 1])} → ${megabytes(memory.at(-1))} MB`,
  ].join('');
}
