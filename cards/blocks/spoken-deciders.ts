import { own, type Words } from '../own-text.ts';
import { noticePlain } from './notice-parts.ts';
import type { Deciders } from './people.ts';

/** "asked by A, approved by B and C", as one plain line: what is read of a row that is a button as a whole. */
export function spokenDeciders({ askedBy, approvedBy, brokeGlass }: Deciders): Words {
  return noticePlain([
    own`asked by `,
    { name: askedBy },
    ...(approvedBy.length === 0 ? [] : [own`, approved by `, { allOf: approvedBy }]),
    ...(brokeGlass === undefined ? [] : [own`, run alone by `, { name: brokeGlass }]),
  ]);
}
