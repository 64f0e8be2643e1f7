import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AllowanceView, StandingView } from '../../cards/standing-view.ts';
import { whoamiCard } from '../../cards/whoami-card.ts';
import { policy, wordsOf } from './sample-values.ts';

const everyone = { may: true, because: 'everyone' } as const;
const nobody = { may: false, because: 'not-listed', instead: [] } as const;
const standing = (change: Partial<StandingView> = {}): StandingView => ({
  servers: ['wsus01', 'wsus02'],
  ask: everyone,
  approve: { may: false, because: 'not-listed', instead: ['Kim Larsen', 'Tomasz Nowak'] },
  breakGlass: nobody,
  policy,
  ...change,
});
const words = (...standings: readonly StandingView[]) =>
  wordsOf(whoamiCard({ person: 'Mara Lindqvist', objectId: '7f3a91c2', standings }));

it('says for each server what the person may do, why, and what a change needs', () => {
  assert.match(
    words(standing()),
    /On wsus01 and wsus02\n✓\nAsk for a change: yes, everyone may\n–\nApprove: no, Kim Larsen or Tomasz Nowak may\n–\nBreak the glass: no, nobody may\nA change needs 2 approvals, four eyes; Sunday 02:00 to 04:00 Europe\/Berlin\./,
  );
});

it('names the group through which somebody may', () => {
  assert.match(
    words(standing({ approve: { may: true, because: 'group', group: 'WSUS admins' } })),
    /Approve: yes, through the group WSUS admins/,
  );
});

it('tells "no" from "not known", and both from a message without an identity', () => {
  const unread: AllowanceView = { may: false, because: 'directory-unread' };
  assert.match(words(standing({ approve: unread })), /\?\nApprove: not now: the directory does not say/);
  const none: AllowanceView = { may: false, because: 'no-identity' };
  assert.match(
    words(standing({ ask: none })),
    /–\nAsk for a change: no: your message came without an Entra object id/,
  );
});

it('has a heading that is true on every server', () => {
  const both = standing({ approve: { may: true, because: 'listed' } });
  assert.match(words(both), /You may ask for changes and approve them/);
  assert.match(words(both, standing()), /You may ask and approve, not on every server/);
  assert.match(words(standing()), /You may ask for changes\n/);
  assert.match(words(standing(), standing({ ask: nobody })), /You may ask for changes on some servers/);
  assert.match(words(standing({ ask: nobody })), /You may ask what a log means/);
  assert.match(words(), /My inventory is empty/);
});

it('shows the object id, which the configuration names people by', () => {
  assert.match(words(standing()), /Your Entra object id, which decides\n7f3a91c2/);
});

it('counts the servers that it has no room for', () => {
  assert.match(
    words(...Array.from({ length: 6 }, () => standing())),
    /and 4 more servers with other answers/,
  );
});
