import { NotEditable } from './config-encoding.ts';
import { type Attribute, type Tag, tags } from './xml-tags.ts';

/** An `add` of configuration/appSettings. Positions are those of the value between its quotes. */
export interface SettingsEntry {
  readonly key: string;
  readonly value: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The entries of the one appSettings section. Throws NotEditable when the settings may come from elsewhere. */
export function appSettings(text: string): { readonly entries: readonly SettingsEntry[] } {
  const entries: SettingsEntry[] = [];
  let sections = 0;
  for (const { tag, path } of elements(text)) {
    if (path === 'configuration/appSettings') {
      sections++;
      refuseRedirected(tag.attributes);
    }
    if (path.startsWith('configuration/appSettings/')) {
      if (tag.name !== 'add') throw new NotEditable('appSettings holds more than plain add elements');
      entries.push(entryOf(tag.attributes));
    }
  }
  if (sections !== 1) throw new NotEditable(`configuration/appSettings is there ${sections} times`);
  return { entries };
}

/** Every start tag with the names that lead to it. Throws NotEditable when tags are not closed in their order. */
export function* elements(text: string): Generator<{ readonly tag: Tag; readonly path: string }> {
  const open: string[] = [];
  for (const tag of tags(text)) {
    if (tag.kind !== 'close') yield { tag, path: [...open, tag.name].join('/') };
    if (tag.kind === 'open') open.push(tag.name);
    if (tag.kind === 'close' && open.pop() !== tag.name) throw new NotEditable(notWellFormed);
  }
  if (open.length > 0) throw new NotEditable(notWellFormed);
}

const notWellFormed = 'the file is not well-formed XML';

function refuseRedirected(attributes: readonly Attribute[]): void {
  for (const { name } of attributes) {
    if (name === 'configSource' || name === 'file')
      throw new NotEditable('appSettings is kept in another file');
    if (name === 'configProtectionProvider') throw new NotEditable('appSettings is encrypted');
  }
}

function entryOf(attributes: readonly Attribute[]): SettingsEntry {
  const key = attributes.find((attribute) => attribute.name === 'key');
  const value = attributes.find((attribute) => attribute.name === 'value');
  if (key === undefined || value === undefined)
    throw new NotEditable('an add element lacks its key or its value');
  return { key: decodeReferences(key.raw), value: value.raw, valueStart: value.start, valueEnd: value.end };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeReferences(raw: string): string {
  return raw.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{1,8}));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
