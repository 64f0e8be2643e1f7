import type { ApprovalsView } from '../../cards/approval-view.ts';
import type { Card } from '../../cards/card.ts';
import type { ChangeView } from '../../cards/change-view.ts';
import type { PlanView } from '../../cards/plan-view.ts';
import type { PolicyView } from '../../cards/policy-view.ts';
import type { View } from '../../cards/view.ts';
import type { WindowView } from '../../cards/window-view.ts';
import { buttonsOf, nodesOf, textOf } from '../kit/card-reader.ts';

export const at = (time: string): Date => new Date(`2026-11-25T${time}Z`);
export const view: View = { now: at('02:21:17'), zone: 'UTC' };
export const yesterday = new Date('2026-11-24T21:40:00Z');

/** All words of a card, non-breaking blanks as blanks. */
export const wordsOf = (card: Card): string => textOf(card.in('en').json).replaceAll('\u00a0', ' ');

/** Titles of the buttons that press something, and their tokens. */
export const pressesOf = (card: Card): Readonly<Record<string, string>> =>
  Object.fromEntries(buttonsOf(card.in('en').json).map(({ title, token }) => [title, token]));

/** Ids of the inputs. */
export const inputsOf = (card: Card): readonly unknown[] =>
  nodesOf(card.in('en').json)
    .filter((node) => String(node.type).startsWith('Input.'))
    .map((node) => node.id);

export const plan: PlanView = {
  server: 'wsus01',
  work: { kind: 'raise', edits: [{ key: 'maxInstalledPrerequisites', from: 400, to: 800, line: 24 }] },
  activation: 'IISReset',
  cause: { kind: 'refused', clients: 37, since: { at: yesterday } },
  sites: [
    { name: 'Default Web Site', ports: [80], isWsus: false, applications: ['/SMS_DP_SMSPKG$'] },
    { name: 'WSUS Administration', ports: [8530], isWsus: true, applications: ['/ClientWebService'] },
  ],
  usualRestart: 30_000,
  askedBy: 'Mara Lindqvist',
  askedAt: at('02:14:00'),
  validUntil: at('03:14:00'),
  details: { id: '1042', hash: '7f3a91c2aa', file: 'C:\\WSUS\\Web.config' },
};

export const change: ChangeView = {
  server: 'wsus01',
  work: plan.work,
  activation: 'IISReset',
};

export const people = { askedBy: 'Mara Lindqvist', approvedBy: 'Tomasz Nowak', approvedAt: at('02:21:02') };

export const policy: PolicyView = {
  approvals: 2,
  fourEyes: true,
  windows: [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' }],
};

/** Sunday night, Berlin. */
export const maintenance: WindowView = {
  from: new Date('2026-11-29T01:00:00Z'),
  to: new Date('2026-11-29T03:00:00Z'),
  zone: 'Europe/Berlin',
};

/** The first of two votes. */
export const oneOfTwo: ApprovalsView = { needed: 2, votes: [{ by: 'Kim Larsen', at: at('02:20:00') }] };

/** Titles of the buttons that open something. */
export const togglesOf = (card: Card): readonly string[] =>
  nodesOf(card.in('en').json)
    .filter((node) => node.type === 'Action.ToggleVisibility')
    .map((node) => String(node.title));

/** Titles of the rows that can be pressed. */
export const rowsOf = (card: Card): readonly string[] =>
  nodesOf(card.in('en').json).flatMap(({ selectAction }) =>
    selectAction === undefined
      ? []
      : [String((selectAction as { title: unknown }).title).replaceAll('\u00a0', ' ')],
  );
