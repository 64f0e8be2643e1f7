import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PlanView } from '../../cards/plan-view.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { nodesOf } from '../kit/card-reader.ts';
import { at, inputsOf, plan, pressesOf, view, wordsOf } from './sample-values.ts';

const cardOf = (changed: Partial<PlanView> = {}) =>
  proposalCard({ view, plan: { ...plan, ...changed }, approve: 'yes', decline: 'no' });

it('says cause, change, what stops, who asked and until when', () => {
  assert.equal(
    wordsOf(cardOf()),
    [
      '! Needs approval · wsus01',
      'Limit too low. Raise it from 400 to 800?',
      'KB 4096317: clients get 80244007 because their lists are longer than the limit. The server has refused 37 clients since 24 Nov 21:40 UTC.',
      '…\\ClientWebService\\Web.config line 24',
      '− maxInstalledPrerequisites = 400',
      '+ maxInstalledPrerequisites = 800',
      'IISReset stops 2 sites for about 30 s',
      'WSUS Administration (8530): clients try again by themselves',
      'Default Web Site (80): ConfigMgr downloads (SMS_DP) break',
      'Asked by Mara Lindqvist at 02:14 UTC. Valid until 03:14 UTC. Can be rolled back.',
      'File',
      'C:\\WSUS\\Web.config',
      'Stays as it is',
      'Owner, rights, encoding and every other byte.',
      'Plan',
      '1042, hash 7f3a91c2',
    ].join('\n'),
  );
});

it('asks with Approve and run first, then Decline', () => {
  assert.deepEqual(pressesOf(cardOf()), { 'Approve and run': 'yes', Decline: 'no' });
});

it('sends the inputs with the approval and not with Decline', () => {
  const withBox = cardOf({ secondKey: { key: 'maxCachedUpdates', from: 22000, to: 44000 } });
  const [approve, decline] = nodesOf(withBox.in('en').json).filter((node) => node.type === 'Action.Execute');
  assert.equal(approve?.associatedInputs, undefined);
  assert.equal(decline?.associatedInputs, 'none');
});

it('offers the second key as a box that is off', () => {
  const card = cardOf({ secondKey: { key: 'maxCachedUpdates', from: 22000, to: 44000 } });
  const [box] = nodesOf(card.in('en').json).filter((node) => node.type === 'Input.Toggle');
  assert.equal(box?.value, 'false');
  assert.equal(box?.title, 'Also raise maxCachedUpdates, 22000 to 44000');
  assert.deepEqual(inputsOf(cardOf()), []);
});

it('says that nobody was refused when no refusal was seen', () => {
  const words = wordsOf(cardOf({ cause: { kind: 'limit-only' } }));
  assert.match(words, /The limit is the default; no client was refused in the part of the log that I read\./);
  assert.doesNotMatch(words, /has refused/);
});

it('does not call a limit the default that is none', () => {
  const edits = [{ key: 'maxInstalledPrerequisites', from: 600, to: 800 }] as const;
  const words = wordsOf(cardOf({ work: { kind: 'raise', edits }, cause: { kind: 'limit-only' } }));
  assert.match(words, /The limit is below the 800 of KB 4096317/);
});

it('says that a recycled pool stops no other site', () => {
  const words = wordsOf(cardOf({ activation: 'RecyclePool', pool: 'WsusPool' }));
  assert.match(words, /Recycles WsusPool\. No other site stops\./);
  assert.doesNotMatch(words, /IISReset/);
});

it('counts the sites beyond the first three', () => {
  const sites = Array.from({ length: 40 }, (_, index) => ({
    name: `Site ${index}`,
    ports: [80],
    isWsus: index === 39,
    applications: [],
  }));
  const words = wordsOf(cardOf({ sites }));
  assert.match(words, /IISReset stops 40 sites/);
  assert.match(words, /Site 39 \(80\): clients try again/);
  assert.match(words, /and 37 more/);
});

it('proposes a roll-back as a plan of its own', () => {
  const work = {
    kind: 'roll-back',
    edits: [{ key: 'maxInstalledPrerequisites', from: 800, to: 400 }],
  } as const;
  const card = cardOf({ work, cause: { kind: 'roll-back' } });
  assert.match(wordsOf(card), /Take the change back, from 800 to 400\?/);
  assert.match(
    wordsOf(card),
    /old file back, byte for byte\. Clients whose lists are longer than 400 are refused again/,
  );
  assert.deepEqual(Object.keys(pressesOf(card)), ['Approve and run', 'Decline']);
});

it('proposes a restart that leaves the file as it is', () => {
  const words = wordsOf(
    cardOf({
      work: { kind: 'restart', value: 800 },
      cause: { kind: 'not-active', writtenAt: at('01:00:00'), startedAt: at('00:30:00') },
    }),
  );
  assert.match(words, /The file says 800\. Restart so that it counts\?/);
  assert.match(words, /stays as it is, value 800/);
  assert.doesNotMatch(words, /^[−+] /m);
});

it('speaks server, change, what stops and the time', () => {
  assert.equal(
    cardOf().in('en').summary.replaceAll('\u00a0', ' '),
    'Needs approval: raise maxInstalledPrerequisites from 400 to 800 on wsus01. IISReset stops 2 sites. Valid until 03:14 UTC.',
  );
});
