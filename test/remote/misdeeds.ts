import type { MessageKind, Misdeed } from '../../remote/practice/misbehaviour.ts';

/** Everything that a server, or something between, can do to a message. */
export const misdeeds = {
  'drops before': { kind: 'drop-before-executing' },
  'drops after': { kind: 'drop-after-executing' },
  delays: { kind: 'delay', milliseconds: 700 },
  'says nothing, executed': { kind: 'no-answer', executed: true },
  'says nothing, not executed': { kind: 'no-answer', executed: false },
  'answers 401': { kind: 'unauthorized' },
  'answers 401, executed': { kind: 'unauthorized', executed: true },
  'answers 403': { kind: 'http-status', status: 403 },
  'answers 500 without a body': { kind: 'http-status', status: 500 },
  'answers 500 without a body, executed': { kind: 'http-status', status: 500, executed: true },
  'answers 503': { kind: 'http-status', status: 503, body: 'busy' },
  'answers 502, executed': { kind: 'http-status', status: 502, body: '<html>', executed: true },
  'faults: access denied': { kind: 'fault', code: 5 },
  'faults: no such shell': { kind: 'fault', code: 2150858843 },
  'faults: timed out, executed': { kind: 'fault', code: 2150858793, executed: true },
  'faults: quota': { kind: 'fault', code: 2150859173 },
  'faults: unknown code, executed': { kind: 'fault', code: 4711, executed: true },
  truncates: { kind: 'truncated-sealed-body' },
  corrupts: { kind: 'corrupted-sealed-body' },
  'announces a wrong length': { kind: 'wrong-length' },
  'reorders fragments': { kind: 'reordered-fragments' },
  'answers another request': { kind: 'wrong-relates-to' },
  'sends a huge body': { kind: 'huge-body' },
  drips: { kind: 'slow-drip', milliseconds: 2 },
} as const satisfies Readonly<Record<string, Misdeed>>;

export type MisdeedName = keyof typeof misdeeds;

/** The messages of every call, as far as it has them. */
export const messages = [
  'handshake',
  'Create',
  'Command',
  'Receive',
  'Signal',
  'Delete',
] as const satisfies readonly MessageKind[];
