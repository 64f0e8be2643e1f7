import type { LimitKey } from './contract.ts';
import type { Refusal, RefusalCode } from './web-config-refusal.ts';
import { refusal } from './web-config-refusal.ts';
import type { Scan, ScannedElement } from './web-config-scanner.ts';
import { lineAt } from './web-config-text.ts';

/** The one active appSettings entry of a key, and where the digits of its value stand. */
export interface Setting {
  readonly digits: string;
  readonly value: number;
  readonly index: number;
}

type Document = Extract<Scan, { ok: true }>;

const largestInt32 = 2_147_483_647;
const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function resolveReferences(value: string): string {
  return value.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/g,
    (whole, hex, decimal, named) => {
      if (named !== undefined) return predefined[named] ?? whole;
      const point = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

function attributeOf(element: ScannedElement, name: string) {
  return element.attributes.find((candidate) => candidate.name === name);
}

/** ASP.NET compares keys without regard to case, after resolving references. */
function namesKey(element: ScannedElement, key: LimitKey): boolean {
  const named = attributeOf(element, 'key');
  return named !== undefined && resolveReferences(named.value).toLowerCase() === key.toLowerCase();
}

function isPath(element: ScannedElement, ...path: string[]): boolean {
  return element.path.length === path.length && path.every((name, depth) => element.path[depth] === name);
}

function checkSection(document: Document): { code: RefusalCode; index?: number } | undefined {
  if (document.elements[0]?.path[0] !== 'configuration') return { code: 'not-a-configuration' };
  const sections = document.elements.filter((element) => isPath(element, 'configuration', 'appSettings'));
  if (sections.length > 1) return { code: 'not-a-configuration' };
  const section = sections[0];
  if (section === undefined) return undefined;
  const has = (name: string) => attributeOf(section, name) !== undefined;
  if (has('configSource') || has('file')) return { code: 'config-source', index: section.index };
  const encrypted = document.elements.find((element) =>
    isPath(element, 'configuration', 'appSettings', 'EncryptedData'),
  );
  if (encrypted !== undefined || has('configProtectionProvider'))
    return { code: 'encrypted', index: section.index };
  return undefined;
}

function checkPlaces(document: Document, key: LimitKey): { code: RefusalCode; index: number } | undefined {
  for (const element of document.elements) {
    const last = element.path.at(-1);
    const inSection = isPath(element, 'configuration', 'appSettings', last ?? '');
    const { index } = element;
    if (inSection && (last === 'clear' || (last === 'remove' && namesKey(element, key)))) {
      return { code: 'clear-or-remove', index };
    }
    if (last !== 'add' || inSection || !namesKey(element, key)) continue;
    return { code: element.path.includes('location') ? 'key-in-location' : 'key-misplaced', index };
  }
  return undefined;
}

function readInteger(element: ScannedElement): Setting | undefined {
  const attribute = attributeOf(element, 'value');
  if (attribute === undefined || !/^(?:0|[1-9][0-9]{0,9})$/.test(attribute.value)) return undefined;
  const value = Number(attribute.value);
  return value > largestInt32 ? undefined : { digits: attribute.value, value, index: attribute.valueIndex };
}

/** Finds the entry of a key, or says why it is not one that can be edited. */
export function findSetting(
  text: string,
  document: Document,
  key: LimitKey,
): { readonly ok: true; readonly setting: Setting } | { readonly ok: false; readonly reason: Refusal } {
  const refuse = (code: RefusalCode, index?: number) => ({
    ok: false as const,
    reason: refusal(code, index === undefined ? { key } : { key, line: lineAt(text, index).line }),
  });
  const section = checkSection(document) ?? checkPlaces(document, key);
  if (section !== undefined) return refuse(section.code, section.index);
  const entries = document.elements.filter(
    (element) => isPath(element, 'configuration', 'appSettings', 'add') && namesKey(element, key),
  );
  const [entry, second] = entries;
  if (second !== undefined) return refuse('key-duplicated', second.index);
  if (entry === undefined) {
    const commented = document.comments.some((comment) => comment.toLowerCase().includes(key.toLowerCase()));
    return refuse(commented ? 'key-commented-out' : 'key-missing');
  }
  if (attributeOf(entry, 'key')?.value !== key) return refuse('key-disguised', entry.index);
  const setting = readInteger(entry);
  return setting === undefined ? refuse('not-an-integer', entry.index) : { ok: true, setting };
}
