import type { Random } from '../../diagnosis/fuzz/random.ts';
import { secretWord } from './sample-words.ts';
import type { Activity } from './samples.ts';

type Node = Record<string, unknown> | unknown[];

/** Stands in an activity for what is put in when it is text: JSON.stringify would run out of stack. */
const deep = (depth: number): string => `@deep ${depth}@`;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Also `__proto__` is set as JSON.parse does: as a property like any other. */
const put = (node: Node, key: string, value: unknown): void => {
  if (Array.isArray(node) && key === 'length') return;
  Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
};

const drop = (node: Node, key: string): void => {
  Reflect.deleteProperty(node, key);
  if (!Array.isArray(node) || !/^\d+$/.test(key)) return;
  // Not by a method of its own: its constructor may be anything by now.
  for (let at = Number(key); at < node.length - 1; at += 1) node[at] = node[at + 1];
  node.length -= 1;
};

const copy = <Value>(value: Value): Value =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);

/** Every place in an activity, as the object or array that holds it and its key there. */
const placesIn = (node: Node): { readonly node: Node; readonly key: string }[] =>
  Object.keys(node).flatMap((key) => {
    const value: unknown = Reflect.get(node, key);
    return [{ node, key }, ...(isNode(value) ? placesIn(value) : [])];
  });

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  'token',
  'type',
  'id',
  '',
  '$data',
  '$when',
] as const;

const oddTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e\u0000\u200b',
  '🔥',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e999',
  '__proto__',
  'constructor',
  '..',
  '.',
  '../../v3/conversations',
  '%2e%2e%2f',
  '?x=1#y',
  'a/b\\c',
  'a\r\nX-Header: y',
  '\u0024{1+1}',
  '{{x}}',
  '<at>WSUS Bot</at>',
  '<script>alert(1)</script>',
  '[Approve](https://evil.example)',
  "'; drop table changes; --",
  '$(Restart-Computer)',
  'check wsus02; iisreset',
  'Europe/Berlin',
  'Mars/Olympus',
  '+25:00',
  'xx-invalid-locale-$$',
  'de',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  'expectReplies',
  'ephemeral',
  'bot',
  'skill',
  'user',
  'personal',
  'channel',
  'message',
  'invoke',
  'http://127.0.0.1/',
  'https://smba.trafficmanager.net/emea/',
  'data:text/plain,x',
  'ftp://x/y',
  'application/vnd.microsoft.teams.file.download.info',
  'text/html',
  `<p>${secretWord}</p>`,
  '&#x110000;&#0;&#xd800;&amp;amp;',
] as const;

const longTexts: readonly ((random: Random) => string)[] = [
  (random) => `${secretWord} `.repeat(1 + random.below(3_000)),
  (random) => 'x'.repeat(random.below(100_000)),
  (random) => '<'.repeat(random.below(20_000)),
  (random) => '<div>'.repeat(random.below(5_000)),
  (random) => '<blockquote itemtype="http://schema.skype.com/Reply">'.repeat(random.below(500)),
  (random) => '\n'.repeat(random.below(20_000)),
  (random) => '\ud83d'.repeat(random.below(2_000)),
];

const strings = (random: Random): string =>
  random.below(7) === 0 ? random.pick(longTexts)(random) : random.pick(oddTexts);

const values = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => null,
    () => true,
    () => false,
    () => 0,
    () => -1,
    () => 1e308,
    () => 2 ** 53,
    () => 0.1,
    () => [],
    () => ({}),
    () => [[]],
    () => [null],
    () => [{}],
    () => Array.from({ length: random.below(2_000) }, () => null),
    () => Array.from({ length: random.below(500) }, () => ({ id: secretWord, contentType: 'text/html' })),
    () => Object.fromEntries(Array.from({ length: random.below(2_000) }, (_, n) => [`k${n}`, n])),
    () => deep(1 + random.below(50_000)),
    () => JSON.parse(`{"__proto__":{"aadObjectId":"x","isAdmin":true,"token":"x","id":"x"}}`),
    () =>
      JSON.parse('{"constructor":{"prototype":{"id":"x"}},"toString":1,"valueOf":null,"then":1,"toJSON":1}'),
    () => ({ length: deep(20_000) }),
    () => ({ length: { toString: 1 } }),
    () => ({ length: 3, 0: 'x' }),
    () => strings(random),
    () => strings(random),
    () => strings(random),
  ])();

/** A text with something done to it, in one place. */
const changed = (random: Random, text: string): string => {
  const at = random.below(text.length + 1);
  const until = Math.min(text.length, at + random.below(10));
  const [before, piece, after] = [text.slice(0, at), text.slice(at, until), text.slice(until)];
  return random.pick([
    () => before + after,
    () => before,
    () => before + strings(random) + after,
    () => before + piece.repeat(1 + random.below(200)) + after,
    () => before + String.fromCharCode(random.below(0x1_0000)) + after,
    () => before.toUpperCase() + after,
    () => after + before,
    () => `${text} `,
    () => encodeURIComponent(text.toWellFormed()),
  ])();
};

const mutateOnce = (random: Random, activity: Activity, other: Activity): void => {
  const places = placesIn(activity);
  if (places.length === 0) return;
  const { node, key } = random.pick(places);
  const value: unknown = Reflect.get(node, key);
  const elsewhere = random.pick(places);
  random.pick([
    () => drop(node, key),
    () => put(node, key, values(random)),
    () => put(node, key, values(random)),
    () => put(node, key, strings(random)),
    () => put(node, key, typeof value === 'string' ? changed(random, value) : JSON.stringify(value)),
    () => put(node, key, typeof value === 'string' ? changed(random, value) : [value]),
    () => put(node, key, [copy(value)]),
    () => put(node, key, { value: copy(value) }),
    () => put(node, key, copy(Reflect.get(elsewhere.node, elsewhere.key))),
    () => put(node, key, copy(random.pick(Object.values(other)))),
    () => put(node, random.pick(keys), values(random)),
    () => put(isNode(value) ? value : node, random.pick(keys), values(random)),
    () => put(activity, random.pick(Object.keys(other)), copy(random.pick(Object.values(other)))),
    () =>
      Array.isArray(value)
        ? put(
            node,
            key,
            Array.from({ length: 1 + random.below(50) }, () => copy(value[0])),
          )
        : undefined,
    () => put(node, key.toUpperCase(), copy(value)),
  ])();
};

/** Text whose placeholders for deep nesting are filled in. Of the keys, some make JSON.stringify run out of stack. */
const textOf = (activity: Activity): string =>
  JSON.stringify(activity).replace(/"@deep (\d{1,5})@"/g, (_, given) => {
    const depth = Number(given);
    const [open, close] = depth % 2 === 0 ? ['[', ']'] : [`{"${['a', '0', 'toJSON'][depth % 3]}":`, '}'];
    return `${open.repeat(depth)}1${close.repeat(depth)}`;
  });

/** What is done to the bytes. Most stay as they are. */
const bytesOf = (random: Random, text: string): Buffer => {
  const kind = random.below(200);
  if (kind === 0) return Buffer.from(text.slice(0, random.below(text.length)));
  if (kind === 1) return Buffer.from(`\ufeff${text}`);
  if (kind === 2) return Buffer.from(text.replace('{', '{"type":"message","id":7,'));
  if (kind === 3) return Buffer.from(`[${text}]`);
  if (kind === 4) return Buffer.from(text, 'utf16le');
  const bytes = Buffer.from(text);
  if (kind === 5) bytes[random.below(bytes.length)] = random.below(256);
  if (kind === 6)
    return Buffer.from(random.pick(['', 'null', '1', '"x"', '[]', '{}', '{"__proto__":{"type":"message"}}']));
  // Every hundred thousandth byte of an activity would be rare; a body of more than a megabyte is what this is about.
  if (kind === 7 && random.below(4) === 0) return Buffer.concat([bytes, Buffer.alloc(1_000_001, ' ')]);
  return bytes;
};

/** The body of a request: an activity as Teams sends it, with something done to it in no, one or several places. */
export const mutated = (random: Random, activity: Activity, other: Activity): Buffer => {
  const own = copy(activity);
  const times = random.pick([0, 1, 1, 1, 1, 2, 2, 3, 6]);
  for (let time = 0; time < times; time += 1) mutateOnce(random, own, other);
  return bytesOf(random, textOf(own));
};
