import type { Token } from '../../cards/press.ts';
import type { Place } from '../changes/place.ts';
import { beginRead, endRead, stopRead, unwantedReads } from '../store/reads.ts';
import type { Action } from '../store/tokens.ts';
import type { Reply } from './chat.ts';
import { type Desk, tokenFor } from './desk.ts';
import type { Read } from './reads.ts';
import { refuse } from './refuse.ts';

type StopReading = Extract<Action, { kind: 'stop-reading' }>;

/** A button that stops a reading, at whichever replica it is pressed. */
export const stopButton = async (
  desk: Desk,
  where: Place,
  action: StopReading,
  atMost: number,
): Promise<Token> => {
  const now = desk.now().getTime();
  await beginRead(desk.database, action.readId, new Date(now + atMost));
  return tokenFor(desk, where, action);
};

/** Does what a reading is for; its button stops it meanwhile. */
export const whileReading = async <T>(
  desk: Desk,
  read: Read,
  work: (read: Read) => Promise<T>,
): Promise<T> => {
  try {
    return await work(read);
  } finally {
    read.end();
    await endRead(desk.database, read.id).catch((error: unknown) =>
      desk.onTrouble('ending a reading', error),
    );
  }
};

/** Stop reading: here, or by way of the store where another replica reads. The card tells the end. */
export const pressStopReading = async (desk: Desk, { readId, server }: StopReading): Promise<Reply> => {
  const isRead = desk.reads.stop(readId) || (await stopRead(desk.database, readId, desk.now()));
  if (server === undefined) return refuse({ kind: isRead ? 'stopping-to-read' : 'file-read-no-more' });
  return refuse({ kind: isRead ? 'stopping-to-check' : 'checked-no-more', server });
};

/** Stops what another replica was asked to stop here. */
export const heedStops = async (desk: Desk): Promise<void> => {
  for (const id of await unwantedReads(desk.database, desk.reads.ids())) desk.reads.stop(id);
};
