import type { Card } from '../../cards/card.ts';
import type { Token } from '../../cards/press.ts';
import { readingCard } from '../../cards/reading-card.ts';
import type { Change } from '../changes/change.ts';
import type { PostedCard } from '../changes/place.ts';
import type { ServerConfig } from '../config.ts';
import { type Desk, type Turn, viewOf } from './desk.ts';
import { putAnswer } from './put-answer.ts';
import { stopButton, whileReading } from './stop-reading.ts';

/** A card that says that a server is read, and the work that puts the answer in its place. */
export interface ServerReading {
  readonly card: Card;
  readonly afterwards: (posted: PostedCard) => Promise<void>;
}

/** Longer than the deadlines of the one or two reports of a reading, so that its button works to the end. */
const reportsAtMost = 3;

/**
 * Reads a server for a person, who can stop it by the button on the card.
 * @param find aborted with the signal
 */
export const readServer = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  find: (signal: AbortSignal) => Promise<Card | Change>,
): Promise<ServerReading> => {
  const readId = desk.randomId();
  const stop = await stopButton(
    desk,
    turn.where,
    { kind: 'stop-reading', readId, server: server.name, askedBy: turn.who.aadObjectId },
    reportsAtMost * desk.readDeadline,
  );
  return {
    card: readingOf(desk, turn, server, stop),
    afterwards: (posted) =>
      putAnswer(desk, turn, server, posted, () =>
        whileReading(desk, desk.reads.begin('server', readId), ({ signal }) => find(signal)),
      ),
  };
};

/** @param stop left out where nothing is waited for that could be stopped */
export const readingOf = (desk: Desk, turn: Turn, server: ServerConfig, stop?: Token): Card =>
  readingCard({
    view: viewOf(desk, turn.zone),
    server: server.name,
    startedAt: desk.now(),
    port: server.port,
    endpoint: server.endpoint,
    steps: [{ step: 'report', state: 'now' }],
    ...(stop === undefined ? {} : { stop }),
  });
